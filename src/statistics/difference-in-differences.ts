import type { Interval } from './interval.ts'
import { LEVEL } from './interval.ts'
import type { Count } from './newcombe.ts'
import { zOf } from './normal-quantile.ts'

export interface BeforeAfter {
  readonly before: Count
  readonly after: Count
}

/**
 * (treated after - before) - (control after - before), of shares of four independent groups, with the normal interval.
 * J. D. Angrist and J.-S. Pischke, Mostly Harmless Econometrics (2009), 5.2. Null when a group is empty.
 */
export function differenceInDifferences(
  treated: BeforeAfter,
  control: BeforeAfter,
  level: number = LEVEL,
): { value: number; se: number; interval: Interval } | null {
  const z = zOf(level)
  const groups = [treated.after, treated.before, control.after, control.before]
  if (z === null || groups.some(({ k, n }) => !(n > 0 && n < Infinity) || !(k >= 0 && k <= n))) return null
  const [p, q, r, s] = groups.map(({ k, n }) => k / n) as [number, number, number, number]
  const value = p - q - (r - s)
  const se = Math.sqrt(groups.reduce((sum, { k, n }) => sum + ((k / n) * (1 - k / n)) / n, 0))
  return { value, se, interval: [value - z * se, value + z * se] }
}
