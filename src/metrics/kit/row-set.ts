import type { AnyOf } from '../../facts/fact.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { addDays } from '../../kernel/period.ts'
import type { Day, Period } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { bare } from '../../kernel/bare.ts'
import type { Moment } from './moment.ts'
import type { Options } from './option.ts'

export type ColumnKind = 'text' | 'money' | 'number' | 'day' | 'boolean'

/** What a row set's query may use. */
export interface Frame {
  /** The periods asked for; rows say by `period` (from 0) which one they belong to. They may overlap. */
  readonly periods: readonly Period[]
  readonly settings: Settings
  /** The value of each option that the row set declares. */
  readonly options: Readonly<Record<string, string>>
  /** Options that the question itself names: a setting that is finer than an option gives way to them. */
  readonly named: ReadonlySet<string>
  /** Day after the last one that counts: nothing that happened later is known. */
  readonly asOf: Day
  /** Local day of the first bill that the facts hold; far in the future when they hold none. */
  readonly firstBill: Day
  /** First day of the last month that is kept for every account; null when none is. */
  readonly lastMonth: Day | null
  /** Subscription-grain dimensions that must stay apart in the rows. */
  readonly fine: readonly FineDimension[]
  /** When the attributes of accounts are taken. */
  readonly moment: Moment
  /** Every dimension asked for: rows that stand for a thing of many values hold one for each value of these. */
  readonly dimensions: readonly string[]
  /** Values of fine dimensions that a row set which counts distinct things must keep by itself, before it counts. */
  readonly kept: readonly Kept[]
  ledger(ledger: LedgerDefinition): Sql
  /** The rows that a query finds on every shard, for what each row owes to the company as a whole. */
  everyShard(rows: Sql): Sql
}

export interface Kept {
  readonly dimension: FineDimension
  /** '' for none. */
  readonly values: readonly string[]
}

/** Dimensions below the account: of a subscription (C23), and of product use. */
export const SUBSCRIPTION_DIMENSIONS = ['product', 'plan', 'currency'] as const
export const USE_DIMENSIONS = ['feature', 'platform', 'user_role'] as const
export const FINE_DIMENSIONS = [...SUBSCRIPTION_DIMENSIONS, ...USE_DIMENSIONS] as const
export type FineDimension = (typeof FINE_DIMENSIONS)[number]

/**
 * One row per thing counted. From it come the total, any breakdown, an account's own number, the series and the
 * drill-down, which is these rows themselves. Metrics that count the same rows share one query.
 */
export interface RowSet {
  readonly id: string
  /** Grain and meaning. */
  readonly says: string
  /** `account`: rows carry an account_id and lie on its shard. `everywhere`: they do not. */
  readonly placement: 'account' | 'everywhere'
  /** Columns a person sees in the drill-down, in order. `needs`: kinds of facts without which a column says nothing. */
  readonly columns: Readonly<Record<string, { readonly name: string; readonly kind: ColumnKind; readonly needs?: readonly AnyOf[] }>>
  /** What a question may choose of the rows. */
  readonly options: Options
  /** Ledgers that it only looks into: there are rows without them. */
  readonly consults: readonly LedgerDefinition[]
  /** Kinds of facts that it says nothing without, beside those that the ledgers it reads are made of. */
  readonly needs: readonly AnyOf[]
  /** Dimensions the rows carry themselves, as SQL over their columns. */
  readonly own: Readonly<Record<string, string>>
  readonly fine: readonly FineDimension[]
  /** The same rows without their own dimensions, read where none of these is asked for, so that others share the scan. */
  readonly plain?: RowSet
  /** Attributes of the account that the rows rest on, whatever is asked. */
  readonly attributes: readonly string[]
  /** Rows count distinct things, which cannot be added over values of a fine dimension: its filters are applied inside. */
  readonly distinct: boolean
  /** SQL over the columns: 1 where money could not be converted because no rate was known. */
  readonly unrated: string | null
  /** Columns: period, account_id (unless placed everywhere), the declared ones, own dimensions and the fine ones asked for. */
  rows(frame: Frame): Sql
}

type Usual = 'own' | 'options' | 'consults' | 'needs' | 'fine' | 'attributes' | 'distinct' | 'unrated' | 'placement'

export const defineRowSet = (definition: Partial<Pick<RowSet, Usual>> & Omit<RowSet, Usual>): RowSet => ({
  options: {},
  consults: [],
  needs: [],
  fine: [],
  attributes: [],
  distinct: false,
  unrated: null,
  placement: 'account',
  ...definition,
  own: bare(definition.own ?? {}),
})

/** The value of an option that the row set declares. */
export function optionOf({ options }: Frame, name: string): string {
  const value = options[name]
  if (value === undefined) throw new Error(`rows are asked by the option ${name}, which their row set does not declare`)
  return value
}

export const days = (list: readonly Day[]): Sql => param('Array(Date32)', list)
export const froms = (frame: Frame): Sql => days(frame.periods.map((period) => period.from))
export const untils = (frame: Frame): Sql => days(frame.periods.map((period) => period.until))

/**
 * The elements of an array at the given places (from 1), in that order. A function over places would copy the whole array
 * for each of them; a fine dimension, or a list of single elements, does not.
 */
export function picked(array: string, places: readonly number[]): Sql {
  const [first = 1] = places
  if (places.every((place, i) => place === first + i)) return trusted(`arraySlice(${array}, ${first}, ${places.length})`)
  return trusted(`[${places.map((place) => `${array}[${place}]`).join(', ')}]`)
}

/** How many of the boundaries a day has reached: a sum of comparisons, which runs over whole columns at once. */
export const slotOf = (day: Sql, boundaries: readonly Day[]): Sql =>
  joinSql(
    boundaries.map((boundary) => sql`(${day} >= ${param('Date32', boundary)})`),
    ' + ',
  )

/**
 * Puts rows with a day into the periods it lies in: `period` is the column, `rest` ends the query that selects it.
 * Periods that do not overlap cost one look-up per row; where they do, a row comes once for each.
 */
export function inPeriods(frame: Frame, day: Sql): { readonly period: Sql; readonly rest: Sql } {
  const boundaries = [...new Set(frame.periods.flatMap(({ from, until }) => [from, until]))].sort()
  const covering = boundaries.map((boundary) => frame.periods.flatMap(({ from, until }, i) => (from <= boundary && boundary < until ? [i] : [])))
  const slot = slotOf(day, boundaries)
  const within = sql`${day} >= ${param('Date32', boundaries[0] ?? '1900-01-01')} AND ${day} < ${param('Date32', boundaries.at(-1) ?? '1900-01-01')}`
  if (covering.every((list) => list.length <= 1)) {
    const period = sql`${param(
      'Array(Int32)',
      covering.map((list) => list[0] ?? -1),
    )}[${slot}]`
    return { period, rest: sql`WHERE ${within} ${covering.slice(0, -1).some((list) => list.length === 0) ? sql`AND period >= 0` : sql``}` }
  }
  return { period: sql`period`, rest: sql`ARRAY JOIN ${param('Array(Array(UInt16))', covering)}[${slot}] AS period WHERE ${within}` }
}

/**
 * Puts rows that hold from a day until another into the periods at whose end (moved by so many days) they hold. An end is
 * held by the row whose days reach up to the day before it.
 */
export function atEnds(frame: Frame, ahead = 0): { readonly period: Sql; readonly rest: Sql } {
  const ends = frame.periods.map(({ until }, i) => ({ end: addDays(until, ahead), i })).sort((a, b) => (a.end < b.end ? -1 : 1))
  const list = ends.map(({ end }) => end)
  return {
    period: sql`${param(
      'Array(UInt16)',
      ends.map(({ i }) => i),
    )}[place + 1]`,
    rest: sql`ARRAY JOIN range(toUInt16(${slotOf(sql`day`, list)}), toUInt16(${slotOf(sql`until`, list)})) AS place`,
  }
}

const quoted = elementsOf('quoted', ['day', 'rate'])

/** Rates of every currency at the given boundaries: those that held at the close of the day before. 0 where none was known. */
export const ratesAt = (rates: Sql, boundaries: readonly Day[]): Sql => sql`
  SELECT toString(currency) AS currency,
    arrayMap(b -> arrayPushFront(arrayMap(quoted -> ${quoted.rate}, known), toDecimal128(0, 12))[arrayCount(quoted -> ${quoted.day} < b, known) + 1],
      ${days(boundaries)}) AS rate_at
  FROM (SELECT currency, arraySort(groupArray((day, rate))) AS known FROM (${rates}) GROUP BY currency)`
