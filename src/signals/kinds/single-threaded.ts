import { tookPlace, contactsOn } from '../../health/account-facts.ts'
import { addDays } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const DAYS = 180
const LEAST = 4

export interface Threads {
  readonly touches: number
  /** Distinct people; a touch that names nobody counts as one of its own. */
  readonly people: number
  readonly contact: string
  readonly name: string
}

export const singleThreaded = defineSign<Threads>({
  id: 'single_threaded',
  name: 'Single-threaded',
  says: 'All talks of half a year were with one person.',
  class: 'risk',
  expires: 90,
  opens: [{ fact: 'touchpoint', days: 180 }],
  values({ facts, day }) {
    const from = addDays(day, 1 - DAYS)
    const touches = facts.touchpoints.filter((touch) => touch.two_way && tookPlace(touch) && touch.day >= from && touch.day <= day)
    const contact = touches[0]?.contact ?? ''
    const named = new Set(touches.map((touch) => touch.contact))
    const name = contactsOn(facts.contacts, day).find((each) => each.contact === contact)?.name ?? contact
    return { touches: touches.length, people: named.size + (named.has('') ? 1 : 0), contact, name }
  },
  holds: ({ touches, people }) => touches >= LEAST && people === 1,
  evidence: ({ touches, contact }) => ({ touches, contact }),
  sentence: ({ touches, name }) => `All ${touches} talks of ${DAYS} days were with ${name}`,
})
