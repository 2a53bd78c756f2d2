const HALF_LOG_TWO_PI = 0.9189385332046727
const SHIFT = 16
const SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]

/**
 * What Stirling's formula leaves out: ln gamma(x) - ((x - 1/2) ln x - x + ln sqrt(2 pi)), for x > 0.
 * Asymptotic series, DLMF 5.11.1; below 16 carried down by gamma(x + 1) = x gamma(x).
 */
export function stirlingError(x: number): number {
  if (x < SHIFT) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI)
  const inverseSquare = 1 / (x * x)
  return SERIES.reduceRight((sum, term) => sum * inverseSquare + term, 0) / x
}

/** ln gamma(x) for x > 0, to about 1e-14 (absolute, relative where larger). NaN for x <= 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  if (x === 1 || x === 2) return 0
  let product = 1
  let shifted = x
  for (; shifted < SHIFT; shifted++) product *= shifted
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingError(shifted) - Math.log(product)
}

/** ln B(a, b) for a, b > 0, without the cancellation that three separate logarithms have at large arguments. */
export function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a]
  if (large < SHIFT) return logGamma(small) + logGamma(large) - logGamma(small + large)
  const sum = small + large
  const corrections = stirlingError(large) - stirlingError(sum)
  const tail = (large - 0.5) * Math.log1p(-small / sum) + small - small * Math.log(sum)
  return logGamma(small) + corrections + tail
}
