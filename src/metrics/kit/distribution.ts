import type { NullReason } from '../../kernel/words/reasons.ts'
import { kaplanMeier, medianTime } from '../../statistics/kaplan-meier.ts'
import { bootstrapQuantile, quantileBand } from '../../statistics/quantile-interval.ts'
import { quantileSorted } from '../../statistics/quantile.ts'
import type { Reckoning } from './reckoning.ts'
import { computed } from './value.ts'
import type { Form } from './value.ts'
import { NO_TALLY, countCensored, countReached, observations, reachedValues } from './tally.ts'
import type { Tally } from './tally.ts'

/** Up to this many values a median is bootstrapped; above it the ends are order statistics, with which the bootstrap agrees. */
const BOOTSTRAP_MOST = 400

/** What stands beside every median of a tally. */
export const MEDIAN_BESIDES = { p90: '90th percentile', mean: 'Mean', open: 'Not yet reached' } as const

const mean = (values: Float64Array): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length)

/** The 95 % interval of a quantile of ascending values; null below 20 of them. */
function quantileInterval(values: Float64Array, p: number, seed: string): Pick<Reckoning, 'ci' | 'ci_method'> {
  if (values.length <= BOOTSTRAP_MOST) return { ci: bootstrapQuantile(values, p, { seed }), ci_method: 'bootstrap' }
  const band = quantileBand(values.length, p)
  const [low, high] = band === null ? [null, null] : band.map((end) => quantileSorted(values, end))
  return low === null || low === undefined || high === null || high === undefined ? {} : { ci: [low, high], ci_method: 'order statistics' }
}

/** Median of the reached values of a tally, with its 90th percentile and mean beside; the rest of the rows is counted as open. */
export function medianOf(tally: Tally, nullReason: NullReason, seed: string, interval: boolean): Reckoning {
  const values = reachedValues(tally)
  const beside = { p90: quantileSorted(values, 0.9), mean: mean(values), open: countCensored(tally) }
  const value = quantileSorted(values, 0.5)
  if (value === null) return { value, null_reason: nullReason, beside }
  return { value, beside, ...(interval ? quantileInterval(values, 0.5, seed) : {}) }
}

export const median = (measure: string, nullReason: NullReason, seed: string): Form =>
  computed(({ tallies, interval }) => medianOf(tallies[measure] ?? NO_TALLY, nullReason, seed, interval), { numerator: measure })

/** What stands beside a median time. */
export const MEDIAN_TIME_BESIDES = { reached: 'Reached', open: 'Not yet reached' } as const

/**
 * The time by which half have got there, from those who did and those who have not yet (Kaplan-Meier), null while fewer
 * have. An end of the interval that the curve does not reach leaves the interval out.
 */
export const medianTimeToReach = (measure: string, nullReason: NullReason = 'half_not_reached'): Form =>
  computed(
    (parts) => {
      const tally = parts.tallies[measure] ?? NO_TALLY
      const { value, lower, upper } = medianTime(kaplanMeier(observations(tally)))
      const beside = { reached: countReached(tally), open: countCensored(tally) }
      if (value === null) return { value, null_reason: tally.values.length === 0 ? 'no_data' : nullReason, beside }
      return { value, beside, ...(lower === null || upper === null ? {} : { ci: [lower, upper] as const, ci_method: 'log-log Greenwood' }) }
    },
    { numerator: measure },
  )
