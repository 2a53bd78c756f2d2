import { invert } from './invert.ts'
import { normalQuantile } from './normal-quantile.ts'
import { poissonMass } from './saddle-point.ts'

const TINY = 1e-300
const TERMS = 100_000

/** P(a, x) by its power series, DLMF 8.11.4. */
function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n < TERMS; n++) {
    term *= x / (a + n)
    sum += term
    if (term < sum * 1e-17) break
  }
  return poissonMass(a, x) * sum
}

/** Q(a, x) by its continued fraction (DLMF 8.9.2), evaluated with Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < TERMS; n++) {
    const term = -n * (n - a)
    b += 2
    d = term * d + b
    if (Math.abs(d) < TINY) d = TINY
    c = b + term / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const factor = d * c
    fraction *= factor
    if (Math.abs(factor - 1) < 1e-16) break
  }
  return a * poissonMass(a, x) * fraction
}

/** Regularised lower incomplete gamma P(a, x), a > 0: the distribution function of a gamma variable of shape a and scale 1. */
export function gammaLower(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN
  if (x <= 0) return 0
  if (x === Infinity) return 1
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x)
}

/** Regularised upper incomplete gamma Q(a, x) = 1 - P(a, x), accurate where it is small. */
export function gammaUpper(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN
  if (x <= 0) return 1
  if (x === Infinity) return 0
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

/** The x with P(shape, x) = p. Null when p is not in 0..1 or the shape is not positive; Infinity is null as well. */
export function gammaQuantile(p: number, shape: number): number | null {
  if (!(p >= 0 && p < 1) || !(shape > 0) || !Number.isFinite(shape)) return null
  if (p === 0) return 0
  const z = normalQuantile(p) ?? 0
  const cube = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))
  const start = cube > 0.2 ? shape * cube ** 3 : Math.exp((Math.log(p) + Math.log(shape)) / shape)
  let most = Math.max(start, shape, 1)
  while (gammaLower(shape, most) < p) most *= 2
  return invert(
    (x) => gammaLower(shape, x),
    (x) => (shape * poissonMass(shape, x)) / x,
    p,
    { least: Number.MIN_VALUE, most, start },
  )
}
