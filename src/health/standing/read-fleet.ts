import { currentFacts } from '../../facts/current.ts'
import { invoice } from '../../facts/invoice.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql } from '../../kernel/sql.ts'
import { usageDayLedger } from '../../ledgers/usage-day-ledger.ts'
import type { Fleet } from '../account-day.ts'
import { dayParam } from './frame.ts'
import type { StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'
import { hasResponses } from './read-responses.ts'
import { readNewestTicket } from './read-tickets.ts'
import { readLags } from './read-use.ts'
import type { Lags } from './read-use.ts'

/** What accounts have in common, with how late each source of use is. When use was first recorded is of days, not of a moment. */
export interface StandingFleet extends Omit<Fleet, 'first_use'> {
  readonly lags: Lags
}

async function readNewestUse({ book, day }: StandingFrame, accounts: RawAccounts): Promise<Day | null> {
  const internal = param('Array(String)', [
    ...accounts.internal,
    ...[...accounts.countedAs].flatMap(([named, as]) => (accounts.internal.has(as) ? [named] : [])),
  ])
  const here = sql`SELECT max(day) AS newest, count() AS n FROM (${book.ledger(usageDayLedger)})
    WHERE day <= ${dayParam(day)} AND account_id NOT IN ${internal}`
  const [found] = await book.store.read<{ newest: Day; n: string }>(
    sql`SELECT toString(max(newest)) AS newest, sum(n) AS n FROM ${book.store.shardLocal(sql`SELECT * FROM (${here}) WHERE n > 0`)}`,
  )
  return found === undefined || found.n === '0' ? null : found.newest
}

/** Whether any invoice is known at all, were it a draft. */
async function hasInvoices({ book, until }: StandingFrame, accounts: RawAccounts): Promise<boolean> {
  const counted = sql`account_id NOT IN ${param('Array(String)', [...accounts.internal])}`
  const any = sql`SELECT 1 AS one FROM (${currentFacts(invoice, { reportedOn: until, where: counted })}) LIMIT 1`
  return (await book.store.read(sql`SELECT one FROM ${book.store.shardLocal(any)} LIMIT 1`)).length > 0
}

/** What is known of all accounts together, whichever are read. */
export async function readFleet(frame: StandingFrame, accounts: RawAccounts): Promise<StandingFleet> {
  const lags = await readLags(frame, accounts)
  const [newest_use, newest_ticket] = [await readNewestUse(frame, accounts), await readNewestTicket(frame, accounts)]
  const [has_responses, has_invoices] = [await hasResponses(frame), await hasInvoices(frame, accounts)]
  return { lags, newest_use, newest_ticket, has_responses, has_invoices }
}

const sameLags = (a: Lags, b: Lags): boolean => a.size === b.size && [...a].every(([source, lag]) => b.get(source) === lag)

/** Whether accounts that nothing happened to are read as before. */
export const isSameFleet = ({ lags: was, ...a }: StandingFleet, { lags: is, ...b }: StandingFleet): boolean =>
  sameLags(was, is) && JSON.stringify(a) === JSON.stringify(b)
