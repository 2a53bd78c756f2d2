import type { Observation } from '../../statistics/kaplan-meier.ts'

/**
 * How often each value occurred, reached or only observed so far: what medians, percentiles and survival curves need of
 * any number of rows, exact and small, and added up like a sum.
 */
export interface Tally {
  /** Ascending. */
  readonly values: readonly number[]
  readonly reached: readonly number[]
  readonly censored: readonly number[]
}

export const NO_TALLY: Tally = { values: [], reached: [], censored: [] }

/** Tallies of rows that do not overlap, as one. */
export function addTallies(tallies: readonly Tally[]): Tally {
  if (tallies.length === 1) return tallies[0] ?? NO_TALLY
  const sums = new Map<number, [reached: number, censored: number]>()
  for (const { values, reached, censored } of tallies)
    values.forEach((value, i) => {
      const sum = sums.get(value) ?? [0, 0]
      sums.set(value, [sum[0] + (reached[i] ?? 0), sum[1] + (censored[i] ?? 0)])
    })
  const entries = [...sums].sort(([a], [b]) => a - b)
  return { values: entries.map(([value]) => value), reached: entries.map(([, [reached]]) => reached), censored: entries.map(([, [, censored]]) => censored) }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
export const countReached = ({ reached }: Tally): number => total(reached)
export const countCensored = ({ censored }: Tally): number => total(censored)

/** The reached values, ascending, each as often as it occurred. */
export function reachedValues(tally: Tally): Float64Array {
  const found = new Float64Array(countReached(tally))
  let at = 0
  tally.values.forEach((value, i) => {
    found.fill(value, at, at + (tally.reached[i] ?? 0))
    at += tally.reached[i] ?? 0
  })
  return found
}

/** One observation per row, for survival curves. */
export const observations = ({ values, reached, censored }: Tally): Observation[] =>
  values.flatMap((time, i) => [
    ...Array.from({ length: reached[i] ?? 0 }, () => ({ time, reached: true })),
    ...Array.from({ length: censored[i] ?? 0 }, () => ({ time, reached: false })),
  ])
