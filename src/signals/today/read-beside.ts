import { currentFacts } from '../../facts/current.ts'
import { pulse } from '../../facts/pulse.ts'
import type { Pulse } from '../../health/lists.ts'
import { snapshotsSql } from '../../health/snapshot.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { taskLedger } from '../../ledgers/task-ledger.ts'
import { touchpointLedger } from '../../ledgers/touchpoint-ledger.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { LastSaid } from './read-accounts.ts'

type Ledgers = Pick<Book, 'store' | 'ledger' | 'settings'>

/** MRR of an account on a day and 90 days before, in its billing currency where it has one alone. */
export interface MoneyMoved {
  readonly now: number
  readonly before: number
}

export const MONEY_DAYS = 90

/** Of accounts whose MRR moved by a tenth or more: no others can speak against their band. */
export async function readMoneyMoved({ store, ledger }: Ledgers, day: Day): Promise<Map<string, MoneyMoved>> {
  const until = (last: Day) => sql`day <= ${param('Date32', last)}`
  const before = addDays(day, -MONEY_DAYS)
  const here = sql`
    SELECT account_id, uniqExact(currency) = 1 AS one, toFloat64(if(one, sumIf(native, ${until(day)}), sumIf(ifNull(amount, 0), ${until(day)}))) AS now,
      toFloat64(if(one, sumIf(native, ${until(before)}), sumIf(ifNull(amount, 0), ${until(before)}))) AS before
    FROM (${ledger(mrrMovementLedger)}) GROUP BY account_id HAVING before > 0 AND now > 0 AND abs(now / before - 1) >= 0.0999`
  const rows = await store.read<{ account_id: string } & MoneyMoved>(sql`SELECT account_id, now, before FROM ${store.shardLocal(here)}`)
  return new Map(rows.map(({ account_id, now, before: then }) => [account_id, { now: Number(now), before: Number(then) }]))
}

/** The newest pulse of each account up to the close of a day. */
export async function readPulses({ store, settings }: Ledgers, day: Day): Promise<Map<string, Pulse>> {
  const on = sql`toDate32(toTimeZone(assumeNotNull(set_at), ${param('String', settings.time_zone)}))`
  const here = sql`
    SELECT account_id, ${on} AS set_on, toString(value) AS value, reason, author FROM (${currentFacts(pulse)})
    WHERE isNotNull(set_at) AND set_on <= ${param('Date32', day)} ORDER BY account_id, set_at DESC LIMIT 1 BY account_id`
  const rows = await store.read<Pulse & { account_id: string }>(sql`SELECT * FROM ${store.shardLocal(here)}`)
  return new Map(rows.map(({ account_id, ...found }) => [account_id, found]))
}

/** Talks with accounts and tasks set for them, by local day. */
const actsSql = ({ ledger, settings }: Ledgers): Sql => sql`
  SELECT account_id, day FROM (${ledger(touchpointLedger)})
  UNION ALL SELECT account_id, toDate32(toTimeZone(created_at, ${param('String', settings.time_zone)})) AS day FROM (${ledger(taskLedger)})`

/** The last day on which somebody of the team talked with each account or set a task for it, up to a day. */
export async function readLastActs(book: Ledgers, day: Day): Promise<Map<string, Day>> {
  const here = sql`SELECT account_id, max(day) AS last FROM (${actsSql(book)}) WHERE day <= ${param('Date32', day)} GROUP BY account_id`
  const rows = await book.store.read<{ account_id: string; last: Day }>(sql`SELECT * FROM ${book.store.shardLocal(here)}`)
  return new Map(rows.map(({ account_id, last }) => [account_id, last]))
}

/** Accounts of which an input of their model cannot be checked, by input and reason. */
export interface MissingSum {
  readonly input: string
  readonly reason: string
  readonly accounts: number
  readonly arr: number
}

export async function readMissing({ store }: Pick<Book, 'store'>, { day, mode }: LastSaid, accounts: readonly string[] | null): Promise<MissingSum[]> {
  const said = snapshotsSql({ mode, from: day, until: day, ...(accounts === null ? {} : { accounts }) }, ['account_id', 'arr', 'inputs'])
  const here = sql`
    SELECT JSONExtractString(one, 'id') AS input, JSONExtractString(one, 'reading', 'missing') AS reason, count() AS accounts, sum(arr) AS arr
    FROM (${said}) ARRAY JOIN JSONExtractArrayRaw(inputs) AS one WHERE reason != '' GROUP BY input, reason`
  const rows = await store.read<{ input: string; reason: string; accounts: string; arr: number }>(
    sql`SELECT input, reason, sum(accounts) AS accounts, sum(arr) AS arr FROM ${store.shardLocal(here)}
      GROUP BY input, reason ORDER BY arr DESC, input, reason`,
  )
  return rows.map((row) => ({ ...row, accounts: Number(row.accounts), arr: Number(row.arr) }))
}
