import type { Steps } from '../kernel/steps.ts'
import { finite } from './finite.ts'
import { logGamma } from './log-gamma.ts'
import { leastOf, positive } from './nelder-mead.ts'

/**
 * What a customer spends on a purchase on average: amounts are gamma(p, nu), and nu is spread over customers as gamma(q, v).
 * P. S. Fader and B. G. S. Hardie, "The gamma-gamma model of monetary value", note 025 (2013). Money in one currency.
 */
export interface GammaGamma {
  readonly p: number
  readonly q: number
  readonly v: number
}

/** How many purchases, and what they came to on average. */
export interface Spending {
  readonly purchases: number
  readonly mean: number
}

export function gammaGammaLogLikelihood({ p, q, v }: GammaGamma, customers: readonly Spending[]): number {
  const front = new Map<number, number>()
  const frontOf = (x: number): number => {
    const known = front.get(x)
    if (known !== undefined) return known
    const value = logGamma(p * x + q) - logGamma(p * x) - logGamma(q) + q * Math.log(v) + p * x * Math.log(x)
    front.set(x, value)
    return value
  }
  return customers.reduce((sum, { purchases: x, mean: m }) => sum + frontOf(x) + (p * x - 1) * Math.log(m) - (p * x + q) * Math.log(x * m + v), 0)
}

/**
 * Maximum likelihood over customers with at least one purchase above 0; others are left out. Null with fewer than `least`
 * such customers (200, as for the BG/NBD).
 */
export function* fitGammaGamma(
  customers: readonly Spending[],
  { least = 200 }: { readonly least?: number } = {},
): Steps<(GammaGamma & { readonly log_likelihood: number }) | null> {
  const used = customers.filter(({ purchases, mean }) => purchases > 0 && mean > 0 && Number.isFinite(mean))
  if (used.length < Math.max(2, least)) return null
  const unit = used.reduce((sum, { mean }) => sum + mean, 0) / used.length
  const scaled = used.map(({ purchases, mean }) => ({ purchases, mean: mean / unit }))
  const model = (point: readonly number[]): GammaGamma => {
    const [p, q, v] = point.map(positive) as [number, number, number]
    return { p, q, v }
  }
  const cost = (point: readonly number[]): number => -gammaGammaLogLikelihood(model(point), scaled) / used.length
  const starts = [
    [0, 0, 0],
    [2, 1, 0],
  ]
  const found = yield* leastOf(cost, starts)
  if (!Number.isFinite(found.value)) return null
  const fit = model(found.point)
  const best = { ...fit, v: fit.v * unit }
  return { ...best, log_likelihood: gammaGammaLogLikelihood(best, used) }
}

/** Spend expected per purchase; for a customer without purchases the mean of all. Null when the model has no mean (q <= 1). */
export function gammaGammaExpected({ p, q, v }: GammaGamma, { purchases: x, mean: m }: Spending): number | null {
  const below = p * x + q - 1
  const spend = ((v + m * x) * p) / below
  return below > 0 ? finite(spend) : null
}
