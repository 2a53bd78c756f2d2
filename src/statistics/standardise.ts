/** How a column of features was brought to mean 0 and standard deviation 1, so that later rows are treated alike. */
export interface Scale {
  readonly mean: number
  readonly sd: number
  /** Skewed counts are taken as ln(1 + x) first. */
  readonly log: boolean
}

const raw = (value: number, log: boolean): number => (log ? Math.log1p(Math.max(0, value)) : value)

/** The scales of the columns; `logged` names the columns of skewed counts. A constant column gets sd 1, and becomes 0. */
export function scalesOf(rows: readonly (readonly number[])[], logged: ReadonlySet<number> = new Set()): Scale[] {
  return (rows[0] ?? []).map((_, j) => {
    const values = rows.map((row) => raw(row[j]!, logged.has(j)))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    return { mean, sd: sd > 1e-12 * Math.abs(mean) ? sd : 1, log: logged.has(j) }
  })
}

export const standardise = (row: readonly number[], scales: readonly Scale[]): number[] =>
  row.map((value, j) => (raw(value, scales[j]!.log) - scales[j]!.mean) / scales[j]!.sd)
