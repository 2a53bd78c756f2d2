import { finite } from './finite.ts'
import { LEVEL } from './interval.ts'
import { wilson } from './wilson.ts'

/**
 * Values of a customer who pays `margin` each period and leaves with a constant chance per period; in the unit of `margin`.
 * A constant chance undervalues customers who have stayed: see shifted-beta-geometric.ts.
 */

/** margin / churn. Null when churn is 0: then there is only `lifetimeValueFloor`. */
export const lifetimeValue = (margin: number, churn: number): number | null => (churn > 0 && churn <= 1 ? finite(margin / churn) : null)

/** What can be said when nobody (or few) left: margin over the upper end of churn's score interval. Null without accounts. */
export function lifetimeValueFloor(margin: number, lost: number, accounts: number, level: number = LEVEL): number | null {
  const churn = wilson(lost, accounts, level)
  return churn === null ? null : lifetimeValue(margin, churn[1])
}

/** The value of the first `periods` payments, the first one sure: margin (1 - r^n) / (1 - r). */
export function lifetimeValueWithin(margin: number, churn: number, periods: number): number | null {
  if (!(churn >= 0 && churn <= 1) || !(periods >= 0)) return null
  return finite(churn === 0 ? margin * periods : (margin * (1 - (1 - churn) ** periods)) / churn)
}

/**
 * Discounted value. `at_acquisition` counts a first payment made now; `residual` stands just before the next payment, which
 * is at risk like all that follow, one period's discount away.
 */
export function discountedLifetimeValue(margin: number, retention: number, discount: number): { at_acquisition: number; residual: number } | null {
  if (!(retention >= 0 && retention <= 1) || !(discount >= 0) || retention / (1 + discount) >= 1) return null
  const at_acquisition = margin / (1 - retention / (1 + discount))
  return Number.isFinite(at_acquisition) ? { at_acquisition, residual: at_acquisition - margin } : null
}
