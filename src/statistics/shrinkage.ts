import { betaQuantile } from './incomplete-beta.ts'
import type { Interval } from './interval.ts'
import { isLevel, LEVEL } from './interval.ts'

/**
 * The rate of a group of n with k events, drawn to a base rate as if `strength` more had been seen at that rate: the mean of
 * the beta posterior, and its quantiles as interval. Null for a base rate outside 0..1, or with nothing to go by.
 */
export function shrunkRate(
  { k, n }: { readonly k: number; readonly n: number },
  base: number,
  strength: number,
  level: number = LEVEL,
): { value: number; interval: Interval | null } | null {
  if (!(k >= 0 && k <= n) || !(base >= 0 && base <= 1) || !(strength >= 0) || !(n + strength > 0 && n + strength < Infinity)) return null
  const [events, others] = [k + strength * base, n - k + strength * (1 - base)]
  const value = events / (n + strength)
  if (!isLevel(level)) return { value, interval: null }
  const lower = events === 0 ? 0 : others === 0 ? 1 : betaQuantile((1 - level) / 2, events, others)
  const upper = events === 0 ? 0 : others === 0 ? 1 : betaQuantile((1 + level) / 2, events, others)
  return { value, interval: lower === null || upper === null ? null : [lower, upper] }
}
