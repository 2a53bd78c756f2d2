import { invert } from './invert.ts'
import { binomialMass } from './saddle-point.ts'

const TINY = 1e-300
const TERMS = 100_000

const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

/** The continued fraction of I_x(a, b), DLMF 8.17.22, evaluated with Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m < TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return result
}

/** x^a y^b / B(a, b) with y = 1 - x. */
const front = (x: number, y: number, a: number, b: number): number => ((a * b) / (a + b)) * binomialMass(a, a + b, x, y)

function lower(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (y <= 0) return 1
  if (x < (a + 1) / (a + b + 2)) return (front(x, y, a, b) * fraction(x, a, b)) / a
  return 1 - (front(x, y, a, b) * fraction(y, b, a)) / b
}

/** Regularised incomplete beta I_x(a, b), a, b > 0: the distribution function of a beta(a, b) variable. */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0) || Number.isNaN(x)) return Number.NaN
  return lower(x, 1 - x, a, b)
}

/** 1 - I_x(a, b), accurate where it is small. */
export const betaUpper = (x: number, a: number, b: number): number => {
  if (!(a > 0 && b > 0) || Number.isNaN(x)) return Number.NaN
  return lower(1 - x, x, b, a)
}

/** The beta(a, b) quantile. Null when p is outside 0..1 or a parameter is not positive. */
export function betaQuantile(p: number, a: number, b: number): number | null {
  if (!(p >= 0 && p <= 1) || !(a > 0 && b > 0) || !Number.isFinite(a + b)) return null
  if (p === 0 || p === 1) return p
  if (p > betaCdf(a / (a + b), a, b)) return 1 - lowerQuantile(1 - p, b, a)
  return lowerQuantile(p, a, b)
}

function lowerQuantile(p: number, a: number, b: number): number {
  return invert(
    (x) => lower(x, 1 - x, a, b),
    (x) => front(x, 1 - x, a, b) / (x * (1 - x)),
    p,
    { least: Number.MIN_VALUE, most: 1 - 2 ** -53, start: a / (a + b) },
  )
}
