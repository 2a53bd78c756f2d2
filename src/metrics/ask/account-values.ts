import { readPieces as readRowsInPieces } from '../../facts/read-pieces.ts'
import type { Piece as PieceOf } from '../../facts/read-pieces.ts'
import { formatMicros, parseMicros } from '../../kernel/money.ts'
import { addDays, addMonths } from '../../kernel/period.ts'
import type { Day, Period } from '../../kernel/period.ts'
import { isSteps } from '../../kernel/steps.ts'
import { identifier, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import type { Book } from '../kit/book.ts'
import { rated } from '../kit/made.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { MetricDefinition, PlacedMeasure } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import { countReached } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'
import { reckon } from '../kit/value.ts'
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
  readonly accounts: string[]
  readonly #known: Map<string, number>

  constructor(first: readonly string[]) {
    this.accounts = [...first]
    this.#known = new Map(first.map((account, place) => [account, place]))
  }

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
 * nine bytes for each account and metric. Accounts given as `first` have the first places, in their order, whether or not a
 * row tells of them. Throws `dimension_not_supported` where a metric is not known by account.
 */
export async function readAccountValues(book: Book, wanted: readonly WantedColumn[], day: Day, first: readonly string[] = []): Promise<AccountValues> {
  const places = new AccountPlaces(first)
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
  const reads = [() => readAccounts(book, places), ...valueQueries(asked, book).map((query) => () => readInto(book, query, begun, places))]
  const worker = async (): Promise<void> => {
    for (let read = reads.shift(); read !== undefined; read = reads.shift()) await read()
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
  const nothing = await reckonRow(book, { metric, asked, period: known, whole }, new Map(), {})
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

/** The reckoning of the sums in a row; of what no row tells it is that of nothing. */
async function reckonRow(
  book: Book,
  { metric, asked, period, whole }: Pick<Leaf, 'metric' | 'asked' | 'period' | 'whole'>,
  columns: Placed['columns'],
  row: SumRow,
): Promise<Reckoning> {
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
  const made = reckon(metric.value, { exact, number, tallies, settings, options, period, coveredSince: coverage.since, interval: false })
  return rated(metric, isSteps(made) ? await takeSteps(made, book.signal) : made, gaps)
}

/** Every account that is counted, whether or not a row tells of it. */
async function readAccounts(book: Book, places: AccountPlaces): Promise<void> {
  const counted = sql`SELECT account_id AS g0 FROM (${book.ledger(accountLedger)}) WHERE counted_as = account_id AND is_internal = 0`
  for await (const { g0 = [] } of readPieces(book, counted, [])) for (const account of g0) places.placeOf(String(account))
}

/** Reads the values of a query into the columns of their metrics, as they arrive. */
async function readInto(book: Book, query: ValueQuery, leaves: readonly Leaf[], places: AccountPlaces): Promise<void> {
  const values = query.values.flatMap((value) => {
    const leaf = leaves[value.place]
    return leaf === undefined ? [] : [{ value, leaf }]
  })
  for await (const piece of readPieces(book, valueSql(query, valueColumns(book)), query.values)) {
    const at = (piece['g0'] ?? []).map((account) => places.placeOf(String(account)))
    for (const { value, leaf } of values) {
      if (value.form.kind !== 'computed') leaf.growing.setAll(at, piece[`v${value.place}`] ?? [], piece[`r${value.place}`] ?? [], reasonsOf(value.form))
      else for (const [i, place] of at.entries()) leaf.growing.set(place, await reckonRow(book, leaf, value.columns, rowOf(piece, sumsOf(value), i)))
    }
  }
}

const sumsOf = ({ columns }: Placed): string[] => [...columns.values()].flatMap((column) => [column.id, ...(hasGaps(column) ? [`${column.id}_gaps`] : [])])

const rowOf = (piece: Piece, names: readonly string[], i: number): SumRow => Object.fromEntries(names.map((name) => [name, piece[name]?.[i] ?? null]))

type Piece = PieceOf<SumRow[string]>

function readPieces(book: Book, rows: Sql, values: readonly Placed[]): AsyncIterable<Piece> {
  const named = values.flatMap((value) => (value.form.kind === 'computed' ? sumsOf(value) : [`r${value.place}`, `v${value.place}`]))
  // Of a value that is missing its reason tells.
  const cell = (name: string): Sql => (name.startsWith('v') ? sql`ifNull(t.${identifier(name)}, 0)` : sql`t.${identifier(name)}`)
  return readRowsInPieces(book.store, rows, Object.fromEntries(['g0', ...named].map((name) => [name, cell(name)])))
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
    if (made !== undefined) growing.set(place, made.reckoning)
  }
  return growing.done(metric, period, size)
}
