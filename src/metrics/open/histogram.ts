import { quantileSorted } from '../../statistics/quantile.ts'
import { Measurements } from '../ask/measurements.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import { clipped, measurePeriods } from '../ask/settle-question.ts'
import type { SettledQuestion } from '../ask/settle-question.ts'
import { reachedValues } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'

/** How many of the values lie from `from` up to but without `until`; null: no end. A bin of one value alone has both the same. */
export interface Bin {
  readonly from: number
  readonly until: number | null
  readonly reached: number
  /** Observed so far without having got there. */
  readonly open: number
}

/** Up to so many different values each has a bin of its own: ratings, days of four weeks. */
const OWN_BINS = 12
const BINS = 10

/** The smallest of 1, 2, 2.5, 5 and their tenfolds that is not below a width. */
function niceStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width))
  return power * ([1, 2, 2.5, 5, 10].find((step) => step * power >= width * (1 - 1e-9)) ?? 10)
}

/** The values of a tally in bins of one width; the last takes in the longest twentieth, however far it reaches. */
export function histogram({ values, reached, censored }: Tally): Bin[] {
  if (values.length === 0) return []
  if (values.length <= OWN_BINS) return values.map((value, i) => ({ from: value, until: value, reached: reached[i] ?? 0, open: censored[i] ?? 0 }))
  const low = values[0] ?? 0
  const most = quantileSorted(reachedValues({ values, reached: values.map((_, i) => (reached[i] ?? 0) + (censored[i] ?? 0)), censored: [] }), 0.95) ?? low
  const step = niceStep(Math.max((most - low) / BINS, Number.EPSILON * Math.max(1, Math.abs(low))))
  const first = Math.floor(low / step)
  const last = Math.max(first, Math.floor(most / step))
  const bins = Array.from({ length: last - first + 1 }, (_, i) => ({
    from: (first + i) * step,
    until: i === last - first ? null : (first + i + 1) * step,
    reached: 0,
    open: 0,
  }))
  values.forEach((value, i) => {
    const bin = bins[Math.min(Math.floor(value / step + 1e-9), last) - first]
    if (bin === undefined) return
    bin.reached += reached[i] ?? 0
    bin.open += censored[i] ?? 0
  })
  const end = values.at(-1) ?? 0
  return bins.map((bin) => (bin.until === null && end < bin.from + step ? { ...bin, until: bin.from + step } : bin))
}

/** How the values of which a metric says the middle or the mean are spread; null where it is made of sums. */
export async function readHistogram(asked: SettledQuestion, metric: MetricDefinition): Promise<{ label: string; bins: Bin[] } | null> {
  const measure = metric.rollUp === 'dist' ? Object.values(metric.measures).find(({ kind }) => kind === 'tally') : undefined
  const [wanted] = asked.periods
  const period = wanted === undefined ? null : clipped(asked, wanted)
  if (measure === undefined || period === null) return null
  const queries = new Measurements(asked.scope)
  const periods = measurePeriods(measure, period, asked.book.settings)
  queries.want(measure, periods)
  await queries.run()
  return { label: measure.label, bins: histogram(queries.tally(measure, periods)) }
}
