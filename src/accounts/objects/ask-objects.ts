import { compute } from '../../books/ask.ts'
import type { Asking } from '../../books/ask.ts'
import type { Books } from '../../books/books.ts'
import { readBook } from '../../books/read-book.ts'
import { notFound, refuse } from '../../kernel/errors.ts'
import { addDays } from '../../kernel/period.ts'
import { identifier, joinSql, param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountDimensionLedger } from '../../ledgers/account-dimension-ledger.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { Cell, RowColumn } from '../../metrics/open/row-table.ts'
import type { ObjectKind } from './object-kind.ts'
import { OBJECT_KINDS } from './object-kinds.ts'

export interface ObjectsAsked {
  readonly of: string
  /** Of the kind's own; its first where it is left out. */
  readonly state?: string | undefined
  /** The CSM who owns the account now; empty for nobody. */
  readonly csm?: string | undefined
  /** Words, each of which must stand in a text of the row. */
  readonly find?: string | undefined
  readonly offset: number
  readonly limit: number
}

export interface ObjectPage {
  readonly columns: readonly RowColumn[]
  readonly rows: readonly (readonly Cell[])[]
  readonly total: number
  readonly next: number | null
}

const LEAD: readonly RowColumn[] = [
  { id: 'account_id', name: 'Account ID', type: 'text' },
  { id: 'account', name: 'Account', type: 'text' },
  { id: 'csm', name: 'CSM', type: 'text' },
]

/** Rows with the account they count for and who owns it now. */
function withAccount({ store, ledger }: Book, rows: Sql): Sql {
  const owners = sql`SELECT account_id, argMax(value, day) AS csm FROM (${ledger(accountDimensionLedger)}) WHERE dimension = 'csm' GROUP BY account_id`
  return sql`
    SELECT r.* EXCEPT (account_id), if(a.counted_as = '', r.account_id, a.counted_as) AS account_id, if(n.name = '', account_id, n.name) AS account,
      o.csm AS csm
    FROM ${store.shardLocal(rows)} AS r
    LEFT JOIN (SELECT account_id, counted_as, is_internal FROM (${ledger(accountLedger)})) AS a ON a.account_id = r.account_id
    LEFT JOIN (SELECT account_id, name FROM (${ledger(accountLedger)})) AS n ON n.account_id = if(a.counted_as = '', r.account_id, a.counted_as)
    LEFT JOIN ${store.shardLocal(owners)} AS o ON o.account_id = if(a.counted_as = '', r.account_id, a.counted_as)
    WHERE a.is_internal = 0`
}

function conditionOf(kind: ObjectKind, { state, csm, find }: ObjectsAsked): Sql {
  const chosen = state === undefined ? Object.values(kind.states)[0] : kind.states[state]
  if (chosen === undefined)
    throw refuse('bad_state', `"${state ?? ''}" is no state of ${kind.name.toLowerCase()}.`, `Give one of: ${Object.keys(kind.states).join(', ')}.`)
  const texts = [...LEAD, ...kind.columns].filter(({ type }) => type === 'text').map(({ id }) => sql`toString(${identifier(id)})`)
  const words = (find ?? '').split(/\s+/).filter((word) => word !== '')
  const text = sql`concat(${joinSql(texts, `, ' ', `)})`
  return joinSql(
    [
      sql`(${chosen.where})`,
      ...(csm === undefined ? [] : [sql`csm = ${param('String', csm)}`]),
      ...words.map((word) => sql`positionCaseInsensitiveUTF8(${text}, ${param('String', word)}) > 0`),
    ],
    ' AND ',
  )
}

const toCell = (type: RowColumn['type'], value: unknown): Cell => {
  if (value === null || value === undefined || value === '') return null
  if (type === 'boolean') return Number(value) === 1
  return type === 'number' || type === 'money' ? Number(value) : String(value)
}

/** Things of one kind across accounts, page by page, as they stand now. Throws `not_found` for a kind that is not listed, `bad_state`. */
export async function askObjects(books: Books, asking: Asking, asked: ObjectsAsked): Promise<ObjectPage> {
  const kind = OBJECT_KINDS.find(({ id }) => id === asked.of)
  if (kind === undefined) throw notFound('list', asked.of, `Give one of: ${OBJECT_KINDS.map(({ id }) => id).join(', ')}.`)
  const { book } = await readBook(books, asking)
  const columns = [...LEAD, ...kind.columns]
  const today = addDays(book.knownUntil, -1)
  const read = async (store: Book['store']) => {
    const found = sql`SELECT * FROM (${withAccount({ ...book, store }, kind.rows(book, today))}) WHERE ${conditionOf(kind, asked)}`
    const shown = joinSql(
      columns.map(({ id, type }) => (type === 'day' ? sql`toString(${identifier(id)}) AS ${identifier(`${id}_shown`)}` : identifier(id))),
      ', ',
    )
    return store.read<Record<string, unknown>>(
      sql`SELECT ${shown}, count() OVER () AS total_rows FROM (${found})
        ORDER BY ${kind.order} LIMIT ${param('UInt32', asked.limit)} OFFSET ${param('UInt32', asked.offset)}`,
    )
  }
  const rows = await compute(books.lanes, books.store, read, asking)
  const total = Number(rows[0]?.total_rows ?? 0)
  const end = asked.offset + rows.length
  return {
    columns,
    rows: rows.map((row) => columns.map(({ id, type }) => toCell(type, row[type === 'day' ? `${id}_shown` : id]))),
    total,
    next: end < total ? end : null,
  }
}
