/** A symmetric positive definite matrix, rows of full length. */
export type Matrix = readonly (readonly number[])[]

/** The lower triangle L with L L' = matrix. Null when the matrix is not positive definite. */
function factor(matrix: Matrix): number[][] | null {
  const lower = matrix.map((row) => row.map(() => 0))
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i]![j]!
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!
      if (i === j) {
        if (!(rest > 1e-12 * Math.abs(matrix[i]![i]!))) return null
        lower[i]![i] = Math.sqrt(rest)
      } else {
        lower[i]![j] = rest / lower[j]![j]!
      }
    }
  }
  return lower
}

function solveWith(lower: number[][], right: readonly number[]): number[] {
  const size = lower.length
  const x = [...right]
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k]![i]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  return x
}

/** The x with matrix x = right. Null when the matrix is not positive definite. */
export function solve(matrix: Matrix, right: readonly number[]): number[] | null {
  const lower = factor(matrix)
  return lower === null ? null : solveWith(lower, right)
}

/** The inverse. Null when the matrix is not positive definite. */
export function invertMatrix(matrix: Matrix): number[][] | null {
  const lower = factor(matrix)
  return lower === null
    ? null
    : matrix.map((_, i) =>
        solveWith(
          lower,
          matrix.map((_row, j) => (i === j ? 1 : 0)),
        ),
      )
}

/** g' matrix g. */
export function quadraticForm(matrix: Matrix, g: readonly number[]): number {
  return matrix.reduce((sum, row, i) => sum + g[i]! * row.reduce((inner, value, j) => inner + value * g[j]!, 0), 0)
}
