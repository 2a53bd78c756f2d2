import { converted, exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { defineRowSet, inPeriods, optionOf } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'

/**
 * Accounts that joined in the periods, their MRR on that day, and what is left of it at the given ages in months: the
 * state at the close of the day on which they reached the age, at the exchange rate of the day they joined. An account that joined
 * a period twice, because it returned after the reactivation window, is one member: it counts from the first time.
 */
export function agedMembers(frame: Frame, ages: readonly number[]): Sql {
  const { period, rest } = inPeriods(frame, sql`joined_on`)
  const froms = frame.periods.map(({ from }) => from).sort()
  const untils = frame.periods.map(({ until }) => until).sort()
  const slots = trusted(String(ages.length + 1))
  /** What is held at each age: added at the first age reached while it holds, taken off at the first one after. */
  const atAges = (column: string): Sql =>
    sql`arrayCumSum(arrayMap((x, y) -> x - y, sumResample(0, ${slots}, 1)(${trusted(column)}, first), sumResample(0, ${slots}, 1)(${trusted(column)}, last)))`
  const once = frame.settings.reactivation_window_days === '' ? sql`` : sql`ORDER BY joined_on LIMIT 1 BY period, account_id, age`
  return sql`
    WITH joined AS (
        SELECT account_id, day AS joined_on, sum(ifNull(amount, 0)) AS base, max(isNull(amount)) AS unrated,
          arrayMap(a -> addMonths(joined_on, a), ${param('Array(UInt16)', ages)}) AS turns
        FROM (${frame.ledger(mrrMovementLedger)})
        WHERE kind = 'new' AND day >= ${param('Date32', froms[0] ?? '1900-01-01')} AND day < ${param('Date32', untils.at(-1) ?? '1900-01-01')}
        GROUP BY account_id, day),
      held AS (
        SELECT d.account_id AS account_id, j.joined_on AS joined_on, toString(d.currency) AS currency, d.mrr AS mrr,
          arrayCount(x -> x < d.day, j.turns) AS first, arrayCount(x -> x < d.until, j.turns) AS last
        FROM (SELECT account_id, day, until, currency, mrr FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0) AS d
        INNER JOIN joined AS j ON j.account_id = d.account_id
        WHERE last > first),
      left_over AS (
        SELECT account_id, joined_on, ${atAges('amount')} AS amounts, ${atAges('one')} AS lives, ${atAges('gap')} AS gaps
        FROM (
          SELECT h.account_id AS account_id, h.joined_on AS joined_on, h.first AS first, h.last AS last, ${converted(sql`h.mrr`, sql`r.rate`)} AS amount,
            toInt32(1) AS one, toInt32(r.rate = 0) AS gap
          FROM held AS h ASOF LEFT JOIN (SELECT toString(currency) AS currency, day, rate FROM (${frame.ledger(exchangeRateLedger)})) AS r
            ON r.currency = h.currency AND r.day <= h.joined_on)
        GROUP BY account_id, joined_on)
    SELECT ${period} AS period, * FROM (
      SELECT account_id, joined_on, age, base, base_gap OR (age > 0 AND gap > 0) AS unrated, if(age = 0, base, left) AS amount, age = 0 OR live > 0 AS stays,
        turn < ${param('Date32', frame.asOf)} AS reached
      FROM (
        SELECT j.account_id AS account_id, j.joined_on AS joined_on, j.base AS base, j.unrated AS base_gap, j.turns AS turns,
          arrayResize(l.amounts, length(j.turns)) AS amounts, arrayResize(l.lives, length(j.turns)) AS lives, arrayResize(l.gaps, length(j.turns)) AS gaps
        FROM joined AS j LEFT JOIN left_over AS l ON l.account_id = j.account_id AND l.joined_on = j.joined_on)
      ARRAY JOIN ${param('Array(UInt16)', ages)} AS age, turns AS turn, amounts AS left, lives AS live, gaps AS gap
    ) ${rest} ${once}`
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
  options: { age: { says: 'Age in months', fallback: '1' } },
  rows: (frame) => agedMembers(frame, [Number(optionOf(frame, 'age'))]),
})
