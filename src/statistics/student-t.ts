import { betaCdf, betaQuantile, betaUpper } from './incomplete-beta.ts'

/** Student's t distribution function. NaN when the degrees of freedom are not positive. DLMF 8.17, A&S 26.7.1. */
export function studentCdf(t: number, freedom: number): number {
  const square = t * t
  const sum = freedom + square
  const outer = square > freedom ? betaCdf(freedom / sum, freedom / 2, 0.5) : betaUpper(square / sum, 0.5, freedom / 2)
  return t < 0 ? outer / 2 : 1 - outer / 2
}

/** Student's t quantile. Null outside 0 < p < 1 or when the degrees of freedom are not positive. */
export function studentQuantile(p: number, freedom: number): number | null {
  if (!(p > 0 && p < 1) || !(freedom > 0)) return null
  const outer = 2 * Math.min(p, 1 - p)
  const size = outer < 0.5 ? fromTail(outer, freedom) : fromCentre(1 - outer, freedom)
  if (size === null || !Number.isFinite(size)) return null
  return p < 0.5 ? -size : size
}

function fromTail(outer: number, freedom: number): number | null {
  const x = betaQuantile(outer, freedom / 2, 0.5)
  return x === null ? null : Math.sqrt((freedom * (1 - x)) / x)
}

function fromCentre(inner: number, freedom: number): number | null {
  const x = betaQuantile(inner, 0.5, freedom / 2)
  return x === null ? null : Math.sqrt((freedom * x) / (1 - x))
}
