/**
 * What a question can be divided by: which dimensions there are, which values they ever had, and the refusal of all others.
 *
 * In go a question's breakdown and filters; out comes nothing, or a refusal that names what was probably meant.
 *
 * A filter by a value that nothing ever had would be answered by an empty sum, which looks like a measured zero. So values are
 * looked up first. Those of attributes of accounts are given as a list. Those that rows carry themselves (the channel of a
 * ticket, the product of a subscription) stand in columns of the ledgers that the rows are made of; which ledgers these are is
 * found, not declared. Values that a query makes up stand nowhere and are not checked.
 *
 * Example: `backlog` with `channel=emial`. Rows of tickets carry `channel`, which stands in the ledger `ticket`; nothing there
 * reads "emial", and the refusal says: did you mean "email"?
 */
import { refuse } from '../../kernel/errors.ts'
import { didYouMean } from '../../kernel/nearest.ts'
import { identifier, joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountDimensionLedger } from '../../ledgers/account-dimension-ledger.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { NONE, carries, divides, isAttribute, parseFilters, spellings } from './dimensions.ts'
import type { Filter } from './dimensions.ts'
import { ledgersRead } from '../catalogue/ledgers-read.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import type { Book } from '../kit/book.ts'
import type { RowSet } from '../kit/row-set.ts'

/** More values than a person picks from a list. */
export const MOST_VALUES = 200

/** A column of a ledger in which the values of a dimension stand. */
interface Source {
  readonly ledger: LedgerDefinition
  readonly column: string
}

const keyOf = ({ ledger, column }: Source): string => `${ledger.id}.${column}`

const sources = new WeakMap<MetricDefinition, Map<RowSet, ReadonlySet<LedgerDefinition>>>()

function ledgersOf(metric: MetricDefinition, rows: RowSet): LedgerDefinition[] {
  const found = sources.get(metric) ?? ledgersRead(metric)
  sources.set(metric, found)
  return [...(found.get(rows) ?? [])]
}

/** Where the values of a dimension stand that the rows of a metric carry themselves; nowhere when they are made up in a query. */
export function sourcesOf(metric: MetricDefinition, dimension: string): Source[] {
  const found = measuresOfValue(metric)
    .filter(({ of }) => carries(of, dimension))
    .flatMap(({ of }): Source[] => {
      if (isAttribute(of, dimension) || dimension === 'account') return []
      const own = of.own[dimension]
      const named = (own === undefined ? [dimension] : [own, `${own}_id`]).flatMap((column) =>
        ledgersOf(metric, of)
          .filter(({ columns }) => columns[column] !== undefined)
          .map((ledger) => ({ ledger, column })),
      )
      // The ledger that rows are made of is read first; a fine dimension may stand in several, for what is sold, charged and used.
      return own === undefined ? named : named.slice(0, 1)
    })
  return [...new Map(found.map((source) => [keyOf(source), source])).values()]
}

/** The dimensions that a book knows, each with the values it ever had: the most frequent first, at most MOST_VALUES. */
export interface KnownDimensions {
  /** Of the attributes of accounts, by their names. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
  /** Of columns of ledgers. */
  readonly columns: ReadonlyMap<string, readonly string[]>
}

const one = elementsOf('one', ['id', 'value'])

/** The values of some columns of a ledger, counted. */
function countedIn(book: Book, ledger: LedgerDefinition, columns: readonly string[]): Sql {
  const names = joinSql(columns.map(identifier), ', ')
  const pairs = joinSql(
    columns.map((column) => sql`(${param('String', `${ledger.id}.${column}`)}, toString(${identifier(column)}))`),
    ', ',
  )
  const here = sql`
    SELECT ${one.id} AS id, ${one.value} AS value, sum(rows) AS times
    FROM (SELECT ${names}, count() AS rows FROM (${book.ledger(ledger)}) GROUP BY ${names}) ARRAY JOIN [${pairs}] AS one
    WHERE ${one.value} != '' GROUP BY id, value`
  return ledger.placement === 'account' ? sql`SELECT * FROM ${book.store.shardLocal(here)}` : here
}

/** Reads what there is of the dimensions that rows carry themselves. Those of accounts are given. */
export async function readKnownDimensions(
  book: Book,
  metrics: readonly MetricDefinition[],
  attributes: KnownDimensions['attributes'],
): Promise<KnownDimensions> {
  const wanted = new Map<LedgerDefinition, Set<string>>()
  for (const metric of metrics)
    for (const dimension of rowDimensions(metric))
      for (const { ledger, column } of sourcesOf(metric, dimension)) wanted.set(ledger, (wanted.get(ledger) ?? new Set()).add(column))
  const all = joinSql(
    [...wanted].map(([ledger, columns]) => countedIn(book, ledger, [...columns])),
    ' UNION ALL ',
  )
  const rows = await book.store.read<{ id: string; value: string }>(sql`
    SELECT id, value FROM (${all}) GROUP BY id, value ORDER BY id, sum(times) DESC, value LIMIT ${param('UInt32', MOST_VALUES)} BY id`)
  const columns = new Map<string, string[]>()
  for (const { id, value } of rows) columns.set(id, [...(columns.get(id) ?? []), value])
  return { attributes, columns }
}

/** Dimensions that rows of a metric carry themselves: their own and those of subscriptions and of use. */
export const rowDimensions = (metric: MetricDefinition): string[] => [
  ...new Set(measuresOfValue(metric).flatMap(({ of }) => [...Object.keys(of.own), ...of.fine])),
]

/** Whether a dimension tells anything of a metric apart: it does not where no row ever had a value of it. */
export function hasValues(known: KnownDimensions, metric: MetricDefinition, dimension: string): boolean {
  if (known.attributes.has(dimension) || dimension === 'account') return true
  const found = sourcesOf(metric, dimension)
  return found.length === 0 ? rowDimensions(metric).includes(dimension) : found.some((source) => known.columns.has(keyOf(source)))
}

/** What a question could be divided by instead. */
const offered = (known: KnownDimensions, metrics: readonly MetricDefinition[]): string[] =>
  [...new Set([...known.attributes.keys(), ...metrics.flatMap(rowDimensions)])].filter((dimension) =>
    metrics.some((metric) => divides(metric, dimension) && hasValues(known, metric, dimension)),
  )

interface Divided {
  readonly by?: readonly string[] | undefined
  readonly where?: readonly string[] | undefined
}

/**
 * Refuses a dimension that there is not, and a value that nothing ever had: an answer would be an empty one that looks like
 * a measured zero. `usual` are attributes that reports know by name whether or not an account has them.
 */
export async function checkKnown(
  books: readonly Book[],
  known: KnownDimensions,
  metrics: readonly MetricDefinition[],
  { by = [], where = [] }: Divided,
  usual: readonly string[],
): Promise<void> {
  const filters = parseFilters(where)
  const asked = where.map((text): [string, string] => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)])
  for (const dimension of [...by, ...filters.map((filter) => filter.dimension)]) {
    if (
      dimension === 'account' ||
      usual.includes(dimension) ||
      known.attributes.has(dimension) ||
      books.some(({ catalogue }) => catalogue.all.some((metric) => rowDimensions(metric).includes(dimension)))
    )
      continue
    throw refuse('unknown_dimension', `There is no dimension "${dimension}".`, didYouMean(dimension, offered(known, metrics), 'Dimensions are'))
  }
  for (const { dimension } of filters)
    await checkValues(books, known, metrics, { dimension, values: asked.flatMap(([name, value]) => (name === dimension ? [value] : [])) })
}

async function checkValues(books: readonly Book[], known: KnownDimensions, metrics: readonly MetricDefinition[], { dimension, values }: Filter): Promise<void> {
  const found = metrics
    .filter((metric) => divides(metric, dimension))
    .map((metric) => ({ own: rowDimensions(metric).includes(dimension), sources: sourcesOf(metric, dimension) }))
  // Values that are made up in a query stand in no ledger.
  if (found.some(({ own, sources: from }) => own && from.length === 0 && !known.attributes.has(dimension))) return
  const from = [...new Map(found.flatMap((one) => one.sources).map((source) => [keyOf(source), source])).values()]
  const listed = new Set([...(known.attributes.get(dimension) ?? []), ...from.flatMap((source) => known.columns.get(keyOf(source)) ?? [])])
  let missing = values.filter((value) => value !== NONE && !spellings(value).some((one) => listed.has(one)))
  for (const book of books) if (missing.length > 0) missing = await unheard(book, dimension, from, missing)
  const [value] = missing
  if (value === undefined) return
  const what = dimension.replaceAll('_', ' ')
  if (dimension === 'account')
    throw refuse('unknown_value', `There is no account "${value}".`, 'Give the id that the account has in the files; several are several filters.')
  if (value === '') throw refuse('unknown_value', `The filter by ${what} names no value.`, `Write ${dimension}=${NONE} for what has none.`)
  const cure = listed.size === 0 ? `Nothing that was imported has a ${what}; leave the filter out.` : didYouMean(value, [...listed], `Values of ${what} are`)
  throw refuse('unknown_value', `Nothing ever had the ${what} "${value}".`, `${cure} "${NONE}" stands for what has none.`)
}

/** The values that a book does not hold either. Lists of values are cut, and a book as reported may hold rows that were taken back since. */
async function unheard({ store, ledger }: Book, dimension: string, from: readonly Source[], values: readonly string[]): Promise<string[]> {
  const wanted = param('Array(String)', values.flatMap(spellings))
  const local = ({ placement }: LedgerDefinition, rows: Sql): Sql => (placement === 'account' ? sql`SELECT * FROM ${store.shardLocal(rows)}` : rows)
  const attribute =
    dimension === 'account'
      ? sql`SELECT account_id AS value FROM (${ledger(accountLedger)}) WHERE account_id IN ${wanted}`
      : local(
          accountDimensionLedger,
          sql`SELECT DISTINCT toString(value) AS value FROM (${ledger(accountDimensionLedger)})
            WHERE dimension = ${param('String', dimension)} AND value IN ${wanted}`,
        )
  const columns = from.map((source) =>
    local(
      source.ledger,
      sql`SELECT DISTINCT toString(${trusted(source.column)}) AS value FROM (${ledger(source.ledger)}) WHERE toString(${trusted(source.column)}) IN ${wanted}`,
    ),
  )
  const rows = await store.read<{ value: string }>(joinSql([attribute, ...columns], ' UNION ALL '))
  const held = new Set(rows.map(({ value }) => value))
  return values.filter((value) => !spellings(value).some((one) => held.has(one)))
}
