import { contact } from '../../facts/contact.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { groupBy } from '../../health/group.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, dayOf, isDay, startOfDay } from '../../kernel/period.ts'
import { formatDay } from '../../kernel/words/days.ts'
import type { AccountRecord } from '../record.ts'
import type { FactValue, Version } from '../version.ts'
import { identityOf, knownAt } from '../version.ts'
import type { Happening, Known, Told } from './happening.ts'
import { TIMELINE_KINDS } from './timeline-kinds.ts'

/** Before this day a stored date means that none is known. */
const NOT_KNOWN = '1970-01-03'

/** The day of what is stored as an instant or a day; null where it is not known. */
export function localDay(at: FactValue, zone: string): Day | null {
  if (at === null) return null
  const text = String(at)
  const day = isDay(text) ? text : dayOf(new Date(text), zone)
  return day < NOT_KNOWN ? null : day
}

/** The last moment of a local day. */
export const closeOf = (day: Day, zone: string): string => `${new Date(startOfDay(addDays(day, 1), zone).getTime() - 1).toISOString().slice(0, -1)}999Z`

/** What is known of an account at an instant, read by those who tell of it. */
export function openKnown(versions: readonly Version[], zone: string): Known {
  const byFact = groupBy(versions, ({ fact }) => fact)
  const of = (fact: FactDefinition): readonly Version[] => byFact.get(fact.id) ?? []
  const names = new Map(of(contact).map(({ values }) => [values.contact_id, values.name ?? values.email ?? values.contact_id]))
  const onDay = (at: FactValue): Day | null => localDay(at, zone)
  return {
    of,
    nameOf: (id) => String(names.get(id) ?? id ?? 'Somebody'),
    dayOf: onDay,
    dateOf: (at) => formatDay(onDay(at) ?? ''),
  }
}

/** When each source of each kind was heard of first. */
type FirstTold = ReadonlyMap<string, string>

const sourceOf = ({ fact, source }: Version): string => `${fact} ${source}`

function firstTold(versions: readonly Version[]): FirstTold {
  const first = new Map<string, string>()
  for (const version of versions) if (!first.has(sourceOf(version))) first.set(sourceOf(version), version.recorded_at)
  return first
}

const DAY_MS = 86_400_000

/** What happened before its source was heard of is history, not late. */
function lateDays(of: Version, moment: string, first: FirstTold): number | null {
  if (moment < (first.get(sourceOf(of)) ?? '')) return null
  const days = Math.floor((Date.parse(of.recorded_at) - Date.parse(moment)) / DAY_MS)
  return days < 2 ? null : days
}

function placed(kind: string, { of, what, at, title, detail = null, tone = 'neutral' }: Told, zone: string, first: FirstTold): Happening[] {
  const day = localDay(at, zone)
  if (day === null) return []
  const { fact, source, source_id, recorded_at } = of
  const moment = isDay(String(at)) ? closeOf(day, zone) : String(at)
  const late_days = lateDays(of, moment, first)
  return [{ key: `${identityOf(of)} ${what}`, kind, at: moment, day, title, detail, tone, fact: { fact, source, source_id }, recorded_at, late_days }]
}

/** The latest first; what happened at one moment in an order that stays. */
export const latestFirst = (a: Happening, b: Happening): number => (a.at === b.at ? (a.key < b.key ? 1 : -1) : a.at < b.at ? 1 : -1)

/** What the facts of an account tell of, as they were known at an instant, each once. */
export function happeningsAt({ versions, undos }: Pick<AccountRecord, 'versions' | 'undos'>, instant: string, zone: string): Happening[] {
  const known = openKnown(knownAt(versions, undos, instant), zone)
  const first = firstTold(versions)
  const all = TIMELINE_KINDS.flatMap((kind) => kind.tell(known).flatMap((told) => placed(kind.id, told, zone, first)))
  return [...new Map(all.map((each) => [each.key, each])).values()].sort(latestFirst)
}

export interface TimelineAsked {
  /** Only these kinds; all where it is left out or empty. */
  readonly kinds?: readonly string[] | undefined
  /** Only what has all of these words in its title, its detail or its fact. */
  readonly find?: string | undefined
  /** The cursor of the page before. */
  readonly before?: string | undefined
  /** Only up to this day. */
  readonly until?: Day | undefined
  readonly limit: number
}

export interface TimelinePage {
  readonly items: readonly Happening[]
  /** The cursor of the next page; null where there is none. */
  readonly next: string | null
  readonly total: number
  /** How many there are of each kind under the same search. */
  readonly counts: Readonly<Record<string, number>>
}

const cursorOf = ({ at, key }: Happening): string => `${at} ${key}`

function searched(items: readonly Happening[], find: string | undefined): readonly Happening[] {
  const words = (find ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return items
  return items.filter(({ title, detail, fact }) => {
    const text = `${title} ${detail ?? ''} ${fact?.source_id ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** A page of a timeline whose items stand the latest first. */
export function pageOf(all: readonly Happening[], { kinds = [], find, before, until, limit }: TimelineAsked): TimelinePage {
  const found = searched(all, find).filter(({ day }) => until === undefined || day <= until)
  const counts: Record<string, number> = {}
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1
  const wanted = kinds.length === 0 ? found : found.filter(({ kind }) => kinds.includes(kind))
  const start = before === undefined ? 0 : wanted.findIndex((item) => cursorOf(item) < before)
  const items = start === -1 ? [] : wanted.slice(start, start + limit)
  const last = items.at(-1)
  return { items, next: last === undefined || start + limit >= wanted.length ? null : cursorOf(last), total: wanted.length, counts }
}
