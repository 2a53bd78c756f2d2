import type { ContactTerms } from '../../health/account-facts.ts'
import { isThere, tookPlace, contactsOn } from '../../health/account-facts.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import { median } from '../../statistics/quantile.ts'
import type { SignDay } from '../sign.ts'
import { defineSign } from '../sign.ts'

const BACK = 200
const LEAST_DAYS = 5
const LEAST_SILENCE = 21
const GAPS = 3
const OTHERS = 12
const AGAIN = 14
const WEEKS = 13

/** A champion with a rhythm, and how long the silence lasts beside it. */
export interface Rhythm {
  readonly contact: string
  readonly name: string
  readonly days: number
  /** Days of weeks in which everybody is quiet count less. */
  readonly weighted_days: number
  readonly usual_gap: number
  readonly days_of_others: number
}

export interface ChampionSilent {
  /** The champion who is silent longest beyond his own rhythm; null where none is. */
  readonly silent: Rhythm | null
  readonly seen_lately: boolean
}

const isSilent = ({ weighted_days, usual_gap }: Rhythm): boolean => weighted_days > Math.max(LEAST_SILENCE, GAPS * usual_gap)

function activeDaysOf({ facts, until }: SignDay, { user, contact }: ContactTerms): Day[] {
  const from = addDays(until, -BACK)
  const days = [
    ...facts.use.filter((use) => user !== '' && use.user === user),
    ...facts.touchpoints.filter((touch) => touch.two_way && tookPlace(touch) && touch.contact === contact),
  ].map(({ day }) => day)
  return [...new Set(days)].filter((day) => day >= from && day <= until).sort()
}

function rhythmOf(on: SignDay, champion: ContactTerms, active: readonly Day[]): Rhythm | null {
  const last = active.at(-1)
  if (last === undefined || active.length < LEAST_DAYS) return null
  const days = daysBetween(last, on.until)
  const season = on.season(WEEKS, on.until)
  const weighted = Array.from({ length: days }, (_, i) => Math.min(1, season[Math.floor(i / 7)] ?? 1)).reduce((sum, each) => sum + each, 0)
  const others = new Set(on.facts.use.filter(({ day, user }) => day > last && day <= on.until && user !== champion.user).map(({ day }) => day))
  const gaps = active.slice(1).map((day, i) => daysBetween(active[i] as Day, day))
  return { contact: champion.contact, name: champion.name, days, weighted_days: weighted, usual_gap: median(gaps) ?? 0, days_of_others: others.size }
}

export const championSilent = defineSign<ChampionSilent>({
  id: 'champion_silent',
  name: 'Champion silent',
  says: 'A champion is silent for far longer than usual for this person while others use the product.',
  class: 'risk',
  expires: 90,
  opens: [{ fact: 'contact' }, { fact: 'touchpoint', days: 200 }, { fact: 'usage_event', days: 90 }],
  values(on) {
    const champions = contactsOn(on.facts.contacts, on.day).filter((contact) => contact.is_champion && isThere(contact, on.day))
    if (champions.length === 0) return null
    const active = champions.map((champion) => activeDaysOf(on, champion))
    const rhythms = champions.map((champion, i) => rhythmOf(on, champion, active[i] as Day[])).filter((rhythm) => rhythm !== null)
    const silent = rhythms.filter((rhythm) => isSilent(rhythm) && rhythm.days_of_others >= OTHERS).sort((a, b) => b.weighted_days - a.weighted_days)[0] ?? null
    const seenLately = active.some((days) => days.some((day) => daysBetween(day, on.until) < AGAIN))
    return { silent: rhythms.some((rhythm) => !isSilent(rhythm)) ? null : silent, seen_lately: seenLately }
  },
  holds: ({ silent }) => silent !== null,
  stillOn: ({ seen_lately }) => !seen_lately,
  evidence: ({ silent }) =>
    silent === null
      ? {}
      : { contact: silent.contact, days: silent.days, weighted_days: silent.weighted_days, usual_gap: silent.usual_gap, days_of_others: silent.days_of_others },
  sentence: ({ silent }) => (silent === null ? '' : `${silent.name}, your champion, silent for ${silent.days} days; usual gap ${Math.round(silent.usual_gap)}`),
})
