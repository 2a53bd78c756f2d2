import { addMonths, daysBetween, type Grain, type Period, startOf, wholeMonths } from '../../../kernel/period.ts'
import { useAnswer, useCatalog } from '../../api.ts'
import type { MetricEntry, Result } from '../../../contract/question.ts'
import { useScreen } from '../../screen.ts'
import { askOf, type Screen, splitFilter } from '../../search.ts'

export const LEADING = ['mrr', 'arr', 'net_new_mrr', 'arpa', 'nrr', 'grr', 'customer_retention_rate', 'logo_churn_rate'] as const
export const BRIDGE = ['mrr', 'new_mrr', 'expansion_mrr', 'reactivation_mrr', 'contraction_mrr', 'churned_mrr', 'fx_mrr', 'net_new_mrr'] as const
export const RETENTION = ['nrr', 'grr', 'customer_retention_rate'] as const

/** A metric that cannot be cut by a filter that is in force is left out of the question; the board says so in its place. */
export const fitsFilters = (entry: MetricEntry | undefined, screen: Screen): boolean =>
  entry !== undefined && screen.where.every((filter) => entry.dimensions.includes(splitFilter(filter)[0]))

/** Pieces that give a readable series: about a year of months, more of what is longer. */
export function usualGrain(period: Period): Grain {
  const days = daysBetween(period.from, period.until)
  return days > 366 * 3 + 1 ? 'quarter' : 'month'
}

/** A series shows at least a year, so that a month stands among its neighbours; never before the facts begin. */
export function seriesPeriod(period: Period, grain: Grain, firstDay: string | null): Period {
  const least = { day: 1, week: 3, month: 12, quarter: 24, year: 60 }[grain]
  const months = wholeMonths(period)
  const start = startOf(grain, addMonths(period.until, -least))
  let from = months !== null && months >= least ? period.from : start < period.from ? start : period.from
  const first = firstDay === null ? from : startOf(grain, firstDay)
  if (from < first) from = first < period.until ? first : period.from
  return { from, until: period.until }
}

/** Asks metrics of the screen, those that can answer; by id and period. */
export function useScreenAnswer(
  metrics: readonly string[],
  extra: Partial<Period> & { grain?: Grain; by?: string[]; compare?: 'previous' | 'year' | undefined; interval?: boolean },
) {
  const screen = useScreen()
  const catalog = useCatalog().data
  // Without filters and breakdown there is nothing that the catalog could forbid: the question need not wait for it.
  const free = screen.where.length === 0 && (extra.by ?? []).length === 0
  const fits = (id: string): boolean =>
    fitsFilters(catalog?.get(id), screen) && (extra.by ?? []).every((dimension) => catalog?.get(id)?.dimensions.includes(dimension) === true)
  const ids = free ? metrics : metrics.filter(fits)
  const { interval = false, ...rest } = extra
  const question = { by: [], option: [], ...askOf(screen), ...rest, metric: [...ids] }
  const plain = useAnswer(question, (free || catalog !== undefined) && ids.length > 0)
  // Intervals are drawn from thousands of samples: the values do not wait for them.
  const drawn = useAnswer({ ...question, interval: 'true' }, interval && plain.data !== undefined && !plain.isPlaceholderData)
  const query = drawn.data === undefined || drawn.isPlaceholderData ? plain : drawn
  const of = (id: string): Result[] => query.data?.results.filter((result) => result.metric === id) ?? []
  return { query, ids, of, catalog, screen }
}

export { useMoney } from '../../money.ts'
