import type { Interval } from './interval.ts'
import { clampInterval, finiteInterval, LEVEL } from './interval.ts'
import { zOf } from './normal-quantile.ts'
import type { RatioSums } from './ratio-sums.ts'

export interface DeltaOptions {
  readonly level?: number
  /** The range in which the quantity can lie, [0, 1] for a gross retention; the interval is cut to it. */
  readonly within?: Interval
}

/** Sums over accounts of products between two periods: `xx` is x before times x after, `xy` x before times y after. */
export interface CrossSums {
  readonly xx: number
  readonly xy: number
  readonly yx: number
  readonly yy: number
}

/** What is left of a sum of squares after cancellation is never read as negative. */
const nonNegative = (value: number): number => (value > 0 ? value : 0)

/**
 * Variance of sum(x) / sum(y) when accounts are the sample: the linearised ratio estimator, W. G. Cochran, Sampling
 * Techniques (3rd ed. 1977), 6.4. Null with fewer than two accounts or a denominator of 0.
 */
export function ratioVariance(sums: RatioSums): number | null {
  if (!(sums.n >= 2) || sums.sum_y === 0) return null
  const ratio = sums.sum_x / sums.sum_y
  const squares = nonNegative(sums.sum_xx - 2 * ratio * sums.sum_xy + ratio * ratio * sums.sum_yy)
  const variance = ((sums.n / (sums.n - 1)) * squares) / (sums.sum_y * sums.sum_y)
  return Number.isFinite(variance) ? variance : null
}

function around(value: number, variance: number, { level = LEVEL, within }: DeltaOptions): Interval | null {
  const z = zOf(level)
  if (z === null) return null
  const margin = z * Math.sqrt(variance)
  const interval = finiteInterval(value - margin, value + margin)
  return interval === null || within === undefined ? interval : clampInterval(interval, within)
}

/**
 * Large-sample interval of sum(x) / sum(y) over accounts; in place of the bootstrap above a few hundred accounts, from
 * six sums and no rows. Null with fewer than two accounts or a denominator of 0.
 */
export function deltaRatio(sums: RatioSums, options: DeltaOptions = {}): Interval | null {
  const variance = ratioVariance(sums)
  return variance === null ? null : around(sums.sum_x / sums.sum_y, variance, options)
}

/** Large-sample interval of first - second, two ratios over different accounts (two segments). */
export function deltaRatioDifference(first: RatioSums, second: RatioSums, options: DeltaOptions = {}): Interval | null {
  const [one, two] = [ratioVariance(first), ratioVariance(second)]
  if (one === null || two === null) return null
  return around(first.sum_x / first.sum_y - second.sum_x / second.sum_y, one + two, options)
}

/**
 * Large-sample interval of after - before, one ratio in two periods over the same accounts: the covariance of an account
 * with itself is taken in. `n` of both is the number of accounts in either period.
 */
export function deltaRatioChange(before: RatioSums, after: RatioSums, cross: CrossSums, options: DeltaOptions = {}): Interval | null {
  if (before.n !== after.n) return null
  const [one, two] = [ratioVariance(before), ratioVariance(after)]
  if (one === null || two === null) return null
  const [r, s] = [before.sum_x / before.sum_y, after.sum_x / after.sum_y]
  const shared = (before.n / (before.n - 1)) * (cross.xx - s * cross.xy - r * cross.yx + r * s * cross.yy)
  return around(s - r, nonNegative(one + two - (2 * shared) / (before.sum_y * after.sum_y)), options)
}
