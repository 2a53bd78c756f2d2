import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import { HISTORY } from './delay.ts'
import { groupBy } from './group.ts'

/** One version of a fact with the local days on which it took effect and was recorded. */
export interface Told<T> {
  readonly identity: string
  readonly effective_on: Day
  readonly recorded_on: Day
  readonly deleted: boolean
  readonly fact: T
}

/**
 * What was known at the close of a day: of each identity the version told last, unless it takes the fact back. Versions stand
 * in the order in which they were told.
 */
export function knownOn<T>(told: readonly Told<T>[], day: Day): T[] {
  const last = new Map<string, Told<T>>()
  for (const version of told) if (version.recorded_on <= day) last.set(version.identity, version)
  return [...last.values()].filter(({ deleted }) => !deleted).map(({ fact }) => fact)
}

/** The same versions as if each had been recorded on the day on which it took effect: what would have been known had nothing come late. */
export const toldAtOnce = <T>(told: readonly Told<T>[]): Told<T>[] =>
  told
    .map((version) => ({ ...version, recorded_on: version.effective_on }))
    .sort((a, b) => (a.recorded_on < b.recorded_on ? -1 : a.recorded_on > b.recorded_on ? 1 : 0))

/** When use was made, and when it was recorded. */
export interface Arrival {
  readonly effective_on: Day
  readonly recorded_on: Day
  /** 1 where it is left out. */
  readonly events?: number
}

/** Events by which the lag of a source is judged at the least, and the days back in which they were recorded. */
export const LAG = { rows: 20, days: 90 } as const

const eventsOf = (arrivals: readonly Arrival[]): number => arrivals.reduce((sum, { events = 1 }) => sum + events, 0)

/** The last events by when they were recorded. */
function lastOf(arrivals: readonly Arrival[], events: number): Arrival[] {
  const last: Arrival[] = []
  let missing = events
  for (const arrival of arrivals.toSorted((a, b) => (a.recorded_on < b.recorded_on ? 1 : a.recorded_on > b.recorded_on ? -1 : 0))) {
    if (missing <= 0) break
    last.push({ ...arrival, events: Math.min(missing, arrival.events ?? 1) })
    missing -= arrival.events ?? 1
  }
  return last
}

/** The median number of days between the two; 0 of nothing. */
function medianDelay(arrivals: readonly Arrival[]): number {
  const byDelay = new Map<number, number>()
  for (const { effective_on, recorded_on, events = 1 } of arrivals) {
    const days = daysBetween(effective_on, recorded_on)
    byDelay.set(days, (byDelay.get(days) ?? 0) + events)
  }
  const delays = [...byDelay].sort(([a], [b]) => a - b)
  const all = eventsOf(arrivals)
  const at = (place: number): number => {
    let passed = 0
    return delays.find(([, events]) => (passed += events) > place)?.[0] ?? 0
  }
  return all === 0 ? 0 : (at(Math.floor((all - 1) / 2)) + at(Math.floor(all / 2))) / 2
}

/** What was not brought in as history: that came late for this reason alone, and says nothing of its source. */
export function withoutHistory(arrivals: readonly Arrival[]): Arrival[] {
  const together = groupBy(arrivals, ({ recorded_on }) => recorded_on)
  return [...together.values()].flatMap((each) => (eventsOf(each) >= HISTORY.rows && medianDelay(each) > HISTORY.days ? [] : each))
}

/** Days that a source of use usually comes late, as it stands at the close of a day: whole days, 0 while too little is known. */
export function usualLag(arrivals: readonly Arrival[], day: Day): number {
  const known = withoutHistory(arrivals.filter(({ recorded_on }) => recorded_on <= day))
  if (eventsOf(known) < LAG.rows) return 0
  const from = addDays(day, 1 - LAG.days)
  const recent = known.filter(({ recorded_on }) => recorded_on >= from)
  return Math.max(0, Math.ceil(medianDelay(eventsOf(recent) >= LAG.rows ? recent : lastOf(known, LAG.rows))))
}

/** The last day of which an account's use can be taken to be known: a late source does not look like a fall. */
export function completeUntil(day: Day, knownBy: Day, lags: readonly number[]): Day {
  const until = addDays(knownBy, -Math.max(0, ...lags))
  return until < day ? until : day
}

/** When a row of an import of history is taken to have been known, had its source been connected all along. */
export const asIfConnected = ({ effective_on, recorded_on }: Arrival, isHistory: boolean, usualDelay: number): Day =>
  isHistory ? addDays(effective_on, Math.round(usualDelay)) : recorded_on
