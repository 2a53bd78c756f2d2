import { identifier, joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { refuse } from '../../kernel/errors.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { clipped, measurePeriods, settleQuestion } from '../ask/settle-question.ts'
import type { SettledQuestion } from '../ask/settle-question.ts'
import type { Book } from '../kit/book.ts'
import type { Question } from '../kit/question.ts'
import { answer, answerMade } from '../ask/answer.ts'
import { composeAt } from '../ask/composed.ts'
import { leavesOf } from '../catalogue/leaves.ts'
import { counts, expression, filteredRows, scopeFor, sharesScope } from '../ask/scope.ts'
import { madeOf, measuresOfPart } from '../kit/made.ts'
import type { Made } from '../kit/made.ts'
import { sidesOf } from '../kit/value.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import type { ColumnKind } from '../kit/row-set.ts'
import type { Cell, RowColumn, RowTable } from './row-table.ts'

export interface Rows {
  readonly columns: RowColumn[]
  readonly rows: Cell[][]
  readonly total: number
  readonly next: number | null
}

export interface Page {
  /** all, numerator, denominator, or a term by its name. */
  readonly part: string
  readonly offset: number
  readonly limit: number
  readonly sort?: string | undefined
}

interface Drill {
  readonly columns: RowColumn[]
  readonly query: Sql
  readonly counted: Sql
}

/** What a value is made of; only one that chooses it has to be computed to know. */
async function readMade(asked: SettledQuestion, metric: MetricDefinition, question: Question): Promise<Made> {
  if (metric.value.kind !== 'computed') return madeOf(metric, sidesOf(metric.value, asked.scope.settle(metric.options)))
  const [first] = await answerMade(asked.book, metric, { ...question, interval: false })
  return first?.made ?? madeOf(metric, {})
}

async function drill(book: Book, metric: MetricDefinition, { grain: _, compare: _compare, by: _by, ...question }: Question, part: string): Promise<Drill> {
  const asked = settleQuestion(book, [metric], question)
  const shown = measuresOfPart(metric, await readMade(asked, metric, question), part)
  if (shown === null)
    throw refuse('no_such_part', `${metric.name} has no ${part}.`, `Ask for all rows, or for those of one of ${Object.keys(metric.measures).join(', ')}.`)
  const { main, beside } = shown
  const wanted = asked.periods[0]
  const period = wanted === undefined ? null : clipped(asked, wanted)
  const periods = period === null ? [] : measurePeriods(main, period, book.settings)
  const byAccount = main.of.placement === 'account'
  const measures = [main, ...beside.filter((measure) => sharesScope(asked.scope, main, measure))]
  const counted = joinSql(
    measures.map((measure) => trusted(counts(measure))),
    ' OR ',
  )
  const own = Object.entries(main.of.columns)
  const adds = trusted(`ifNull(${main.coded === true ? (main.when ?? '1') : expression(main)}, 0)`)
  // What a part is held against in the whole company is opened as it is added up: without the filters that do not divide it.
  const scope = scopeFor(asked.scope, main)
  const columns: RowColumn[] = [
    ...(byAccount ? [{ id: 'account_id', name: 'Account', type: 'text' } as const, { id: 'account_name', name: 'Name', type: 'text' } as const] : []),
    ...own.map(([id, { name, kind }]) => ({ id, name, type: kind })),
    { id: 'adds', name: main.label, type: main.kind === 'count' || main.kind === 'tally' ? 'number' : (main.kind ?? 'money') },
  ]
  const selected = joinSql([...(byAccount ? [identifier('account_id')] : []), ...own.map(([id]) => identifier(id)), sql`${adds} AS adds`], ', ')
  const rows = sql`SELECT ${selected}
    FROM (${filteredRows(scope, main.of, main.moment, periods.length === 0 ? [{ from: '1900-01-01', until: '1900-01-02' }] : periods)}) WHERE ${counted}`
  const found = byAccount ? book.store.shardLocal(rows) : sql`(${rows})`
  const named = byAccount
    ? sql`SELECT r.*, n.name AS account_name FROM (SELECT * FROM ${found}) AS r
      LEFT JOIN (SELECT account_id AS named_account, name FROM (${book.ledger(accountLedger)})) AS n ON n.named_account = r.account_id`
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
  const leaves = leavesOf(metric, book.catalogue).map(({ id }) => id)
  const results = await answer(book, leaves, { ...question, grain: undefined, compare: undefined, by: [] })
  return composeAt(metric, book.catalogue, results, 'now').pieces.map((piece) => {
    const cells: Readonly<Record<string, Cell>> = { ...piece, adds: piece.contribution }
    return PIECE_COLUMNS.map(({ id }) => cells[id] ?? null)
  })
}

/** One page of the rows a number was made of, those that add most first. */
export async function readRows(book: Book, metricId: string, question: Question, page: Page): Promise<Rows> {
  if (book.catalogue.byId(metricId).composed !== null) {
    const rows = await readPieces(book, book.catalogue.byId(metricId), question)
    const next = page.offset + page.limit < rows.length ? page.offset + page.limit : null
    return { columns: [...PIECE_COLUMNS], rows: rows.slice(page.offset, page.offset + page.limit), total: rows.length, next }
  }
  const { columns, query, counted } = await drill(book, book.catalogue.byId(metricId), question, page.part)
  const limited = sql`SELECT * FROM (${query}) ORDER BY ${order(columns, page.sort)}
    LIMIT ${param('UInt64', page.limit)} OFFSET ${param('UInt64', page.offset)}`
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
export async function rowTable(book: Book, metricId: string, question: Question, part: string): Promise<RowTable> {
  const metric = book.catalogue.byId(metricId)
  if (metric.composed !== null) return { columns: PIECE_COLUMNS, cells: await readPieces(book, metric, question) }
  const { columns, query } = await drill(book, metric, question, part)
  return { columns, query, order: order(columns, undefined) }
}
