import { refuse } from '../../kernel/errors.ts'
import type { Grain } from '../../kernel/period.ts'
import { reachedBy } from '../../statistics/kaplan-meier.ts'
import { answer } from '../ask/answer.ts'
import { readCohorts } from './cohort-grid.ts'
import type { Cohort, CohortCell } from './cohort-grid.ts'
import { Measurements } from '../ask/measurements.ts'
import type { MetricDefinition, PlacedMeasure } from '../kit/metric.ts'
import { clipped, measurePeriods, settleQuestion } from '../ask/settle-question.ts'
import type { Book } from '../kit/book.ts'
import type { Question } from '../kit/question.ts'
import { countReached, observations } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'

export type CohortQuestion = Question & { readonly grain: Grain }

export interface MetricCohorts {
  readonly unit: 'months' | 'days'
  readonly cohorts: readonly Cohort[]
}

/** Days after the beginning at which a cohort that is followed by the day is looked at. */
const AGES = [7, 14, 30, 60, 90, 180, 365]
/** Nobody has had so long yet. */
const later = (age: number): CohortCell => ({ age, kept: null, share: null, null_reason: 'not_matured' })

/**
 * Every cohort of a period, by age: who is still there (months), who has got there by then (days, Kaplan-Meier where some
 * still wait), or the metric itself with that horizon. A cell too young to tell is null, `not_matured`. Throws `no_cohorts`.
 */
export async function readMetricCohorts(book: Book, metricId: string, question: CohortQuestion): Promise<MetricCohorts> {
  const metric = book.catalogue.byId(metricId)
  const { cohorts } = metric
  if (cohorts === null)
    throw refuse('no_cohorts', `${metric.name} follows no cohorts by their age.`, 'Ask for it as a series: each period is a cohort of its own.')
  if (cohorts.by === 'months') return { unit: 'months', cohorts: await readCohorts(book, metric.id, question, 'customers') }
  return {
    unit: 'days',
    cohorts: cohorts.by === 'times' ? await byTime(book, metric, cohorts.measure, question) : await byHorizon(book, metric, cohorts.option, question),
  }
}

/** How many of a cohort had got there by an age. */
const reachedCount = ({ values, reached }: Tally, age: number): number => values.reduce((sum, value, i) => sum + (value <= age ? (reached[i] ?? 0) : 0), 0)

async function byTime(book: Book, metric: MetricDefinition, measure: string, question: CohortQuestion): Promise<Cohort[]> {
  const times = metric.measures[measure] as PlacedMeasure
  const asked = settleQuestion(book, [metric], { ...question, compare: undefined, by: [] })
  const queries = new Measurements(asked.scope)
  const periods = asked.periods.flatMap((period) => {
    const known = clipped(asked, period)
    return known === null ? [] : [{ period, over: measurePeriods(times, known, book.settings) }]
  })
  for (const { over } of periods) queries.want(times, over)
  await queries.run()
  return periods.map(({ period, over }) => {
    const tally = queries.tally(times, over)
    const all = observations(tally)
    const cells = AGES.map((age): CohortCell => {
      const share = reachedBy(all, age)
      return share === null ? later(age) : { age, kept: reachedCount(tally, age), share: share.value, null_reason: null }
    })
    return { period, base: countReached(tally) + all.filter(({ reached }) => !reached).length, cells }
  })
}

async function byHorizon(book: Book, metric: MetricDefinition, option: string, question: CohortQuestion): Promise<Cohort[]> {
  const ask = (age: number) => answer(book, [metric.id], { ...question, compare: undefined, by: [], options: { ...question.options, [option]: String(age) } })
  const columns = await Promise.all(AGES.map(async (age) => ({ age, results: await ask(age) })))
  return (columns[0]?.results ?? []).map(({ period }, i) => {
    const cells = columns.map(({ age, results }): CohortCell => {
      const { value = null, numerator = null, null_reason = 'not_matured' } = results[i] ?? {}
      return value === null ? { age, kept: null, share: null, null_reason } : { age, kept: numerator, share: value, null_reason: null }
    })
    const matured = columns.flatMap(({ results }) => (results[i]?.value === null || results[i] === undefined ? [] : [results[i]?.denominator ?? 0]))
    return { period, base: Math.max(0, ...matured), cells }
  })
}
