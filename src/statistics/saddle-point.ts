import { stirlingError } from './log-gamma.ts'

/**
 * Binomial and Poisson probabilities at real arguments by Loader's saddle-point expansion, which keeps full relative
 * accuracy where differences of logarithms of gamma functions lose it. C. Loader, "Fast and accurate computation of
 * binomial probabilities" (2000), the method of R's dbinom and dpois.
 */

/** x ln(x / mean) + mean - x, by a series where x is near the mean. */
function deviance(x: number, mean: number): number {
  const gap = x - mean
  if (Math.abs(gap) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x
  const v = gap / (x + mean)
  let sum = gap * v
  let term = 2 * x * v
  for (let j = 1; j < 1000; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}

/** mean^x e^-mean / gamma(x + 1), for x, mean > 0. */
export const poissonMass = (x: number, mean: number): number => Math.exp(-stirlingError(x) - deviance(x, mean)) / Math.sqrt(2 * Math.PI * x)

/** gamma(n + 1) / (gamma(x + 1) gamma(n - x + 1)) p^x q^(n - x), for 0 < x < n and q = 1 - p. */
export function binomialMass(x: number, n: number, p: number, q: number): number {
  const exponent = stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * p) - deviance(n - x, n * q)
  return Math.exp(exponent) / Math.sqrt(2 * Math.PI * x * (1 - x / n))
}
