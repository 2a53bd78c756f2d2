import { type Period, previous, yearBefore } from '../kernel/period.ts'

export type Compare = 'previous' | 'year' | 'none'

/**
 * What is asked of a metric: of which time, set against which, of which accounts, by which clocks. A page has one, which its
 * address holds; a widget is given one and knows nothing of where it came from.
 */
export interface Question {
  readonly period: Period
  readonly compare: Compare
  /** Each DIMENSION=VALUE. */
  readonly where: readonly string[]
  /** Only what had happened by that day. */
  readonly as_of: string | undefined
  /** Only what had been recorded by then. */
  readonly reported_on: string | undefined
}

/** A question as the API takes it. */
export const askOf = (question: Question) => ({
  from: question.period.from,
  until: question.period.until,
  where: [...question.where],
  ...(question.as_of === undefined ? {} : { as_of: question.as_of }),
  ...(question.reported_on === undefined ? {} : { reported_on: question.reported_on }),
  ...(question.compare === 'none' ? {} : { compare: question.compare }),
})

export const comparedWith = ({ compare, period }: Question): Period | null =>
  compare === 'none' ? null : compare === 'year' ? yearBefore(period) : previous(period)

/** The day on which the facts begin, when the period lies wholly before it: nothing is known of it then. */
export const beforeFacts = (period: Period, firstDay: string | null): string | null => (firstDay !== null && period.until <= firstDay ? firstDay : null)

export const splitFilter = (filter: string): [dimension: string, value: string] => [filter.slice(0, filter.indexOf('=')), filter.slice(filter.indexOf('=') + 1)]

/** Filters narrowed to one mark: a dimension of the mark replaces the same one of the filters. */
export const narrow = (where: readonly string[], dims: Record<string, string>): string[] => [
  ...where.filter((filter) => !Object.hasOwn(dims, splitFilter(filter)[0])),
  ...Object.entries(dims).map(([dimension, value]) => `${dimension}=${value}`),
]

/** A number that is to be explained: what is another than in the question of the page. */
export interface Target {
  readonly metric: string
  readonly period?: Period
  readonly dims?: Record<string, string>
  /** Options of the metric, each NAME=VALUE. */
  readonly options?: readonly string[]
}
