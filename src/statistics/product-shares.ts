import { finite } from './finite.ts'

/**
 * How much of the change of a product each of its two factors made: the change splits exactly in logarithms, so the shares sum
 * to 1. Null where a value is not positive, or nothing changed.
 */
export function productShares(before: readonly [number, number], after: readonly [number, number]): readonly [number, number] | null {
  if (![...before, ...after].every((value) => value > 0)) return null
  const logs = [Math.log(after[0] / before[0]), Math.log(after[1] / before[1])] as const
  const share = finite(logs[0] / (logs[0] + logs[1]))
  return share === null ? null : [share, 1 - share]
}
