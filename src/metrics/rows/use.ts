import { accountLedger } from '../../ledgers/account-ledger.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { addDays } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import { emptySql, identifier, joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { atEnds } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'

/** Rows of product use, and whether several accounts of the sources are counted as one in them. */
export type UseQuery = (rows: Sql, merged: boolean) => Sql

/**
 * A query over a ledger of raw accounts, answered by the accounts they are counted as, internal ones left out. Accounts that
 * were merged are few: only their rows are brought together, all others are read in the order in which they lie.
 */
export function byCountedAccount(frame: Pick<Frame, 'ledger'>, ledger: LedgerDefinition, query: UseQuery): Sql {
  const accounts = frame.ledger(accountLedger)
  const family = sql`SELECT arrayJoin([account_id, counted_as]) FROM (${accounts}) WHERE counted_as != account_id`
  const internal = sql`SELECT account_id FROM (${accounts}) WHERE is_internal = 1 AND counted_as = account_id`
  const own = joinSql(
    Object.keys(ledger.columns)
      .filter((name) => name !== 'account_id')
      .map(identifier),
    ', ',
  )
  const brought = sql`
    SELECT if(a.counted_as = '', u.account_id, a.counted_as) AS account_id, ${own}
    FROM (SELECT * FROM (${frame.ledger(ledger)}) WHERE account_id IN (${family})) AS u
    LEFT JOIN (SELECT account_id, counted_as FROM (${accounts}) WHERE counted_as != account_id) AS a ON a.account_id = u.account_id`
  return sql`
    SELECT * FROM (${query(frame.ledger(ledger), false)}) WHERE account_id NOT IN (${family}) AND account_id NOT IN (${internal})
    UNION ALL
    SELECT * FROM (${query(brought, true)}) WHERE account_id NOT IN (${internal})`
}

/**
 * Aggregates rows as they come in the order of accounts: memory for one account at a time, not for all of them. Slower where
 * there are many groups in an account.
 */
export const IN_ORDER = trusted('SETTINGS optimize_aggregation_in_order = 1')

/** The filters of fine dimensions that rows which count distinct things apply before they count. */
export const keeping = (frame: Frame): Sql =>
  frame.kept.length === 0
    ? emptySql
    : joinSql(
        frame.kept.map(({ dimension, values }) => sql` AND ${identifier(dimension)} IN ${param('Array(String)', values)}`),
        '',
      )

/** The fine dimensions asked for, each followed by a comma. */
export const fineColumns = (frame: Frame): Sql => (frame.fine.length === 0 ? emptySql : sql`${joinSql(frame.fine.map(identifier), ', ')}, `)

/** What an 64-bit mask can tell apart. */
const MASK = 64

/**
 * Counts distinct users in periods, which may overlap: the periods in which a user was seen are the bits of one number.
 * Columns: period, account_id, `by`, users. `where` begins with AND.
 */
export function distinctUsers(frame: Frame, rows: Sql, by: readonly string[], where: Sql): Sql {
  const chunks = Array.from({ length: Math.ceil(frame.periods.length / MASK) }, (_, i) => frame.periods.slice(i * MASK, (i + 1) * MASK))
  const group = joinSql(by.map(identifier), ', ')
  const also = by.length === 0 ? emptySql : sql`, ${group}`
  return joinSql(
    chunks.map((periods, chunk) => {
      const [first, end] = [
        periods.map(({ from }) => from).sort()[0] ?? '',
        periods
          .map(({ until }) => until)
          .sort()
          .at(-1) ?? '',
      ]
      const counted = joinSql(
        periods.map((_, i) => trusted(`countIf(bitTest(seen, ${i}))`)),
        ', ',
      )
      return sql`
    SELECT period, account_id${also}, users
    FROM (
      SELECT account_id${also}, [${counted}] AS counted
      FROM (
        SELECT account_id, user_id${also},
          groupBitOr(${param('Array(UInt64)', masks(periods, first, end))}[toInt32(day) - toInt32(${param('Date32', first)}) + 1]) AS seen
        FROM (${rows}) WHERE day >= ${param('Date32', first)} AND day < ${param('Date32', end)} ${where}
        GROUP BY account_id, user_id${also} ${by.length === 0 ? IN_ORDER : emptySql}
      ) GROUP BY account_id${also}
    ) ARRAY JOIN counted AS users, ${param(
      'Array(UInt16)',
      periods.map((_, i) => chunk * MASK + i),
    )} AS period WHERE users > 0`
    }),
    ' UNION ALL ',
  )
}

/** For each day from the first on, the periods it lies in as the bits of a number. */
function masks(periods: readonly Period[], first: string, end: string): string[] {
  const found: string[] = []
  for (let day = first; day < end; day = addDays(day, 1))
    found.push(String(periods.reduce((mask, { from, until }, i) => (from <= day && day < until ? mask | (1n << BigInt(i)) : mask), 0n)))
  return found
}

/** The days before the end of a period that a window holds. */
export const window =
  (length: number) =>
  ({ until }: Period): readonly Period[] => [{ from: addDays(until, -length), until }]

/** Accounts that pay at the end of each period: `of` is selected from their subscriptions beside period and account_id. */
export function payers(frame: Frame, of: Sql = emptySql, by: Sql = emptySql): Sql {
  const { period, rest } = atEnds(frame)
  return sql`
    SELECT period, account_id${of}
    FROM (SELECT ${period} AS period, account_id, product, quantity
      FROM (SELECT account_id, day, until, toString(product) AS product, quantity FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0) ${rest})
    GROUP BY period, account_id${by}`
}
