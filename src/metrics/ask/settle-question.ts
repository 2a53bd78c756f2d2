import { refuse } from '../../kernel/errors.ts'
import { addDays, checkPeriod, cut, isDay, previous, yearBefore } from '../../kernel/period.ts'
import type { Day, Period } from '../../kernel/period.ts'
import { SETTINGS, checkSetting } from '../../kernel/settings.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { Book } from '../kit/book.ts'
import type { Measure, MetricDefinition } from '../kit/metric.ts'
import { settled } from '../kit/option.ts'
import type { Question } from '../kit/question.ts'
import { checkDimension, parseFilters } from './dimensions.ts'
import type { Scope } from './scope.ts'

/** A question with everything settled: the periods of its series, filters, options, the last day that counts. */
export interface SettledQuestion {
  readonly book: Book
  readonly periods: readonly Period[]
  readonly compared: readonly Period[] | null
  readonly asOf: Day
  readonly scope: Scope
  readonly interval: boolean
}

const dayAfter = (asOf: Day): Day => {
  if (!isDay(asOf)) throw refuse('bad_day', `"${asOf}" is not a day.`, 'Write days as YYYY-MM-DD, for example 2024-06-30.')
  return addDays(asOf, 1)
}

function checkOptions(metrics: readonly MetricDefinition[], given: Readonly<Record<string, string>>): void {
  const known = new Map(metrics.flatMap((metric) => Object.entries(metric.options)))
  for (const [name, value] of Object.entries(given)) {
    const option = known.get(name)
    if (option === undefined)
      throw refuse(
        'unknown_option',
        `There is no option "${name}" here.`,
        known.size > 0 ? `Options are: ${[...known.keys()].join(', ')}.` : 'Ask without options.',
      )
    const choices = option.choices ?? []
    if (choices.length > 0 && !choices.includes(value))
      throw refuse('bad_option', `"${value}" does not fit the option ${name}.`, `Choose one of ${choices.join(', ')}.`)
    if (option.setting !== undefined && SETTINGS[option.setting].kind === 'weights') checkSetting(option.setting, value)
    if (/^\d+$/.test(option.fallback) && !/^\d{1,4}$/.test(value))
      throw refuse('bad_option', `"${value}" does not fit the option ${name}.`, 'Give a whole number up to 9999.')
  }
}

/** Settles a question: cuts the period, reads filters, and refuses what the metrics cannot answer. */
export function settleQuestion(book: Book, metrics: readonly MetricDefinition[], question: Question): SettledQuestion {
  const by = question.by ?? []
  if (by.length > 2) throw refuse('too_many_dimensions', 'At most two dimensions can be broken down by at once.', 'Use one of them as a filter instead.')
  const filters = parseFilters(question.where ?? [])
  for (const metric of metrics) for (const dimension of [...by, ...filters.map((filter) => filter.dimension)]) checkDimension(metric, dimension)
  const given = question.options ?? {}
  checkOptions(metrics, given)
  const whole = checkPeriod({ from: question.from, until: question.until })
  const periods = question.grain === undefined ? [whole] : cut(whole, question.grain)
  const asOf = question.as_of === undefined ? book.knownUntil : dayAfter(question.as_of)
  const back = question.compare === 'year' ? yearBefore : previous
  return {
    book,
    periods,
    compared: question.compare === undefined ? null : periods.map(back),
    asOf,
    interval: question.interval === true,
    scope: {
      store: book.store,
      by,
      filters,
      settle: (options) => settled(options, book.settings, given),
      frame: {
        settings: book.settings,
        named: new Set(Object.keys(given)),
        asOf,
        firstBill: book.coverage.firstBill ?? '2299-12-31',
        lastMonth: book.coverage.lastMonth,
        ledger: (ledger) => book.ledger(ledger),
        everyShard: (rows) => book.store.shardLocal(rows),
      },
    },
  }
}

/** The part of a period that has happened; null when it has not begun. */
export const clipped = ({ asOf }: SettledQuestion, period: Period): Period | null =>
  period.from >= asOf ? null : period.until <= asOf ? period : { from: period.from, until: asOf }

/** The periods a measure is summed over for the period asked. */
export const measurePeriods = (measure: Measure, period: Period, settings: Settings): readonly Period[] => measure.over?.(period, settings) ?? [period]
