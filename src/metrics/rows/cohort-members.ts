import { exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { converted, defineRowSet, inPeriods } from '../row-set.ts'
import type { Frame } from '../row-set.ts'

/**
 * Accounts that joined in the periods, their MRR on that day, and what is left of it at the given ages in months: the
 * state before the day on which they reached the age, at the exchange rate of the day they joined.
 */
export function agedMembers(frame: Frame, ages: readonly number[]): Sql {
  const { period, rest } = inPeriods(frame, sql`joined_on`)
  return sql`
    WITH joined AS (
        SELECT account_id, day AS joined_on, sum(ifNull(amount, 0)) AS base, max(isNull(amount)) AS unrated
        FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind = 'new' GROUP BY account_id, day),
      left_over AS (
        SELECT j.account_id AS account_id, j.joined_on AS joined_on, age, sum(${trusted(converted('s.mrr', 's.rate'))}) AS amount
        FROM joined AS j
        INNER JOIN (
          SELECT t.account_id AS account_id, t.day AS day, t.until AS until, t.mrr AS mrr, t.joined_on AS joined_on, r.rate AS rate
          FROM (
            SELECT d.account_id AS account_id, d.day AS day, d.until AS until, d.mrr AS mrr, toString(d.currency) AS currency, m.joined_on AS joined_on
            FROM (${frame.ledger(subscriptionDayLedger)}) AS d INNER JOIN joined AS m ON m.account_id = d.account_id WHERE d.mrr > 0 AND d.until > m.joined_on) AS t
          ASOF LEFT JOIN (SELECT toString(currency) AS currency, day, rate FROM (${frame.ledger(exchangeRateLedger)})) AS r ON r.currency = t.currency AND r.day <= t.joined_on
        ) AS s ON s.account_id = j.account_id AND s.joined_on = j.joined_on
        ARRAY JOIN arrayFilter(a -> s.day < addMonths(j.joined_on, a) AND s.until >= addMonths(j.joined_on, a), ${param('Array(UInt16)', ages)}) AS age
        GROUP BY account_id, joined_on, age)
    SELECT ${period} AS period, * FROM (
      SELECT p.account_id AS account_id, p.joined_on AS joined_on, p.age AS age, p.base AS base, p.unrated AS unrated,
        if(p.age = 0, p.base, l.amount) AS amount, p.age = 0 OR l.amount > 0 AS stays, addMonths(p.joined_on, p.age) <= ${param('Date32', frame.asOf)} AS reached
      FROM (SELECT account_id, joined_on, base, unrated, arrayJoin(${param('Array(UInt16)', ages)}) AS age FROM joined) AS p
      LEFT JOIN left_over AS l ON l.account_id = p.account_id AND l.joined_on = p.joined_on AND l.age = p.age
    ) ${rest}`
}

export const cohortMembers = defineRowSet({
  id: 'cohort_members',
  says: 'One row per account that became a customer in the period, with what is left of it at the age asked for.',
  columns: {
    joined_on: { name: 'Joined', kind: 'day' },
    age: { name: 'Age in months', kind: 'number' },
    base: { name: 'MRR when it joined', kind: 'money' },
    amount: { name: 'MRR at that age', kind: 'money' },
    stays: { name: 'Still a customer', kind: 'boolean' },
    reached: { name: 'Has reached the age', kind: 'boolean' },
  },
  unrated: 'unrated',
  rows: (frame) => agedMembers(frame, [Number(frame.options.age ?? '1')]),
})
