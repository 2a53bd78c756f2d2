import type { Grain, Period } from '../../kernel/period.ts'
import type { MetricEntry, Result } from '../../contract/question.ts'
import { useCatalog, useOverview } from '../api.ts'
import { useAnswer } from '../book-query.ts'
import { askOf, type Question, splitFilter } from '../question.ts'
import { type SeriesGrain, seriesSpan } from './series-span.ts'

/** A metric that cannot be cut by a filter that is in force is left out of the question; the widget says so in its place. */
export const fitsFilters = (entry: MetricEntry | undefined, { where }: Question): boolean =>
  entry !== undefined && where.every((filter) => entry.dimensions.includes(splitFilter(filter)[0]))

interface More extends Partial<Period> {
  readonly grain?: Grain
  readonly by?: string[]
  readonly compare?: 'previous' | 'year' | undefined
  readonly option?: string[]
  readonly interval?: boolean
}

/** Asks metrics, those that can answer; by id and period. */
export function useWidgetAnswer(question: Question, metrics: readonly string[], { interval = false, by = [], ...more }: More) {
  const catalog = useCatalog().data
  // Without filters and breakdown there is nothing that the catalog could forbid: the question need not wait for it.
  const free = question.where.length === 0 && by.length === 0
  const fits = (id: string): boolean =>
    fitsFilters(catalog?.get(id), question) && by.every((dimension) => catalog?.get(id)?.dimensions.includes(dimension) === true)
  const ids = free ? metrics : metrics.filter(fits)
  const asked = { option: [], ...askOf(question), ...more, by, metric: [...ids] }
  const plain = useAnswer(asked, (free || catalog !== undefined) && ids.length > 0)
  // Intervals are drawn from thousands of samples: the values do not wait for them.
  const drawn = useAnswer({ ...asked, interval: 'true' }, interval && plain.data !== undefined && !plain.isPlaceholderData)
  const query = drawn.data === undefined || drawn.isPlaceholderData ? plain : drawn
  const of = (id: string): Result[] => query.data?.results.filter((result) => result.metric === id) ?? []
  return { query, ids, of, catalog, where: question.where }
}

/** The time a series runs over in this workspace, whose facts begin when they do. */
export const useSeriesSpan = (period: Period, grain: SeriesGrain): Period => seriesSpan(period, grain, useOverview().data?.first_day ?? null)
