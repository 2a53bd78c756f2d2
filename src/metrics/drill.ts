import { identifier, joinSql, param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { refuse } from '../kernel/errors.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { clipped, measurePeriods, plan } from './plan.ts'
import type { Book, Question } from './plan.ts'
import { answer } from './answer.ts'
import { metricById } from './catalog.ts'
import { composeAt, leavesOf } from './composed.ts'
import { counts, expression, filteredRows } from './measure-query.ts'
import type { Measure, MetricDefinition } from './metric.ts'
import type { ColumnKind } from './row-set.ts'
import type { RowTable } from './row-table.ts'

export interface RowColumn {
  readonly id: string
  readonly name: string
  readonly type: ColumnKind
}
export type Cell = string | number | boolean | null
export interface Rows {
  readonly columns: RowColumn[]
  readonly rows: Cell[][]
  readonly total: number
  readonly next: number | null
}

export type Part = 'all' | 'numerator' | 'denominator'

export interface Page {
  readonly part: Part
  readonly offset: number
  readonly limit: number
  readonly sort?: string | undefined
}

interface Drill {
  readonly columns: RowColumn[]
  readonly query: Sql
  readonly counted: Sql
}

/** The measures whose rows are shown: of the part asked for, and those of the same row set that the value is made of. */
function shownMeasures(metric: MetricDefinition, part: Part): { main: Measure; beside: Measure[] } {
  const { numerator, denominator } = metric.value
  const wanted = part === 'denominator' ? denominator : (numerator ?? Object.keys(metric.measures)[0] ?? null)
  const main = wanted === null ? undefined : metric.measures[wanted]
  if (main === undefined) throw refuse('no_such_part', `${metric.name} has no ${part}.`, 'Ask for all rows.')
  const beside = [numerator, denominator].map((name) => (name === null ? undefined : metric.measures[name])).filter((measure) => measure !== undefined)
  return { main, beside: beside.filter((measure) => measure.of === main.of && measure !== main) }
}

function drill(book: Book, metric: MetricDefinition, question: Question, part: Part): Drill {
  const asked = plan(book, [metric], { ...question, grain: undefined, compare: undefined, by: [] })
  const { main, beside } = shownMeasures(metric, part)
  const piece = asked.pieces[0]
  const period = piece === undefined ? null : clipped(asked, piece)
  const periods = period === null ? [] : measurePeriods(main, period, book.settings)
  const byAccount = main.of.placement === 'account'
  const measures = [main, ...(part === 'all' ? beside : [])]
  const counted = joinSql(
    measures.map((measure) => trusted(counts(measure))),
    ' OR ',
  )
  const own = Object.entries(main.of.columns)
  const adds = trusted(`ifNull(${expression(main)}, 0)`)
  const columns: RowColumn[] = [
    ...(byAccount ? [{ id: 'account_id', name: 'Account', type: 'text' } as const, { id: 'account_name', name: 'Name', type: 'text' } as const] : []),
    ...own.map(([id, { name, kind }]) => ({ id, name, type: kind })),
    { id: 'adds', name: main.label, type: main.kind === 'count' || main.kind === 'tally' ? 'number' : (main.kind ?? 'money') },
  ]
  const selected = joinSql([...(byAccount ? [identifier('account_id')] : []), ...own.map(([id]) => identifier(id)), sql`${adds} AS adds`], ', ')
  const rows = sql`SELECT ${selected} FROM (${filteredRows(asked.scope, main.of, periods.length === 0 ? [{ from: '1900-01-01', until: '1900-01-02' }] : periods)}) WHERE ${counted}`
  const found = byAccount ? book.store.shardLocal(rows) : sql`(${rows})`
  const named = byAccount
    ? sql`SELECT r.*, n.name AS account_name FROM (SELECT * FROM ${found}) AS r LEFT JOIN (SELECT account_id AS named_account, name FROM (${book.ledger(accountLedger)})) AS n ON n.named_account = r.account_id`
    : sql`SELECT * FROM ${found}`
  return { columns, query: named, counted: sql`SELECT count() AS n FROM ${found}` }
}

const order = (columns: readonly RowColumn[], sort: string | undefined): Sql => {
  const descending = sort?.startsWith('-') ?? false
  const name = (descending ? sort?.slice(1) : sort) ?? ''
  const rest = joinSql(
    columns.map((column) => identifier(column.id)),
    ', ',
  )
  if (name === '') return sql`abs(adds) DESC, ${rest}`
  if (!columns.some((column) => column.id === name))
    throw refuse('unknown_column', `There is no column "${name}" to sort by.`, `Columns are: ${columns.map((column) => column.id).join(', ')}.`)
  return sql`${identifier(name)} ${descending ? sql`DESC` : sql`ASC`}, ${rest}`
}

export const toCell = (type: ColumnKind, value: unknown): Cell => {
  if (value === null || value === undefined) return null
  if (type === 'money' || type === 'number') return Number(value)
  if (type === 'boolean') return value === true || Number(value) === 1
  return String(value)
}

const PIECE_COLUMNS: readonly RowColumn[] = [
  { id: 'label', name: 'Part', type: 'text' },
  { id: 'metric', name: 'Metric', type: 'text' },
  { id: 'value', name: 'Value', type: 'number' },
  { id: 'unit', name: 'Unit', type: 'text' },
  { id: 'weight', name: 'Weight', type: 'number' },
  { id: 'floor', name: 'Floor', type: 'number' },
  { id: 'target', name: 'Target', type: 'number' },
  { id: 'attainment', name: 'Attainment', type: 'number' },
  { id: 'adds', name: 'Adds', type: 'number' },
]

/** Of a composed metric the parts of its value stand for rows: each has rows of its own, by its metric. */
async function readPieces(book: Book, metric: MetricDefinition, question: Question): Promise<Cell[][]> {
  const leaves = leavesOf(metric, book.settings).map(({ id }) => id)
  const results = await answer(book, leaves, { ...question, grain: undefined, compare: undefined, by: [] })
  return composeAt(metric, book.settings, results, 'now').pieces.map((piece) => {
    const cells: Readonly<Record<string, Cell>> = { ...piece, adds: piece.contribution }
    return PIECE_COLUMNS.map(({ id }) => cells[id] ?? null)
  })
}

/** One page of the rows a number was made of, those that add most first. */
export async function readRows(book: Book, metricId: string, question: Question, page: Page): Promise<Rows> {
  if (metricById(metricId).composed !== null) {
    const rows = await readPieces(book, metricById(metricId), question)
    const next = page.offset + page.limit < rows.length ? page.offset + page.limit : null
    return { columns: [...PIECE_COLUMNS], rows: rows.slice(page.offset, page.offset + page.limit), total: rows.length, next }
  }
  const { columns, query, counted } = drill(book, metricById(metricId), question, page.part)
  const limited = sql`SELECT * FROM (${query}) ORDER BY ${order(columns, page.sort)} LIMIT ${param('UInt64', page.limit)} OFFSET ${param('UInt64', page.offset)}`
  const [rows, [count]] = await Promise.all([book.store.read<Record<string, unknown>>(limited), book.store.read<{ n: string }>(counted)])
  const total = Number(count?.n ?? 0)
  return {
    columns,
    rows: rows.map((row) => columns.map((column) => toCell(column.type, row[column.id]))),
    total,
    next: page.offset + rows.length < total ? page.offset + rows.length : null,
  }
}

/** All rows that a number was made of, those that add most first. */
export async function rowTable(book: Book, metricId: string, question: Question, part: Part): Promise<RowTable> {
  const metric = metricById(metricId)
  if (metric.composed !== null) return { columns: PIECE_COLUMNS, cells: await readPieces(book, metric, question) }
  const { columns, query } = drill(book, metric, question, part)
  return { columns, query, order: order(columns, undefined) }
}
