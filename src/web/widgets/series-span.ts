import { addMonths, type Grain, type Period, startOf, wholeMonths } from '../../kernel/period.ts'

const SERIES_GRAINS = ['month', 'quarter', 'year'] as const
export type SeriesGrain = (typeof SERIES_GRAINS)[number]
export const isSeriesGrain = (text: string): text is SeriesGrain => SERIES_GRAINS.some((grain) => grain === text)

/** So many months are looked back on at least, for a line to show where a value comes from. */
const LEAST: Readonly<Record<SeriesGrain, number>> = { month: 12, quarter: 24, year: 60 }

/**
 * The time a series runs over: whole pieces of the grain that end where the period ends, at least a year of months, two
 * years of quarters or five years, but not before the first fact.
 */
export function seriesSpan(period: Period, grain: SeriesGrain, firstDay: string | null): Period {
  const back = startOf(grain, addMonths(period.until, -LEAST[grain]))
  const asked = startOf(grain, period.from)
  const from = asked < back ? asked : back
  const first = firstDay === null ? from : startOf(grain, firstDay)
  return { from: first > from && first < period.until ? first : from, until: period.until }
}

/** Months, unless the period is long enough for its quarters to say more. */
export const usualGrain = (period: Period): SeriesGrain & Grain => ((wholeMonths(period) ?? 0) > 36 ? 'quarter' : 'month')
