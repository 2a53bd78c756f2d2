import { isThere, contactsOn } from '../../health/account-facts.ts'
import type { NextDeadline } from '../../health/opt-out-calendar.ts'
import { defineSign } from '../sign.ts'

const DAYS = 180

export interface Executives {
  readonly next: NextDeadline | null
  readonly executives: number
}

export const executiveMissing = defineSign<Executives>({
  id: 'executive_missing',
  name: 'Executive missing',
  says: 'The opt-out deadline is within half a year, and nobody is known who decides.',
  class: 'risk',
  expires: 180,
  opens: [{ fact: 'contact' }, { fact: 'subscription_version' }],
  values({ facts, day, next_deadline }) {
    const people = contactsOn(facts.contacts, day)
    if (people.length === 0) return null
    return { next: next_deadline, executives: people.filter((person) => person.is_executive && isThere(person, day)).length }
  },
  holds: ({ next, executives }) => next !== null && next.days <= DAYS && executives === 0,
  evidence: ({ next }) => ({ deadline: next?.deadline ?? null, days: next?.days ?? null }),
  sentence: ({ next }) => `Nobody who decides is known; deadline in ${next?.days ?? 0} days`,
})
