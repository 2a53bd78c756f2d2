import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { converted, exchangeRateLedger } from './exchange-rate-ledger.ts'
import { defineLedger } from './ledger.ts'
import type { Derivation } from './ledger.ts'
import { mrrMovementLedger } from './mrr-movement-ledger.ts'

/** First day of the month of a day; `toStartOfMonth` would lose days before 1970. */
const monthOf = (day: string): string => `addDays(${day}, 1 - toDayOfMonth(${day}))`

/**
 * Balances of each subscription (in the reporting currency: of all of an account's) when each month opens and closes, from
 * the month of the first movement until there is nothing left or the ledger ends.
 */
const months = (from: Derivation): Sql => {
  const reporting = param('String', from.settings.reporting_currency)
  const until = param('Date32', from.until)
  const own = (column: string): Sql => sql`if(currency = ${reporting}, '', toString(${trusted(column)}))`
  return sql`
    SELECT account_id, billed_in, addMonths(began, step) AS month, if(step = 0, closing - change, closing) AS opening, closing,
      if(step = 0, flows, 0) AS flow, step = 0 AND gaps AS gap
    FROM (
      SELECT account_id, billed_in, began, change, flow AS flows, gap AS gaps, sum(change) OVER w AS closing, leadInFrame(began, 1, ${until}) OVER n AS next
      FROM (
        SELECT account_id, toString(currency) AS billed_in, ${own('subscription_id')} AS subscription, ${own('product')} AS what, ${own('plan')} AS how,
          ${trusted(monthOf('day'))} AS began, sum(native) AS change, sum(ifNull(amount, 0)) AS flow, max(isNull(amount)) AS gap
        FROM (${from.ledger(mrrMovementLedger)}) WHERE day < ${until}
        GROUP BY account_id, billed_in, subscription, what, how, began)
      WINDOW w AS (PARTITION BY account_id, billed_in, subscription, what, how ORDER BY began ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        n AS (PARTITION BY account_id, billed_in, subscription, what, how ORDER BY began ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    ) ARRAY JOIN range(if(closing = 0, 1, toUInt32(dateDiff('month', began, next)))) AS step`
}

/** Rates of every currency when each month opens and closes: those of the close of the day before. 0 where none was known. */
const monthRates = (from: Derivation): Sql => sql`
  SELECT t.billed_in AS billed_in, t.month AS month, o.rate AS opens, c.rate AS closes
  FROM (
    SELECT billed_in, addMonths(first, step) AS month, addMonths(first, step + 1) AS next
    FROM (SELECT toString(currency) AS billed_in, ${trusted(monthOf('min(day)'))} AS first FROM (${from.ledger(mrrMovementLedger)}) GROUP BY billed_in)
    ARRAY JOIN range(toUInt32(greatest(0, dateDiff('month', first, ${param('Date32', from.until)})))) AS step) AS t
  ASOF LEFT JOIN (SELECT toString(currency) AS currency, day, rate FROM (${from.ledger(exchangeRateLedger)})) AS o ON o.currency = t.billed_in
    AND o.day < t.month
  ASOF LEFT JOIN (SELECT toString(currency) AS currency, day, rate FROM (${from.ledger(exchangeRateLedger)})) AS c ON c.currency = t.billed_in
    AND c.day < t.next`

/**
 * What a series of months needs of an account, computed once: the rows of src/metrics/rows/account-periods.ts for calendar
 * months. Months in which an account had nothing and nothing happened have no row.
 */
export const accountMonthLedger = defineLedger({
  id: 'account_month',
  says: 'One account in one calendar month: its MRR when the month opens and closes, and what moved between.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    month: { type: 'Date32', says: 'First day of the month' },
    opening: { type: 'Decimal(38, 6)', says: 'MRR when it opens, at the rate of that day' },
    closing: { type: 'Decimal(38, 6)', says: 'MRR when it closes, at the rate of that day' },
    kept: { type: 'Decimal(38, 6)', says: 'MRR when it closes, at the rate at which it opened' },
    moved: { type: 'Decimal(38, 6)', says: 'Sum of the movements' },
    was_customer: { type: 'UInt8', says: 'MRR when it opens is above 0' },
    is_customer: { type: 'UInt8', says: 'MRR when it closes is above 0' },
    gap_opening: { type: 'UInt8', says: 'Some of the opening money had no rate' },
    gap_closing: { type: 'UInt8', says: 'Some of the closing money had no rate' },
    gap_kept: { type: 'UInt8', says: 'Some of the closing money had no rate when the month opened' },
    gap_moved: { type: 'UInt8', says: 'Some movement had no rate' },
  },
  orderBy: ['month', 'account_id'],
  after: [mrrMovementLedger, exchangeRateLedger],
  derive: (from) => sql`
    SELECT account_id, month, sum(${converted(sql`m.opening`, sql`r.opens`)}) AS opening, sum(${converted(sql`m.closing`, sql`r.closes`)}) AS closing,
      sum(${converted(sql`m.closing`, sql`r.opens`)}) AS kept, sum(m.flow) AS moved, max(m.opening != 0) AS was_customer, max(m.closing != 0) AS is_customer,
      max(m.opening != 0 AND r.opens = 0) AS gap_opening, max(m.closing != 0 AND r.closes = 0) AS gap_closing,
      max(m.closing != 0 AND r.opens = 0) AS gap_kept, max(m.gap) AS gap_moved
    FROM (${months(from)}) AS m INNER JOIN (${monthRates(from)}) AS r ON r.billed_in = m.billed_in AND r.month = m.month
    GROUP BY account_id, month HAVING was_customer OR is_customer OR moved != 0 OR gap_moved`,
})
