import { fitLogistic, logistic } from './logistic.ts'

/** chance = logistic(intercept + slope x score). */
export interface Platt {
  readonly intercept: number
  readonly slope: number
}

/** Outcomes drawn in from 0 and 1, so that two parameters do not overfit: (N+ + 1) / (N+ + 2) and 1 / (N- + 2). */
export function plattTargets(outcomes: ArrayLike<number>): number[] {
  const positives = Array.from(outcomes).filter((y) => y === 1).length
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (outcomes.length - positives + 2)]
  return Array.from(outcomes, (y) => (y === 1 ? high : low))
}

/**
 * Calibrates scores (log-odds of out-of-fold chances) by a logistic curve. J. Platt (1999); H.-T. Lin, C.-J. Lin and R. C. Weng,
 * Machine Learning 68 (2007). The mean of the chances is the mean of the targets. Null without rows or with one score only.
 */
export function fitPlatt(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Platt | null {
  const fit = fitLogistic(
    Array.from(scores, (score) => [score]),
    plattTargets(outcomes),
  )
  return fit === null ? null : { intercept: fit.coefficients[0]!, slope: fit.coefficients[1]! }
}

export const predictPlatt = ({ intercept, slope }: Platt, score: number): number => logistic(intercept + slope * score)
