import { finite } from './finite.ts'

/**
 * Quantiles by linear interpolation between order statistics: type 7 of R. J. Hyndman and Y. Fan, The American
 * Statistician 50 (1996); the same as ClickHouse quantileExactInclusive and Postgres percentile_cont (C31).
 */

/** Of values already in ascending order. Null for none, or p outside 0..1. */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0 || !(p >= 0 && p <= 1)) return null
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  const value = low === high ? low : low + (place - below) * (high - low)
  return finite(value)
}

/** Of values in any order; they are not changed. Null for none, for values that are not numbers, or p outside 0..1. */
export function quantile(values: ArrayLike<number>, p: number): number | null {
  const sorted = Float64Array.from(values).sort()
  if (Number.isNaN(sorted[sorted.length - 1])) return null
  return quantileSorted(sorted, p)
}

export const median = (values: ArrayLike<number>): number | null => quantile(values, 0.5)
