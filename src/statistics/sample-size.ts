import { finite } from './finite.ts'
import { normalQuantile, zOf } from './normal-quantile.ts'

/**
 * Accounts needed in each arm to tell two shares apart: normal approximation without pooling, J. L. Fleiss, Statistical
 * Methods for Rates and Proportions (2nd ed. 1981), 3.2. Null when the shares are equal or not shares.
 */
export function sampleSizePerArm(
  first: number,
  second: number,
  { level = 0.95, power = 0.8 }: { readonly level?: number; readonly power?: number } = {},
): number | null {
  const [z, reach] = [zOf(level), normalQuantile(power)]
  const shares = [first, second].every((share) => share >= 0 && share <= 1)
  if (z === null || reach === null || !shares || first === second) return null
  const spread = first * (1 - first) + second * (1 - second)
  return finite(Math.ceil(((z + reach) ** 2 * spread) / (first - second) ** 2))
}
