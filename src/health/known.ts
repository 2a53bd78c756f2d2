import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import { median } from '../statistics/quantile.ts'

/** One version of a fact with the local day on which it was recorded. */
export interface Told<T> {
  readonly identity: string
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

/** When a use was made, and when it was recorded. */
export interface Arrival {
  readonly effective_on: Day
  readonly recorded_on: Day
}

/** Rows by which the lag of a source is judged at the least, and the days back in which they were recorded. */
export const LAG = { rows: 20, days: 90 } as const

/** Days that a source of use usually comes late, as it stands at the close of a day: whole days, 0 while too little is known. */
export function usualLag(arrivals: readonly Arrival[], day: Day): number {
  const known = arrivals.filter(({ recorded_on }) => recorded_on <= day)
  if (known.length < LAG.rows) return 0
  const from = addDays(day, 1 - LAG.days)
  const recent = known.filter(({ recorded_on }) => recorded_on >= from)
  const judged = recent.length >= LAG.rows ? recent : known.toSorted((a, b) => (a.recorded_on < b.recorded_on ? -1 : 1)).slice(-LAG.rows)
  return Math.max(0, Math.ceil(median(judged.map(({ effective_on, recorded_on }) => daysBetween(effective_on, recorded_on))) ?? 0))
}

/** The last day of which an account's use can be taken to be known: a late source does not look like a fall. */
export function completeUntil(day: Day, knownBy: Day, lags: readonly number[]): Day {
  const until = addDays(knownBy, -Math.max(0, ...lags))
  return until < day ? until : day
}

/** When a row of an import of history is taken to have been known, had its source been connected all along. */
export const asIfConnected = ({ effective_on, recorded_on }: Arrival, isHistory: boolean, usualDelay: number): Day =>
  isHistory ? addDays(effective_on, Math.round(usualDelay)) : recorded_on
