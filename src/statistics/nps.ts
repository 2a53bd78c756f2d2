import { finite } from './finite.ts'
import type { Interval } from './interval.ts'
import { clampInterval, finiteInterval, isLevel, LEVEL } from './interval.ts'
import { ratioVariance } from './delta-ratio.ts'
import { zOf } from './normal-quantile.ts'
import type { RatioSums } from './ratio-sums.ts'
import { studentQuantile } from './student-t.ts'

/** Answers 9-10, 7-8 and 0-6. */
export interface NpsCounts {
  readonly promoters: number
  readonly passives: number
  readonly detractors: number
}

const POINTS: Interval = [-100, 100]

/** How many answered; 0 when the counts cannot be. */
const answers = ({ promoters, passives, detractors }: NpsCounts): number =>
  promoters >= 0 && passives >= 0 && detractors >= 0 && Number.isFinite(promoters + passives + detractors) ? promoters + passives + detractors : 0

/** Variance of the mean of answers scored +1, 0 and -1. */
const variance = (promoters: number, detractors: number, n: number): number =>
  Math.max(0, (promoters + detractors) / n - ((promoters - detractors) / n) ** 2) / n

/** Net promoter score in points, -100 to 100. Null without answers. */
export function netPromoterScore(counts: NpsCounts): number | null {
  const n = answers(counts)
  return n > 0 ? (100 * (counts.promoters - counts.detractors)) / n : null
}

/** Half the width of the plain Wald interval, in points: what surveys print as the margin of error. Null without answers. */
export function npsMargin(counts: NpsCounts, level: number = LEVEL): number | null {
  const n = answers(counts)
  const z = zOf(level)
  return n > 0 && z !== null ? finite(100 * z * Math.sqrt(variance(counts.promoters, counts.detractors, n))) : null
}

/**
 * Adjusted Wald interval, in points: three answers are added, 3/4 of one to each end, so that an all-promoter handful is
 * not certain. B. Rocks, "Interval estimation for the net promoter score", The American Statistician 70 (2016).
 * Null without answers.
 */
export function npsInterval(counts: NpsCounts, level: number = LEVEL): Interval | null {
  const z = zOf(level)
  if (!(answers(counts) > 0) || z === null) return null
  const n = answers(counts) + 3
  const [promoters, detractors] = [counts.promoters + 0.75, counts.detractors + 0.75]
  const centre = (promoters - detractors) / n
  const margin = z * Math.sqrt(variance(promoters, detractors, n))
  return clampInterval([100 * (centre - margin), 100 * (centre + margin)], POINTS)
}

/**
 * Standard error in points when several people of one account answered: accounts are the sample. The sums are over
 * accounts, x = promoters - detractors and y = answers of an account. Null for fewer than two accounts.
 */
export function npsClusterError(accounts: RatioSums): number | null {
  const spread = ratioVariance(accounts)
  return spread === null ? null : 100 * Math.sqrt(spread)
}

/** The interval that goes with `npsClusterError`, by Student's t with one degree of freedom less than accounts. */
export function npsClusterInterval(accounts: RatioSums, level: number = LEVEL): Interval | null {
  const error = npsClusterError(accounts)
  const t = isLevel(level) ? studentQuantile(0.5 + level / 2, accounts.n - 1) : null
  if (error === null || t === null) return null
  const score = (100 * accounts.sum_x) / accounts.sum_y
  const interval = finiteInterval(score - t * error, score + t * error)
  return interval === null ? null : clampInterval(interval, POINTS)
}

/** How many answers make the margin of error `margin` points, given the expected shares of promoters and detractors. */
export function npsSampleSize(promoters: number, detractors: number, margin: number, level: number = LEVEL): number | null {
  const z = zOf(level)
  if (z === null || !(margin > 0) || !(promoters >= 0 && detractors >= 0 && promoters + detractors <= 1)) return null
  return finite(Math.ceil(((100 * z) / margin) ** 2 * variance(promoters, detractors, 1)))
}

/** An interval about a value with each of its sides multiplied by a factor: at 0 nothing of it is left but the value. */
export const drawnIn = ([low, high]: Interval, value: number, factor: number): Interval => [value - factor * (value - low), value + factor * (high - value)]

/**
 * What a standard error is multiplied by when `n` of a finite `population` answered; 0 when everybody did. W. G. Cochran,
 * Sampling Techniques (3rd ed. 1977), 2.6. Null when more answered than there are.
 */
export function finitePopulationFactor(n: number, population: number): number | null {
  if (!(n >= 0 && n <= population)) return null
  return population <= 1 ? 0 : finite(Math.sqrt((population - n) / (population - 1)))
}
