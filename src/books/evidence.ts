import { currentFacts } from '../facts/current.ts'
import type { ColumnType, FactDefinition } from '../facts/fact.ts'
import { FACTS, factById } from '../facts/facts.ts'
import { notFound } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { emptySql, identifier, param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { nameOfId } from '../kernel/words/names.ts'
import { accountDimensionLedger } from '../ledgers/account-dimension-ledger.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { mrrMovementLedger } from '../ledgers/mrr-movement-ledger.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { Cell, RowColumn } from '../metrics/open/row-table.ts'
import { compute } from './ask.ts'
import type { Asking } from './ask.ts'
import type { Books } from './books.ts'
import { readBook } from './read-book.ts'
import { reportedUntil } from './reported-until.ts'

type Row = Record<string, unknown>

interface Column {
  readonly id: string
  readonly name: string
  readonly type: RowColumn['type'] | 'instant'
}

/** Rows of one kind that are known of an account. */
interface Section {
  readonly id: string
  readonly name: string
  readonly page: { readonly columns: Column[]; readonly rows: Cell[][]; readonly total: number; readonly next: null }
}

/** Everything that is known of one account. */
export interface Evidence {
  readonly account: {
    readonly account_id: string
    readonly name: string
    readonly attributes: { readonly attribute: string; readonly value: string; readonly from: string }[]
  }
  readonly sections: Section[]
}

/** Facts of one kind that are shown of one account, the latest first. */
const MOST = 500

const TYPES: Record<ColumnType, Column['type']> = {
  id: 'text',
  text: 'text',
  choice: 'text',
  currency: 'text',
  money: 'money',
  number: 'number',
  boolean: 'boolean',
  instant: 'instant',
  date: 'day',
  hours: 'text',
  week: 'text',
  zone: 'text',
}

function toCell(type: Column['type'], value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null
  if (type === 'money' || type === 'number') return Number(value)
  if (type === 'boolean') return Number(value) === 1
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
}

/** A page of rows without the columns that are empty in all of them. */
function toPage(columns: readonly Column[], rows: readonly Row[], total: number): Section['page'] {
  const shown = columns.filter((column) => rows.some((row) => toCell(column.type, row[column.id]) !== null))
  return { columns: shown, rows: rows.map((row) => shown.map((column) => toCell(column.type, row[column.id]))), total, next: null }
}

const TRACE: readonly Column[] = [
  { id: 'recorded_at', name: 'Recorded', type: 'instant' },
  { id: 'file', name: 'File', type: 'text' },
  { id: 'line', name: 'Line', type: 'number' },
  { id: 'as_it_stood', name: 'As it stood', type: 'text' },
]

/** Discounts name a subscription: they are the account's through it. */
function conditionOf(fact: FactDefinition, accounts: Sql): { accounts?: Sql; where?: Sql } | null {
  if (fact.columns.account_id !== undefined) return { accounts }
  if (fact.columns.subscription_id === undefined) return null
  return { where: sql`subscription_id IN (SELECT subscription_id FROM ${table('fact_subscription_version')} WHERE account_id IN (${accounts}))` }
}

/** Those that are named; where none is, those of the days. What says no day of its own counts in every one. */
function onlyWanted(fact: FactDefinition, all: Sql, { from, until, ids }: FactsWanted): Sql {
  const effective = sql`toDate32(${identifier(fact.effective)})`
  const since = from === null ? emptySql : sql`AND ${effective} >= ${param('Date32', from)}`
  const ofDays = sql`isNull(${effective}) OR (${effective} < ${param('Date32', until)} ${since})`
  const named = sql`source_id IN ${param('Array(String)', ids)}`
  return sql`SELECT * EXCEPT (is_named, any_named) FROM (
    SELECT *, ${named} AS is_named, max(${named}) OVER () AS any_named FROM (${all})) WHERE if(any_named, is_named, ${ofDays})`
}

async function readFacts(
  { store, imports }: Pick<Books, 'store' | 'imports'>,
  fact: FactDefinition,
  id: string,
  accounts: Sql,
  reportedOn: string | undefined,
  wanted?: FactsWanted,
): Promise<Section | null> {
  const condition = conditionOf(fact, accounts)
  if (condition === null) return null
  const found = sql`SELECT * FROM ${store.shardLocal(currentFacts(fact, { reportedOn, ...condition }))}`
  // A fact that lies everywhere is found once on every shard that knows its subscription.
  const all = fact.placement === 'account' ? found : sql`SELECT * FROM (${found}) LIMIT 1 BY source, source_id`
  const facts = wanted === undefined ? all : onlyWanted(fact, all, wanted)
  const [rows, [count]] = await Promise.all([
    store.read<Row>(sql`SELECT * FROM (${facts}) ORDER BY ${identifier(fact.effective)} DESC, source_id LIMIT ${param('UInt32', MOST)}`),
    store.read<{ n: string }>(sql`SELECT count() AS n FROM (${facts})`),
  ])
  // The account's own id is only worth a column where rows of a merged account stand beside its own.
  const merged = rows.some((row) => row.account_id !== id)
  const columns: Column[] = Object.entries(fact.columns)
    .filter(([name]) => name !== 'account_id' || merged)
    .map(([name, { type }]) => ({ id: name, name: nameOfId(name), type: TYPES[type] }))
  return { id: fact.id, name: nameOfId(fact.plural), page: toPage([...columns, ...TRACE], await imports.traceRows(store, rows), Number(count?.n ?? 0)) }
}

const MOVEMENT: readonly Column[] = [
  { id: 'day', name: 'Day', type: 'day' },
  { id: 'kind', name: 'Kind', type: 'text' },
  { id: 'reason', name: 'Reason', type: 'text' },
  { id: 'product', name: 'Product', type: 'text' },
  { id: 'plan', name: 'Plan', type: 'text' },
  { id: 'native', name: 'In billing currency', type: 'money' },
  { id: 'currency', name: 'Currency', type: 'text' },
  { id: 'amount', name: 'Change of MRR', type: 'money' },
]

async function readMovements({ store, ledger }: Book, id: string): Promise<Section> {
  const here = sql`SELECT day, kind, reason, product, plan, native, currency, amount FROM (${ledger(mrrMovementLedger)})
    WHERE account_id = ${param('String', id)}`
  const rows = await store.read<Row>(sql`SELECT * FROM ${store.shardLocal(here)} ORDER BY day DESC`)
  return { id: 'movements', name: 'MRR movements', page: toPage(MOVEMENT, rows.slice(0, MOST), rows.length) }
}

async function readAttributes({ store, ledger }: Book, id: string): Promise<Evidence['account']['attributes']> {
  const here = sql`SELECT toString(dimension) AS attribute, toString(value) AS value, day AS since FROM (${ledger(accountDimensionLedger)})
    WHERE account_id = ${param('String', id)}`
  const rows = await store.read<{ attribute: string; value: string; since: string }>(sql`SELECT * FROM ${store.shardLocal(here)} ORDER BY attribute, since`)
  return rows.map(({ attribute, value, since }) => ({ attribute, value, from: since }))
}

/** Ids whose facts count for the account: its own, and those of accounts merged into it. */
const countedAs = ({ ledger }: Book, id: string): Sql =>
  sql`SELECT account_id FROM (${ledger(accountLedger)}) WHERE counted_as = ${param('String', id)} UNION DISTINCT SELECT ${param('String', id)}`

async function readEvidence(imports: Books['imports'], book: Book, id: string, reported: string | undefined): Promise<Evidence> {
  const reportedOn = reported === undefined ? undefined : reportedUntil(reported, book.settings.time_zone)
  const [known] = await book.store.read<{ name: string }>(sql`SELECT name FROM (${book.ledger(accountLedger)}) WHERE account_id = ${param('String', id)}`)
  const accounts = countedAs(book, id)
  const [attributes, movements, ...sections] = await Promise.all([
    readAttributes(book, id),
    readMovements(book, id),
    ...FACTS.map((fact) => readFacts({ store: book.store, imports }, fact, id, accounts, reportedOn)),
  ])
  const found = sections.filter((section) => section !== null)
  if (known === undefined && found.every(({ page }) => page.total === 0))
    throw notFound('account', id, 'Search for it by name, or look it up in the rows of a metric.')
  return { account: { account_id: id, name: known?.name || id, attributes }, sections: [movements, ...found] }
}

/** Everything that is known of one account, down to the line of the file it came from. */
export async function askEvidence(books: Books, asking: Asking, id: string, reportedOn?: string): Promise<Evidence> {
  const { book } = await readBook(books, asking, reportedOn)
  return compute(books.lanes, books.store, (store) => readEvidence(books.imports, { ...book, store }, id, reportedOn), asking)
}

/** Facts of one kind that something was read from: between two days, or those that are named where any of them is. */
export interface FactsWanted {
  readonly fact: string
  readonly from: Day | null
  /** Day after the last one. */
  readonly until: Day
  readonly ids: readonly string[]
}

/** Rows of an account that something was read from, as they were known on an instant (ISO, UTC); kinds of which there are none are left out. */
export async function askFactsOf(books: Books, asking: Asking, account: string, wanted: readonly FactsWanted[], knownUntil: string): Promise<Section[]> {
  const { book } = await readBook(books, asking)
  const read = async (store: Book['store']): Promise<Section[]> => {
    const sections = await Promise.all(
      wanted.map((one) => {
        const fact = factById(one.fact)
        return fact === undefined ? null : readFacts({ store, imports: books.imports }, fact, account, countedAs(book, account), knownUntil, one)
      }),
    )
    return sections.filter((section) => section !== null && section.page.total > 0) as Section[]
  }
  return compute(books.lanes, books.store, read, asking)
}
