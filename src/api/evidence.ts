import { and, eq, inArray } from 'drizzle-orm'
import type { Contract } from '../contract/contract.ts'
import type { Answer } from '../contract/op.ts'
import type { RowPage } from '../contract/question.ts'
import { currentFacts } from '../facts/current.ts'
import type { ColumnType, FactDefinition } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import { ROWS_PER_FILE } from '../ingest/files/types.ts'
import { notFound } from '../kernel/errors.ts'
import { plainId } from '../kernel/ids.ts'
import { identifier, param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountDimensionLedger } from '../ledgers/account-dimension-ledger.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { mrrMovementLedger } from '../ledgers/mrr-movement-ledger.ts'
import type { Book } from '../metrics/kit/book.ts'
import { importFile } from '../stores/schema/import-files.ts'
import { compute } from './ask.ts'
import { readBook, reportedUntil } from './book.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

type Evidence = Answer<Contract['evidence']>
type RowColumn = RowPage['columns'][number]
type Cell = RowPage['rows'][number][number]
type Row = Record<string, unknown>

/** Facts of one kind that are shown of one account, the latest first. */
const MOST = 500

const TYPES: Record<ColumnType, RowColumn['type']> = {
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

function toCell(type: RowColumn['type'], value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null
  if (type === 'money' || type === 'number') return Number(value)
  if (type === 'boolean') return Number(value) === 1
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
}

/** A page of rows without the columns that are empty in all of them. */
function toPage(columns: readonly RowColumn[], rows: readonly Row[], total: number): RowPage {
  const shown = columns.filter((column) => rows.some((row) => toCell(column.type, row[column.id]) !== null))
  return { columns: shown, rows: rows.map((row) => shown.map((column) => toCell(column.type, row[column.id]))), total, next: null }
}

/** Adds to each fact the file it came from, the line, and the line as it stood. */
async function traceToFiles({ store, workspace }: ApiParts, rows: readonly Row[]): Promise<Row[]> {
  const traced = rows.map((row) => ({
    ...row,
    import: String(row.import_id),
    position: Math.floor(Number(row.row_number) / ROWS_PER_FILE) + 1,
    line: Number(row.row_number) % ROWS_PER_FILE,
  }))
  const imports = [...new Set(traced.map((row) => row.import))]
  if (imports.length === 0) return []
  const files = await workspace.db
    .select({ id: importFile.id, import: importFile.import_id, position: importFile.position, name: importFile.name })
    .from(importFile)
    .where(and(inArray(importFile.import_id, imports), eq(importFile.state, 'staged')))
  const kept = await store.read<{ file_id: string; row_number: string; raw: string[] }>(sql`
    SELECT file_id, row_number, raw FROM ${table('import_row')}
    WHERE import_id IN ${param('Array(String)', imports)} AND file_id IN ${param(
      'Array(String)',
      files.map((file) => file.id),
    )}
      AND row_number IN ${param(
        'Array(UInt64)',
        traced.map((row) => row.line),
      )}`)
  const lines = new Map(kept.map((row) => [`${row.file_id} ${row.row_number}`, row.raw.join(',')]))
  return traced.map((row) => {
    const file = files.find((one) => one.import === row.import && one.position === row.position)
    return { ...row, file: file?.name, as_it_stood: lines.get(`${file?.id} ${row.line}`) }
  })
}

const TRACE: readonly RowColumn[] = [
  { id: 'recorded_at', name: 'Recorded', type: 'instant' },
  { id: 'file', name: 'File', type: 'text' },
  { id: 'line', name: 'Line', type: 'number' },
  { id: 'as_it_stood', name: 'As it stood', type: 'text' },
]

const nameOf = (column: string): string => `${column.charAt(0).toUpperCase()}${column.slice(1).replaceAll('_', ' ')}`

/** Discounts name a subscription: they are the account's through it. */
function conditionOf(fact: FactDefinition, accounts: Sql): { accounts?: Sql; where?: Sql } | null {
  if (fact.columns.account_id !== undefined) return { accounts }
  if (fact.columns.subscription_id === undefined) return null
  return { where: sql`subscription_id IN (SELECT subscription_id FROM ${table('fact_subscription_version')} WHERE account_id IN (${accounts}))` }
}

async function readFacts(
  parts: ApiParts,
  fact: FactDefinition,
  id: string,
  accounts: Sql,
  reportedOn: string | undefined,
): Promise<Evidence['sections'][number] | null> {
  const condition = conditionOf(fact, accounts)
  if (condition === null) return null
  const { store } = parts
  const found = sql`SELECT * FROM ${store.shardLocal(currentFacts(fact, { reportedOn, ...condition }))}`
  // A fact that lies everywhere is found once on every shard that knows its subscription.
  const facts = fact.placement === 'account' ? found : sql`SELECT * FROM (${found}) LIMIT 1 BY source, source_id`
  const [rows, [count]] = await Promise.all([
    store.read<Row>(sql`SELECT * FROM (${facts}) ORDER BY ${identifier(fact.effective)} DESC, source_id LIMIT ${param('UInt32', MOST)}`),
    store.read<{ n: string }>(sql`SELECT count() AS n FROM (${facts})`),
  ])
  // The account itself is only worth a column where a merged one stands beside it.
  const merged = rows.some((row) => row.account_id !== id)
  const columns: RowColumn[] = Object.entries(fact.columns)
    .filter(([name]) => name !== 'account_id' || merged)
    .map(([name, { type }]) => ({ id: name, name: nameOf(name), type: TYPES[type] }))
  return { id: fact.id, name: nameOf(fact.plural), page: toPage([...columns, ...TRACE], await traceToFiles(parts, rows), Number(count?.n ?? 0)) }
}

const MOVEMENT: readonly RowColumn[] = [
  { id: 'day', name: 'Day', type: 'day' },
  { id: 'kind', name: 'Kind', type: 'text' },
  { id: 'reason', name: 'Reason', type: 'text' },
  { id: 'product', name: 'Product', type: 'text' },
  { id: 'plan', name: 'Plan', type: 'text' },
  { id: 'native', name: 'In billing currency', type: 'money' },
  { id: 'currency', name: 'Currency', type: 'text' },
  { id: 'amount', name: 'Change of MRR', type: 'money' },
]

async function readMovements({ store }: ApiParts, { ledger }: Book, id: string): Promise<Evidence['sections'][number]> {
  const here = sql`SELECT day, kind, reason, product, plan, native, currency, amount FROM (${ledger(mrrMovementLedger)}) WHERE account_id = ${param('String', id)}`
  const rows = await store.read<Row>(sql`SELECT * FROM ${store.shardLocal(here)} ORDER BY day DESC`)
  return { id: 'movements', name: 'MRR movements', page: toPage(MOVEMENT, rows.slice(0, MOST), rows.length) }
}

async function readAttributes({ store }: ApiParts, { ledger }: Book, id: string): Promise<Evidence['account']['attributes']> {
  const here = sql`SELECT toString(dimension) AS attribute, toString(value) AS value, day AS since FROM (${ledger(accountDimensionLedger)}) WHERE account_id = ${param('String', id)}`
  const rows = await store.read<{ attribute: string; value: string; since: string }>(sql`SELECT * FROM ${store.shardLocal(here)} ORDER BY attribute, since`)
  return rows.map(({ attribute, value, since }) => ({ attribute, value, from: since }))
}

/** Ids whose facts count for the account: its own, and those of accounts merged into it. */
const countedAs = ({ ledger }: Book, id: string): Sql =>
  sql`SELECT account_id FROM (${ledger(accountLedger)}) WHERE counted_as = ${param('String', id)} UNION DISTINCT SELECT ${param('String', id)}`

async function readEvidence(parts: ApiParts, book: Book, id: string, reported: string | undefined): Promise<Evidence> {
  const reportedOn = reported === undefined ? undefined : reportedUntil(reported, book.settings.time_zone)
  const [known] = await parts.store.read<{ name: string }>(sql`SELECT name FROM (${book.ledger(accountLedger)}) WHERE account_id = ${param('String', id)}`)
  const accounts = countedAs(book, id)
  const [attributes, movements, ...sections] = await Promise.all([
    readAttributes(parts, book, id),
    readMovements(parts, book, id),
    ...FACTS.map((fact) => readFacts(parts, fact, id, accounts, reportedOn)),
  ])
  const found = sections.filter((section) => section !== null)
  if (known === undefined && found.every(({ page }) => page.total === 0))
    throw notFound('account', id, 'Search for it by name, or look it up in the rows of a metric.')
  return { account: { account_id: id, name: known?.name || id, attributes }, sections: [movements, ...found] }
}

export const evidenceHandlers = (parts: ApiParts): Pick<Handlers<Contract>, 'evidence'> => ({
  async evidence({ params, query: { reported_on, seconds } }, { signal }) {
    const { book } = await readBook(parts, reported_on, signal)
    return compute(parts.lanes, parts.store, (store) => readEvidence({ ...parts, store }, { ...book, store }, plainId(params.id), reported_on), {
      signal,
      seconds,
    })
  },
})
