import { joinSql, param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { mrrMovementLedger } from '../ledgers/mrr-movement-ledger.ts'
import type { Book } from '../metrics/kit/book.ts'

const MOST_WORDS = 8

/** Letters as they are compared: without case, accents and the differences of width that Unicode has. */
const folded = (text: Sql): Sql => sql`lowerUTF8(replaceRegexpAll(normalizeUTF8NFKD(${text}), '\\\\p{Mn}', ''))`

/** How well a text fits a word: the same, its beginning, the beginning of a word in it, somewhere inside, not at all. */
const fitOf = (text: Sql, word: Sql): Sql => sql`
  multiIf(${text} = ${word}, 5, startsWith(${text}, ${word}), 4,
    position(concat(' ', replaceRegexpAll(${text}, '[^\\\\p{L}\\\\p{N}]+', ' ')), concat(' ', ${word})) > 0, 3, position(${text}, ${word}) > 0, 2, 0)`

/** Every account of which anything is told that counts: those with a row of their own, and those only subscriptions name. */
const accountsOf = ({ store, ledger }: Book): Sql => sql`
  SELECT account_id, argMax(name, known) AS name, argMax(counted_as, known) AS counted_as, max(is_internal) AS is_internal
  FROM (
    SELECT account_id, name, counted_as, is_internal, 1 AS known FROM (${ledger(accountLedger)})
    UNION ALL
    SELECT DISTINCT account_id, '' AS name, account_id AS counted_as, 0 AS is_internal, 0 AS known FROM ${store.shardLocal(sql`SELECT account_id
      FROM (${ledger(mrrMovementLedger)}) GROUP BY account_id`)}
  ) GROUP BY account_id`

export interface FoundAccount {
  readonly account_id: string
  /** The id where no name is known. */
  readonly name: string
  /** The account that its history counts under: itself, unless it was merged into another. */
  readonly counted_as: string
  /** Left out of every number. */
  readonly is_internal: boolean
}

interface Row {
  readonly account_id: string
  readonly name: string
  readonly counted_as: string
  readonly is_internal: number
  readonly total: string
}

/** Accounts by what was typed of their name or id, the closest first, and how many fit. */
export async function findAccounts(book: Book, typed: string, limit: number, signal?: AbortSignal): Promise<{ accounts: FoundAccount[]; total: number }> {
  const words = typed
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
  if (words.length === 0) return { accounts: [], total: 0 }
  const asWord = (word: string): Sql => folded(param('String', word))
  const whole = asWord(words.join(' '))
  const fits = words.map((word) => sql`greatest(${fitOf(sql`folded_name`, asWord(word))}, ${fitOf(sql`folded_id`, asWord(word))})`)
  const rows = await book.store.read<Row>(
    sql`
    SELECT account_id, name, counted_as, is_internal, count() OVER () AS total
    FROM (
      SELECT *, ${folded(sql`name`)} AS folded_name, ${folded(sql`account_id`)} AS folded_id, [${joinSql(fits, ', ')}] AS fits,
        greatest(${fitOf(sql`folded_name`, whole)}, ${fitOf(sql`folded_id`, whole)}) AS fit
      FROM (${accountsOf(book)})
    )
    WHERE arrayMin(fits) > 0
    ORDER BY fit DESC, arraySum(fits) DESC, is_internal, lengthUTF8(name), name, account_id
    LIMIT ${param('UInt32', limit)}`,
    { signal },
  )
  const accounts = rows.map((row) => ({
    account_id: row.account_id,
    name: row.name || row.account_id,
    counted_as: row.counted_as,
    is_internal: Number(row.is_internal) === 1,
  }))
  return { accounts, total: Number(rows[0]?.total ?? 0) }
}
