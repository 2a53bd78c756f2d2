import type { Interval } from './interval.ts'
import { LEVEL } from './interval.ts'
import { zOf } from './normal-quantile.ts'

/**
 * Score interval of a share, `k` of `n`. E. B. Wilson, JASA 22 (1927). Within 0..1 and always holding k / n.
 * Null when n is 0, or k is not between 0 and n.
 */
export function wilson(k: number, n: number, level: number = LEVEL): Interval | null {
  const z = zOf(level)
  if (z === null || !(n > 0) || !(k >= 0 && k <= n) || !Number.isFinite(n)) return null
  const share = k / n
  const spread = z * Math.sqrt((k * (n - k)) / n + (z * z) / 4)
  const centre = k + (z * z) / 2
  const size = n + z * z
  return [k === 0 ? 0 : Math.min((centre - spread) / size, share), k === n ? 1 : Math.max((centre + spread) / size, share)]
}
