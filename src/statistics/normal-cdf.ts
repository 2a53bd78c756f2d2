import { gammaLower, gammaUpper } from './incomplete-gamma.ts'

/** The standard normal distribution function; relative accuracy about 1e-13 in both tails. DLMF 7.11.2. */
export function normalCdf(x: number): number {
  const half = (x * x) / 2
  if (x < 0) return gammaUpper(0.5, half) / 2
  return 0.5 + gammaLower(0.5, half) / 2
}
