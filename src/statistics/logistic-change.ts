import { quadraticForm } from './cholesky.ts'
import type { Interval } from './interval.ts'
import { LEVEL } from './interval.ts'
import type { LogisticFit } from './logistic.ts'
import { predictLogistic } from './logistic.ts'
import { zOf } from './normal-quantile.ts'

export interface Shift {
  /** What the chance is multiplied by: the ARR of an account. */
  readonly amount: number
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/**
 * By how much the expected loss, sum of amount x chance, falls when rows move `from` -> `to`; the interval by the delta
 * method on the coefficients. G. W. Oehlert, The American Statistician 46 (1992). In the unit of the amounts.
 * Null for no rows.
 */
export function lossAvoided(fit: LogisticFit, shifts: readonly Shift[], level: number = LEVEL): { value: number; se: number; interval: Interval } | null {
  const z = zOf(level)
  if (shifts.length === 0 || z === null) return null
  const gradient = fit.coefficients.map(() => 0)
  let value = 0
  for (const { amount, from, to } of shifts) {
    const [p, q] = [predictLogistic(fit, from), predictLogistic(fit, to)]
    value += amount * (p - q)
    gradient[0]! += amount * (p * (1 - p) - q * (1 - q))
    from.forEach((x, j) => (gradient[j + 1]! += amount * (p * (1 - p) * x - q * (1 - q) * to[j]!)))
  }
  const se = Math.sqrt(Math.max(0, quadraticForm(fit.covariance, gradient)))
  return { value, se, interval: [value - z * se, value + z * se] }
}
