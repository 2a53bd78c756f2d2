import type { BootstrapOptions } from './bootstrap.ts'
import { BOOTSTRAP_LEAST, percentiles } from './bootstrap.ts'
import type { Interval } from './interval.ts'
import { finiteInterval, LEVEL } from './interval.ts'
import { zOf } from './normal-quantile.ts'

/** The value at a place of the resample, from how often each sorted value was picked. */
function placed(sorted: Float64Array, counts: Uint32Array, place: number): number {
  const low = Math.floor(place)
  let seen = 0
  for (let i = 0; i < counts.length; i++) {
    seen += counts[i] as number
    if (seen <= low) continue
    const value = sorted[i] as number
    if (seen > low + 1 || low === place) return value
    let above = i + 1
    while (above < counts.length && counts[above] === 0) above++
    return above === counts.length ? value : value + (place - low) * ((sorted[above] as number) - value)
  }
  return Number.NaN
}

/**
 * Percentile interval of the R-7 quantile, values resampled: for medians and 90th percentiles of times. B. Efron, Annals of
 * Statistics 7 (1979). Null below `least` values (20) or for p outside 0..1.
 */
export function bootstrapQuantile(values: ArrayLike<number>, p: number, options: BootstrapOptions): Interval | null {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  const least = Math.max(2, options.least ?? BOOTSTRAP_LEAST)
  if (n < least || !(p >= 0 && p <= 1) || !Number.isFinite(sorted[n - 1])) return null
  const picks = new Uint32Array(n)
  const counts = new Uint32Array(n)
  return percentiles((random) => {
    random.fillBelow(n, picks)
    counts.fill(0)
    for (let i = 0; i < n; i++) counts[picks[i] as number]! += 1
    return placed(sorted, counts, (n - 1) * p)
  }, options)
}

/**
 * The large-sample form, for a store that holds the values: the two probabilities whose quantiles are the ends of the
 * interval of the quantile of p. R. S. Woodruff, JASA 47 (1952). Null for n = 0 or p outside 0..1.
 */
export function quantileBand(n: number, p: number, level: number = LEVEL): Interval | null {
  const z = zOf(level)
  if (z === null || !(n > 0) || !(p >= 0 && p <= 1)) return null
  const margin = z * Math.sqrt((p * (1 - p)) / n)
  return finiteInterval(Math.max(0, p - margin), Math.min(1, p + margin))
}
