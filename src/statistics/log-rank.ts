import { quadraticForm, invertMatrix } from './cholesky.ts'
import { gammaUpper } from './incomplete-gamma.ts'
import type { Observation } from './kaplan-meier.ts'

export interface LogRank {
  readonly chi_square: number
  readonly freedom: number
  /** The chance of curves at least as far apart if the groups were alike. */
  readonly p: number
  readonly groups: readonly { readonly n: number; readonly observed: number; readonly expected: number }[]
}

/** Observed, expected and the covariance of their difference, added up over the times at which something was reached. */
function tally(groups: readonly (readonly Observation[])[]) {
  const size = groups.length
  const all = groups.flatMap((group, index) => group.map(({ time, reached }) => ({ time, reached, index })))
  all.sort((a, b) => a.time - b.time)
  const atRisk = groups.map((group) => group.length)
  const expected = groups.map(() => 0)
  const covariance = groups.map(() => groups.map(() => 0))
  for (let i = 0; i < all.length;) {
    const time = all[i]!.time
    const leaving = groups.map(() => 0)
    const n = all.length - i
    let reached = 0
    for (; i < all.length && all[i]!.time === time; i++) {
      leaving[all[i]!.index]! += 1
      reached += all[i]!.reached ? 1 : 0
    }
    const spread = n > 1 ? (reached * (n - reached)) / (n - 1) : 0
    for (let g = 0; g < size; g++) {
      const share = atRisk[g]! / n
      expected[g]! += reached * share
      for (let h = 0; h < size; h++) covariance[g]![h]! += spread * share * ((g === h ? 1 : 0) - atRisk[h]! / n)
    }
    for (let g = 0; g < size; g++) atRisk[g]! -= leaving[g]!
  }
  return { expected, covariance }
}

/**
 * Are the times to reach alike in all groups? N. Mantel, Cancer Chemotherapy Reports 50 (1966); R. Peto and J. Peto, JRSS A
 * 135 (1972). Empty groups are left out of the test. Null for fewer than two groups or when nothing was reached.
 */
export function logRank(groups: readonly (readonly Observation[])[]): LogRank | null {
  const present = groups.filter((group) => group.length > 0)
  if (present.length < 2) return null
  const { expected, covariance } = tally(present)
  const observed = present.map((group) => group.filter(({ reached }) => reached).length)
  const freedom = present.length - 1
  const inverse = invertMatrix(covariance.slice(0, freedom).map((row) => row.slice(0, freedom)))
  if (inverse === null) return null
  const chi_square = quadraticForm(
    inverse,
    observed.slice(0, freedom).map((count, g) => count - expected[g]!),
  )
  const rows = present.map((group, g) => ({ n: group.length, observed: observed[g]!, expected: expected[g]! }))
  return { chi_square, freedom, p: gammaUpper(freedom / 2, chi_square / 2), groups: rows }
}
