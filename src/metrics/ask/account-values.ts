import { formatMicros, parseMicros } from '../../kernel/money.ts'
import { addDays, addMonths } from '../../kernel/period.ts'
import type { Day, Period } from '../../kernel/period.ts'
import { isSteps } from '../../kernel/steps.ts'
import { sql } from '../../kernel/sql.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import type { Book } from '../kit/book.ts'
import { rated } from '../kit/made.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { MetricDefinition, PlacedMeasure } from '../kit/metric.ts'
import type { Outcome } from '../kit/outcome.ts'
import { countReached } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'
import { outcomeOf } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { GrowingColumn, reasonAt, valueAt } from './account-column.ts'
import type { AccountColumn, AccountValues } from './account-column.ts'
import { Measurements } from './measurements.ts'
import { clipped, measurePeriods, settleQuestion } from './settle-question.ts'
import type { SettledQuestion } from './settle-question.ts'
import { scopeFor } from './scope.ts'
import { hasGaps, tallyOf, textOf } from './sums.ts'
import type { SumRow } from './sums.ts'
import { takeSteps } from './take-steps.ts'
import { valueColumns, valueQueries, valueSql } from './value-query.ts'
import type { Placed, ValueQuery, WantedValue } from './value-query.ts'
import { reasonsOf } from './value-sql.ts'

/** A metric as somebody wants it of every account. */
export interface WantedColumn {
  readonly metric: string
  /** Default: the twelve months that end with the day. */
  readonly period?: Period
  readonly options?: Readonly<Record<string, string>>
}

/** What an account did lately, and how it stands: long enough that seasons do not show, and every kind of metric has one. */
export const usualPeriodOf = (day: Day): Period => ({ from: addMonths(addDays(day, 1), -12), until: addDays(day, 1) })

/** The number of each account, given in the order in which they come. */
class AccountPlaces {
  readonly accounts: string[] = []
  readonly #known = new Map<string, number>()

  placeOf(account: string): number {
    const known = this.#known.get(account)
    if (known !== undefined) return known
    this.#known.set(account, this.accounts.length)
    return this.accounts.push(account) - 1
  }
}

/** A metric whose rows are read: where it stands, and what it needs beside them. */
interface Leaf {
  readonly metric: MetricDefinition
  readonly asked: SettledQuestion
  readonly period: Period
  readonly begun: boolean
  readonly growing: GrowingColumn
  /** What is held against the whole company, the same for every account. */
  readonly whole: Pick<Parts, 'exact' | 'number' | 'tallies'>
}

/**
 * The values of metrics on a day, for all accounts, as columns. Totals and ratios are computed by the store, those that share
 * rows in one scan; of others the sums are streamed and each account is computed as it comes. What is held is the columns:
 * nine bytes for each account and metric. Throws `dimension_not_supported` where a metric is not known by account.
 */
export async function readAccountValues(book: Book, wanted: readonly WantedColumn[], day: Day): Promise<AccountValues> {
  const places = new AccountPlaces()
  const named = await book.store.read<{ account_id: string }>(
    sql`SELECT account_id FROM (${book.ledger(accountLedger)}) WHERE counted_as = account_id AND is_internal = 0 ORDER BY account_id`,
  )
  for (const { account_id } of named) places.placeOf(account_id)
  const leaves: Leaf[] = []
  const columns: { metric: MetricDefinition; period: Period; of: Leaf[] }[] = []
  for (const one of wanted) {
    const metric = book.catalogue.byId(one.metric)
    const period = one.period ?? usualPeriodOf(day)
    const of = await Promise.all((metric.composed?.of ?? [one.metric]).map((id) => leafOf(book, book.catalogue.byId(id), { ...one, metric: id, period }, day)))
    leaves.push(...of)
    columns.push({ metric, period, of })
  }
  const begun = leaves.filter((leaf) => leaf.begun)
  const asked = begun.map(({ metric, asked: { scope }, period }): WantedValue => ({ metric, scope, periods: [period] }))
  const queries = valueQueries(asked, book)
  const worker = async (): Promise<void> => {
    for (let query = queries.shift(); query !== undefined; query = queries.shift()) await readInto(book, query, begun, places)
  }
  await Promise.all([worker(), worker()])
  const size = places.accounts.length
  const done = columns.map(({ metric, period, of }) => {
    const found = of.map((leaf) => leaf.growing.done(leaf.metric, period, size))
    const [only] = found
    return metric.composed === null && only !== undefined ? only : composedColumn(metric, period, found, size)
  })
  return { accounts: places.accounts, columns: done }
}

async function leafOf(book: Book, metric: MetricDefinition, { period, options }: WantedColumn & { readonly period: Period }, day: Day): Promise<Leaf> {
  const asked = settleQuestion(book, [metric], { ...period, by: ['account'], as_of: day, options })
  const known = clipped(asked, period)
  if (known === null) {
    const growing = new GrowingColumn({ value: null, null_reason: 'not_begun' })
    return { metric, asked, period, begun: false, growing, whole: { exact: {}, number: {}, tallies: {} } }
  }
  const whole = await readWhole(book, metric, asked, known)
  const nothing = await outcomeOfRow(book, { metric, asked, period: known, whole }, new Map(), {})
  return { metric, asked, period: known, begun: true, growing: new GrowingColumn(nothing), whole }
}

/** The sums of a metric that accounts do not divide. */
async function readWhole(book: Book, metric: MetricDefinition, { scope }: SettledQuestion, period: Period): Promise<Leaf['whole']> {
  const needed = new Set<PlacedMeasure>(measuresOfValue(metric))
  const undivided = Object.entries(metric.measures).filter(([, measure]) => needed.has(measure) && scopeFor(scope, measure).by.length === 0)
  const queries = new Measurements(scope)
  const sums = undivided.map(([name, measure]) => ({ name, measure, periods: measurePeriods(measure, period, book.settings) }))
  for (const { measure, periods } of sums) queries.want(measure, periods)
  await queries.run()
  const tallies = Object.fromEntries(sums.map(({ name, measure, periods }) => [name, queries.tally(measure, periods)]))
  const number = Object.fromEntries(Object.entries(tallies).map(([name, tally]) => [name, countReached(tally)]))
  return { tallies, number, exact: Object.fromEntries(Object.entries(number).map(([name, count]) => [name, String(count)])) }
}

/** The outcome of the sums in a row; of what no row tells it is that of nothing. */
async function outcomeOfRow(
  book: Book,
  { metric, asked, period, whole }: Pick<Leaf, 'metric' | 'asked' | 'period' | 'whole'>,
  columns: Placed['columns'],
  row: SumRow,
): Promise<Outcome> {
  const exact: Record<string, string> = { ...whole.exact }
  const number: Record<string, number> = { ...whole.number }
  const tallies: Record<string, Tally> = { ...whole.tallies }
  const gaps = new Set<string>()
  for (const [name, column] of columns) {
    const tally = column.measure.kind === 'tally' ? tallyOf(row, column.id) : null
    if (tally !== null) tallies[name] = tally
    exact[name] = tally === null ? formatMicros(parseMicros(textOf(row, column.id)) ?? 0n) : String(countReached(tally))
    number[name] = Number(exact[name])
    if (hasGaps(column) && textOf(row, `${column.id}_gaps`) !== '0') gaps.add(name)
  }
  const { settings, coverage } = book
  const options = asked.scope.settle(metric.options)
  const made = outcomeOf(metric.value, { exact, number, tallies, settings, options, period, coveredSince: coverage.since, interval: false })
  return rated(metric, isSteps(made) ? await takeSteps(made, book.signal) : made, gaps)
}

/** Reads the values of a query into the columns of their metrics, as they arrive. */
async function readInto(book: Book, query: ValueQuery, leaves: readonly Leaf[], places: AccountPlaces): Promise<void> {
  const values = query.values.flatMap((value) => {
    const leaf = leaves[value.place]
    return leaf === undefined ? [] : [{ value, leaf, reasons: value.form.kind === 'computed' ? [] : reasonsOf(value.form) }]
  })
  for await (const chunk of book.store.readChunks<SumRow>(valueSql(query, valueColumns(book))))
    for (const row of chunk) {
      const place = places.placeOf(textOf(row, 'g0'))
      for (const { value, leaf, reasons } of values) {
        const told = value.form.kind === 'computed' ? await outcomeOfRow(book, leaf, value.columns, row) : toldBy(row, value.place, reasons)
        leaf.growing.set(place, told)
      }
    }
}

function toldBy(row: SumRow, place: number, reasons: readonly NullReason[]): Pick<Outcome, 'value' | 'null_reason'> {
  const reason = reasons[Number(row[`r${place}`]) - 1]
  return reason === undefined ? { value: Number(row[`v${place}`]) } : { value: null, null_reason: reason }
}

/** A metric that is made of others, account by account. */
function composedColumn(metric: MetricDefinition, period: Period, of: readonly AccountColumn[], size: number): AccountColumn {
  const growing = new GrowingColumn({ value: null, null_reason: 'no_data' })
  const byId = new Map(of.map((column) => [column.metric.id, column]))
  for (let place = 0; place < size; place++) {
    const made = metric.composed?.compose((id) => {
      const column = byId.get(id)
      if (column === undefined) return { name: id, unit: 'count', value: null, exact: null, null_reason: 'no_data' }
      return { name: column.metric.name, unit: column.metric.unit, value: valueAt(column, place), exact: null, null_reason: reasonAt(column, place) }
    })
    if (made !== undefined) growing.set(place, made.outcome)
  }
  return growing.done(metric, period, size)
}
