import { contactsOn } from '../../health/account-facts.ts'
import { shortDay } from '../../health/caps.ts'
import type { Capped } from '../capped.ts'
import { cappedBy } from '../capped.ts'
import { defineSign } from '../sign.ts'

interface ChampionGone extends Capped {
  readonly name: string
}

export const championGone = defineSign<ChampionGone>({
  id: 'champion_gone',
  name: 'Champion gone',
  says: 'A champion left and no other is there.',
  class: 'risk',
  expires: 90,
  instant: true,
  opens: [{ fact: 'contact' }],
  values(on) {
    const { cap } = cappedBy(on, 'champion_left')
    return { cap, name: contactsOn(on.facts.contacts, on.day).find(({ contact }) => contact === cap?.evidence)?.name ?? '' }
  },
  holds: ({ cap }) => cap !== null,
  evidence: ({ cap }) => ({ contact: cap?.evidence ?? null, left: cap?.since ?? null }),
  sentence: ({ cap, name }) => (cap === null ? '' : `${name}, your champion, left on ${shortDay(cap.since)}`),
})
