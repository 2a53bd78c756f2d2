import type { BootstrapOptions } from './bootstrap.ts'
import { BOOTSTRAP_LEAST, percentiles } from './bootstrap.ts'
import type { Interval } from './interval.ts'
import type { Random } from './random.ts'

/** One ratio of sums: account i adds numerators[i] above and denominators[i] below. */
export interface RatioRows {
  readonly numerators: Float64Array
  readonly denominators: Float64Array
}

export { BOOTSTRAP_LEAST }

/** The columns with their rows in ascending order, so that a result does not hang on the order in which accounts arrive. */
function inOrder(columns: readonly Float64Array[]): Float64Array[] {
  const n = columns[0]?.length ?? 0
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  order.sort((i, j) => {
    for (const column of columns) {
      const gap = (column[i] as number) - (column[j] as number)
      if (gap !== 0) return gap
    }
    return 0
  })
  return columns.map((column) => Float64Array.from(order, (i) => column[i] as number))
}

const regular = (rows: RatioRows, least: number): boolean => rows.numerators.length === rows.denominators.length && rows.numerators.length >= Math.max(least, 2)

/** sum(numerators) / sum(denominators) of one resample of the rows; NaN when the denominators add to 0. */
function resampled({ numerators, denominators }: RatioRows, picks: Uint32Array, random: Random): number {
  random.fillBelow(numerators.length, picks)
  let above = 0
  let below = 0
  for (let i = 0; i < picks.length; i++) {
    const pick = picks[i] as number
    above += numerators[pick] as number
    below += denominators[pick] as number
  }
  return below === 0 ? Number.NaN : above / below
}

const ordered = (rows: RatioRows): RatioRows => {
  const [numerators, denominators] = inOrder([rows.numerators, rows.denominators]) as [Float64Array, Float64Array]
  return { numerators, denominators }
}

/**
 * Percentile interval of sum(numerators) / sum(denominators), accounts resampled whole. B. Efron and R. J. Tibshirani, An
 * Introduction to the Bootstrap (1993), chapter 13. The seed and the set of rows decide it, not their order.
 * Null below `least` accounts (20), or when resamples leave the denominator 0.
 */
export function bootstrapRatio(numerators: Float64Array, denominators: Float64Array, options: BootstrapOptions): Interval | null {
  if (!regular({ numerators, denominators }, options.least ?? BOOTSTRAP_LEAST)) return null
  const rows = ordered({ numerators, denominators })
  const picks = new Uint32Array(numerators.length)
  return percentiles((random) => resampled(rows, picks, random), options)
}

/** Percentile interval of first - second, two ratios over different accounts (two segments), each resampled by itself. */
export function bootstrapRatioDifference(first: RatioRows, second: RatioRows, options: BootstrapOptions): Interval | null {
  const least = options.least ?? BOOTSTRAP_LEAST
  if (!regular(first, least) || !regular(second, least)) return null
  const [one, two] = [ordered(first), ordered(second)]
  const [onePicks, twoPicks] = [new Uint32Array(one.numerators.length), new Uint32Array(two.numerators.length)]
  return percentiles((random) => resampled(one, onePicks, random) - resampled(two, twoPicks, random), options)
}

/**
 * Percentile interval of after - before, one ratio in two periods: row i is the same account in both (0 and 0 where it is
 * absent), and both periods of an account are drawn together.
 */
export function bootstrapRatioChange(before: RatioRows, after: RatioRows, options: BootstrapOptions): Interval | null {
  const least = options.least ?? BOOTSTRAP_LEAST
  if (!regular(before, least) || !regular(after, least) || before.numerators.length !== after.numerators.length) return null
  const columns = inOrder([before.numerators, before.denominators, after.numerators, after.denominators])
  const [x1, y1, x2, y2] = columns as [Float64Array, Float64Array, Float64Array, Float64Array]
  const picks = new Uint32Array(x1.length)
  return percentiles((random) => {
    random.fillBelow(x1.length, picks)
    let [above1, below1, above2, below2] = [0, 0, 0, 0]
    for (let i = 0; i < picks.length; i++) {
      const pick = picks[i] as number
      above1 += x1[pick] as number
      below1 += y1[pick] as number
      above2 += x2[pick] as number
      below2 += y2[pick] as number
    }
    return above2 / below2 - above1 / below1
  }, options)
}
