import type { Interval } from './interval.ts'
import { LEVEL } from './interval.ts'
import { wilson } from './wilson.ts'

export interface Count {
  readonly k: number
  readonly n: number
}

/**
 * Interval of the difference first - second of two independent shares: the hybrid of their score intervals, method 10 of
 * R. G. Newcombe, Statistics in Medicine 17 (1998). Null when either share has none.
 */
export function newcombe(first: Count, second: Count, level: number = LEVEL): Interval | null {
  const one = wilson(first.k, first.n, level)
  const two = wilson(second.k, second.n, level)
  if (one === null || two === null) return null
  const [p, q] = [first.k / first.n, second.k / second.n]
  return [p - q - Math.hypot(p - one[0], two[1] - q), p - q + Math.hypot(one[1] - p, q - two[0])]
}
