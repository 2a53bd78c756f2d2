const TERMS = 200_000

/**
 * Gauss's 2F1(a, b; c; z) by its series, for 0 <= z < 1 and c > 0. DLMF 15.2.1; where c - a and c - b are of smaller size, by
 * Euler's transformation 15.8.1, whose terms fall faster. NaN when the series has not settled.
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  if (!(z >= 0 && z < 1)) return Number.NaN
  if (a + b > c) return (1 - z) ** (c - a - b) * series(c - a, c - b, c, z)
  return series(a, b, c, z)
}

function series(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < TERMS; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) <= 1e-17 * Math.abs(sum)) return sum
  }
  return Number.NaN
}
