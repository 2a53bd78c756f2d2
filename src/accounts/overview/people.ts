import { contact } from '../../facts/contact.ts'
import type { AccountFacts, ContactTerms } from '../../health/account-facts.ts'
import { contactsOn, isThere, tookPlace } from '../../health/account-facts.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import { median } from '../../statistics/quantile.ts'
import type { Known } from '../timeline/happening.ts'
import type { Version } from '../version.ts'
import type { FactName } from './money.ts'
import { factName } from './money.ts'

/** One person at an account. */
export interface PersonLine {
  readonly contact: string
  readonly name: string
  readonly role: string | null
  readonly email: string | null
  readonly is_champion: boolean
  readonly is_executive: boolean
  readonly left_on: Day | null
  /** Last use of the product by this person; null where none is known, or nobody says which user it is. */
  readonly used_on: Day | null
  readonly touched_on: Day | null
  readonly answer: { readonly kind: string; readonly score: number; readonly day: Day } | null
  /** Days with use or a talk, in ninety days. */
  readonly active_days: number
  /** Silent for far longer than is usual for this person. */
  readonly quiet: { readonly days: number; readonly usual_gap: number } | null
  readonly fact: FactName | null
}

/** As a champion is found silent: so many days of a rhythm, and so much longer than it. */
const RHYTHM = { back: 200, least_days: 5, least_silence: 21, gaps: 3 } as const
const LATELY = 90

const last = (days: readonly Day[]): Day | null => days.reduce<Day | null>((newest, day) => (newest === null || day > newest ? day : newest), null)

/** Silence of a person against the own rhythm up to a day; null where it is usual, or there is no rhythm. */
export function quietOf(active: readonly Day[], until: Day): PersonLine['quiet'] {
  const days = [...new Set(active)].filter((day) => day > addDays(until, -RHYTHM.back) && day <= until).sort()
  const newest = days.at(-1)
  if (newest === undefined || days.length < RHYTHM.least_days) return null
  const usual_gap = median(days.slice(1).map((day, i) => daysBetween(days[i] as Day, day))) ?? 0
  const silent = daysBetween(newest, until)
  return silent > Math.max(RHYTHM.least_silence, RHYTHM.gaps * usual_gap) ? { days: silent, usual_gap } : null
}

function personOf(facts: AccountFacts, terms: ContactTerms, told: Version | undefined, day: Day, until: Day): PersonLine {
  const used = terms.user === '' ? [] : facts.use.filter((use) => use.user === terms.user && use.day <= day).map((use) => use.day)
  const talks = facts.touchpoints
    .filter((touch) => touch.contact === terms.contact && touch.two_way && tookPlace(touch) && touch.day <= day)
    .map((touch) => touch.day)
  const answer = facts.responses.findLast((response) => response.contact === terms.contact && response.day <= day)
  const active = [...used, ...talks]
  return {
    contact: terms.contact,
    name: terms.name === '' ? terms.contact : terms.name,
    role: told?.values.role === null || told === undefined ? null : String(told.values.role),
    email: told?.values.email === null || told === undefined ? null : String(told.values.email),
    is_champion: terms.is_champion,
    is_executive: terms.is_executive,
    left_on: isThere(terms, day) ? null : terms.left_on,
    used_on: last(used),
    touched_on: last(talks),
    answer: answer === undefined ? null : { kind: answer.kind, score: answer.score, day: answer.day },
    active_days: new Set(active.filter((each) => each > addDays(day, -LATELY))).size,
    quiet: isThere(terms, day) ? quietOf(active, until) : null,
    fact: told === undefined ? null : factName(told),
  }
}

const rankOf = ({ left_on, is_champion, is_executive, quiet }: PersonLine): number =>
  (left_on === null ? 0 : 8) + (is_champion ? 0 : 2) + (is_executive ? 0 : 1) + (quiet === null ? 0.5 : 0)

/** Everybody who is known at an account on a day, those who speak for us or decide first, who left last. */
export function peopleView(facts: AccountFacts, known: Known, day: Day, until: Day): PersonLine[] {
  const told = new Map<string, Version>()
  for (const version of known.of(contact)) {
    const [id, from] = [String(version.values.contact_id), known.dayOf(version.values.effective_at ?? null) ?? '']
    const other = told.get(id)
    if (from <= day && (other === undefined || (known.dayOf(other.values.effective_at ?? null) ?? '') <= from)) told.set(id, version)
  }
  const people = contactsOn(facts.contacts, day).map((terms) => personOf(facts, terms, told.get(terms.contact), day, until))
  return people.sort((a, b) => rankOf(a) - rankOf(b) || b.active_days - a.active_days || (a.name < b.name ? -1 : 1))
}
