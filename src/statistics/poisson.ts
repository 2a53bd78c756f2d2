import { gammaQuantile, gammaUpper } from './incomplete-gamma.ts'
import type { Interval } from './interval.ts'
import { finiteInterval, isLevel, LEVEL } from './interval.ts'

/** The chance of `count` or fewer events when `mean` are expected. */
export function poissonCdf(count: number, mean: number): number {
  if (count < 0) return 0
  return mean <= 0 ? 1 : gammaUpper(Math.floor(count) + 1, mean)
}

/** The smallest count whose distribution function reaches p. Null outside 0 <= p < 1 or for a negative mean. */
export function poissonQuantile(p: number, mean: number): number | null {
  if (!(p >= 0 && p < 1) || !(mean >= 0) || !Number.isFinite(mean)) return null
  let [least, most] = [-1, Math.ceil(mean) + 1]
  while (poissonCdf(most, mean) < p) [least, most] = [most, most * 2]
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2)
    if (poissonCdf(middle, mean) < p) least = middle
    else most = middle
  }
  return most
}

/**
 * Exact interval of a rate: `count` events over an exposure (account-years, expected events ...), in events per unit of
 * exposure. F. Garwood, Biometrika 28 (1936). Null when the exposure is not positive or the count is negative.
 */
export function poissonInterval(count: number, exposure: number, level: number = LEVEL): Interval | null {
  if (!(exposure > 0) || !(count >= 0) || !isLevel(level)) return null
  const tail = (1 - level) / 2
  const lower = count === 0 ? 0 : gammaQuantile(tail, count)
  const upper = gammaQuantile(1 - tail, count + 1)
  return lower === null || upper === null ? null : finiteInterval(lower / exposure, upper / exposure)
}
