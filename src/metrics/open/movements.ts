import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { clipped, settleQuestion } from '../ask/settle-question.ts'
import type { Book } from '../kit/book.ts'
import type { Question } from '../kit/question.ts'
import { MOMENTS } from '../kit/moment.ts'
import { toCell } from './drill.ts'
import type { RowColumn, RowTable } from './row-table.ts'
import type { Rows } from './drill.ts'
import { filteredRows } from '../ask/scope.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

/** The metric that says by what movements can be told apart, and what moves them. */
export const MOVEMENTS_METRIC = 'new_mrr'

const COLUMNS: RowColumn[] = [
  { id: 'account_id', name: 'Account', type: 'text' },
  { id: 'account_name', name: 'Name', type: 'text' },
  { id: 'day', name: 'Day', type: 'day' },
  { id: 'kind', name: 'Kind', type: 'text' },
  { id: 'reason', name: 'Reason', type: 'text' },
  { id: 'amount', name: 'Change of MRR', type: 'money' },
]

/** The movements of a period as a query, shard by shard; null when it has not begun. */
function movementsOf(book: Book, question: Question, chosen: readonly string[]): Sql | null {
  const asked = settleQuestion(book, [book.catalogue.byId(MOVEMENTS_METRIC)], { ...question, grain: undefined, compare: undefined, by: [] })
  const wanted = asked.periods[0]
  const period = wanted === undefined ? null : clipped(asked, wanted)
  if (period === null) return null
  const kinds = chosen.length === 0 ? ['new', 'expansion', 'contraction', 'churn', 'reactivation'] : chosen
  return book.store.shardLocal(sql`
    SELECT account_id, day, any(kind) AS movement_kind, any(reason) AS movement_reason, sum(amount) AS change
    FROM (${filteredRows(asked.scope, mrrMovements, MOMENTS.flow, [period])}) WHERE kind IN ${param('Array(String)', kinds)} GROUP BY account_id, day`)
}

/** The account's name beside each movement. */
const withNames = (book: Book, movements: Sql): Sql => sql`
  SELECT account_id, name AS account_name, day, movement_kind AS kind, movement_reason AS reason, change AS amount
  FROM (SELECT account_id AS named_account, name FROM (${book.ledger(accountLedger)})) AS n
  RIGHT JOIN (${movements}) AS m ON m.account_id = n.named_account`

const LARGEST_FIRST = sql`abs(amount) DESC, day, account_id`

/** All movements of the period, the largest first. */
export function movementTable(book: Book, question: Question, kinds: readonly string[]): RowTable {
  const movements = movementsOf(book, question, kinds)
  return movements === null
    ? { columns: COLUMNS, cells: [] }
    : { columns: COLUMNS, query: withNames(book, sql`SELECT * FROM ${movements}`), order: LARGEST_FIRST }
}

/** Movements of the period, one row per account and day, the largest first. */
export async function readMovements(book: Book, question: Question, page: { kinds: readonly string[]; offset: number; limit: number }): Promise<Rows> {
  const movements = movementsOf(book, question, page.kinds)
  if (movements === null) return { columns: COLUMNS, rows: [], total: 0, next: null }
  const limited = sql`SELECT * FROM ${movements} ORDER BY abs(change) DESC, day, account_id
    LIMIT ${param('UInt64', page.limit)} OFFSET ${param('UInt64', page.offset)}`
  const [rows, [count]] = await Promise.all([
    book.store.read<Record<string, unknown>>(sql`${withNames(book, limited)} ORDER BY ${LARGEST_FIRST}`),
    book.store.read<{ n: string }>(sql`SELECT count() AS n FROM ${movements}`),
  ])
  const total = Number(count?.n ?? 0)
  return {
    columns: COLUMNS,
    rows: rows.map((row) => COLUMNS.map((column) => toCell(column.type, row[column.id]))),
    total,
    next: page.offset + rows.length < total ? page.offset + rows.length : null,
  }
}
