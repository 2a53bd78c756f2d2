import type { Steps } from '../kernel/steps.ts'
import { nelderMead, positive } from './nelder-mead.ts'

/**
 * Retention under contract when each customer leaves at a renewal with a chance of their own, and these chances are spread
 * over customers as beta(alpha, beta). P. S. Fader and B. G. S. Hardie, "How to project customer retention", Journal of
 * Interactive Marketing 21 (2007). Time is counted in renewals.
 */
export interface ShiftedBetaGeometric {
  readonly alpha: number
  readonly beta: number
}

/** A cohort must have come up for renewal this often before two parameters are read from it. */
export const SBG_LEAST_RENEWALS = 3
const TERMS = 1_000_000

/** The chance that a customer who renewed t - 1 times renews the t-th time, t >= 1. */
export const sbgRetention = ({ alpha, beta }: ShiftedBetaGeometric, t: number): number => (beta + t - 1) / (alpha + beta + t - 1)

/** The share still there after t renewals: 1, then the product of retentions. */
export function sbgSurvival(model: ShiftedBetaGeometric, t: number): number {
  let share = 1
  for (let k = 1; k <= t; k++) share *= sbgRetention(model, k)
  return share
}

/** Log-likelihood of cohorts, each given as how many were alive at the start and after each renewal so far. */
export function sbgLogLikelihood(model: ShiftedBetaGeometric, cohorts: readonly (readonly number[])[]): number {
  let sum = 0
  for (const alive of cohorts) {
    let log = 0
    for (let t = 1; t < alive.length; t++) {
      const retention = sbgRetention(model, t)
      const lost = alive[t - 1]! - alive[t]!
      if (lost > 0) sum += lost * (log + Math.log(model.alpha / (model.alpha + model.beta + t - 1)))
      log += Math.log(retention)
    }
    sum += alive.at(-1)! * log
  }
  return sum
}

/**
 * Maximum likelihood over one or more cohorts. Null when no cohort has come up for renewal three times, counts grow or are
 * negative, or when nobody or everybody has left.
 */
export function* fitShiftedBetaGeometric(cohorts: readonly (readonly number[])[]): Steps<(ShiftedBetaGeometric & { readonly log_likelihood: number }) | null> {
  const falling = cohorts.every((alive) => alive.every((count, t) => count >= 0 && (t === 0 || count <= alive[t - 1]!)))
  const long = cohorts.some((alive) => alive.length > SBG_LEAST_RENEWALS)
  const lost = cohorts.reduce((sum, alive) => sum + (alive[0] ?? 0) - (alive.at(-1) ?? 0), 0)
  const left = cohorts.reduce((sum, alive) => sum + (alive.at(-1) ?? 0), 0)
  if (!falling || !long || lost === 0 || left === 0) return null
  const model = ([a, b]: readonly number[]): ShiftedBetaGeometric => ({ alpha: positive(a!), beta: positive(b!) })
  const found = yield* nelderMead((point) => -sbgLogLikelihood(model(point), cohorts), [0, 0])
  return Number.isFinite(found.value) ? { ...model(found.point), log_likelihood: -found.value } : null
}

/**
 * Expected number of payments, each discounted by its distance in renewals: `renewals` < 0 is a new customer whose first
 * payment is made now; n >= 0 a customer who has renewed n times, just before the next renewal, whose payment is the first
 * counted and is not discounted. Times the payment it is the (residual) lifetime value: Fader and Hardie, "Customer-base
 * valuation in a contractual setting", Marketing Science 29 (2010). Null when the
 * sum has no end (no discount and alpha <= 1), or hardly one.
 */
export function sbgDiscountedPayments(model: ShiftedBetaGeometric, discount: number, renewals: number = -1): number | null {
  const { alpha, beta } = model
  if (!(alpha > 0 && beta > 0) || !(discount >= 0)) return null
  const next = renewals + 1
  const first = renewals < 0 ? 1 : sbgRetention(model, next)
  if (discount === 0) return alpha > 1 ? first * ((alpha + beta + next - 1) / (alpha - 1)) : null
  let [share, sum] = [first, first]
  for (let k = 1; k < TERMS; k++) {
    share *= sbgRetention(model, next + k) / (1 + discount)
    sum += share
    if (share < 1e-17 * sum) return sum
  }
  return null
}
