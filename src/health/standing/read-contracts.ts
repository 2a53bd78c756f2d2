import { readPieces } from '../../facts/read-pieces.ts'
import { addDays } from '../../kernel/period.ts'
import { sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { contractTermsLedger } from '../../ledgers/contract-terms-ledger.ts'
import { converted, exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { LONG_CUSTOMER } from '../caps.ts'
import type { Terms } from '../contracts.ts'
import { dayOrNull, dayParam, days, numberOrNull, numbersOrNone, ofWanted, plain } from './frame.ts'
import type { Cell, StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'

/** What is paid for at the close of the day, with the terms under which it is. Metered charges have none. */
function paidContracts(frame: StandingFrame): Sql {
  const { book } = frame
  const day = dayParam(frame.day)
  const now = (rows: Sql): Sql => sql`${rows} WHERE day <= ${day} AND until > ${day}${ofWanted(frame)}`
  const rates = sql`SELECT toString(currency) AS currency, rate FROM (${book.ledger(exchangeRateLedger)}) WHERE day <= ${day} AND until > ${day}`
  return book.store.shardLocal(sql`
    SELECT paid.account_id AS account_id, paid.subscription_id AS subscription_id, paid.currency AS currency, paid.unrated AS unrated, paid.native AS native,
      paid.mrr AS mrr, paid.arr AS arr, paid.seats AS seats, c.told != '' AS has_terms, c.day AS since, c.started_on AS started_on,
      c.interval_months AS interval_months, c.term_months AS term_months, c.notice_days AS notice_days, toString(c.auto_renew) AS auto_renew,
      c.renews_on AS renews_on, c.is_open AS is_open
    FROM (
      SELECT account_id, subscription_id, p.currency AS currency, r.rate AS rate, rate = 0 AS unrated, toFloat64(priced) AS native,
        toFloat64(${converted(sql`priced`, sql`rate`)}) AS mrr, toFloat64(${converted(sql`yearly`, sql`rate`)}) AS arr, toFloat64(quantity) AS seats
      FROM (
        SELECT account_id, subscription_id, toString(currency) AS currency, mrr AS priced, arr AS yearly, quantity
        FROM (${now(sql`SELECT * FROM (${book.ledger(subscriptionDayLedger)})`)}) WHERE mrr > 0) AS p
      LEFT JOIN (${rates}) AS r ON r.currency = p.currency) AS paid
    LEFT JOIN (${now(sql`SELECT * FROM (${book.ledger(contractTermsLedger)})`)}) AS c
      ON c.account_id = paid.account_id AND c.subscription_id = paid.subscription_id`)
}

const COLUMNS = {
  ...plain('account_id', 'subscription_id', 'currency', 'unrated', 'native', 'mrr', 'arr', 'seats', 'has_terms', 'interval_months', 'auto_renew', 'is_open'),
  ...days('since', 'started_on', 'renews_on'),
  ...numbersOrNone('term_months', 'notice_days'),
}

/** Money and the terms in force. Accounts that may have decided are marked; they hold what is paid for all the same. */
export async function readPaidContracts(frame: StandingFrame, accounts: RawAccounts): Promise<void> {
  for await (const piece of readPieces<string | number>(frame.book.store, sql`SELECT * FROM ${paidContracts(frame)}`, COLUMNS)) {
    const cell = (name: string, i: number): Cell => piece[name]?.[i]
    const size = piece['account_id']?.length ?? 0
    for (let i = 0; i < size; i++) {
      const account = accounts.of(String(cell('account_id', i)))
      if (account === null) continue
      const isUnrated = Number(cell('unrated', i)) === 1
      account.mrr += Number(cell('mrr', i))
      account.arr += Number(cell('arr', i))
      if (isUnrated) account.is_unrated = true
      if (Number(cell('has_terms', i)) === 0) continue
      const terms: Terms = {
        contract: String(cell('subscription_id', i)),
        from: String(cell('since', i)),
        status: 'active',
        mrr: Number(cell(isUnrated ? 'native' : 'mrr', i)),
        currency: String(cell('currency', i)),
        seats: Number(cell('seats', i)),
        interval_months: Number(cell('interval_months', i)),
        term_months: numberOrNull(cell('term_months', i)),
        canceled_on: null,
        ends_on: null,
        notice_days: numberOrNull(cell('notice_days', i)),
        auto_renew: cell('auto_renew', i) as Terms['auto_renew'],
        renews_on: dayOrNull(cell('renews_on', i)),
      }
      const started = String(cell('started_on', i))
      account.contracts.push(started < terms.from ? [{ ...terms, from: started }, terms] : [terms])
      if (Number(cell('is_open', i)) === 0) account.is_open = false
    }
  }
}

/** Whether accounts paid long ago, under whichever contract. */
export async function readLongCustomers(frame: StandingFrame, accounts: RawAccounts): Promise<void> {
  const before = dayParam(addDays(frame.day, -LONG_CUSTOMER))
  const here = sql`SELECT DISTINCT account_id FROM (${frame.book.ledger(subscriptionDayLedger)}) WHERE mrr > 0 AND day <= ${before}${ofWanted(frame)}`
  const rows = sql`SELECT account_id FROM ${frame.book.store.shardLocal(here)}`
  for await (const piece of readPieces<string>(frame.book.store, rows, plain('account_id')))
    for (const id of piece['account_id'] ?? []) {
      const account = accounts.of(id)
      if (account !== null) account.is_long_customer = true
    }
}
