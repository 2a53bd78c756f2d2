import { sql, trusted } from '../../kernel/sql.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { defineRowSet, inPeriods, optionOf } from '../kit/row-set.ts'
import { asOf } from './customers.ts'

/**
 * A customer who stops on the very day of an anniversary did not renew it. Returning is another life: it does not count.
 */
export const cohortLives = defineRowSet({
  id: 'cohort_lives',
  says: 'One row per account that became a customer in the period, with how many anniversaries have passed and at which it was gone.',
  columns: {
    day: { name: 'Became a customer', kind: 'day' },
    left_on: { name: 'Left', kind: 'day' },
    gone_at: { name: 'Gone at age', kind: 'number' },
    age: { name: 'Age the cohort could have', kind: 'number' },
    base: { name: 'MRR at the start', kind: 'money' },
  },
  unrated: 'unrated',
  options: { age: { says: 'How often a customer can leave: at the end of each month, or of each year', fallback: 'month', choices: ['month', 'year'] } },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    const step = optionOf(frame, 'age') === 'year' ? sql`12` : sql`1`
    const between = (until: string) => sql`toInt32(intDiv(dateDiff('month', day, ${trusted(until)}), ${step}))`
    return sql`
    SELECT ${period} AS period, account_id, day, base, unrated, if(left_day < ${asOf(frame)}, toNullable(left_day), NULL) AS left_on,
      ${between('last_day')} + 1 AS ages, toInt32(arrayFirst(k -> addMonths(day, ${step} * k) <= last_day, arrayReverse(range(ages + 1)))) AS age,
      if(isNull(left_on), NULL, toNullable(toInt32(arrayFirst(k -> addMonths(day, ${step} * k) >= left_day, range(1, ${between('left_day')} + 3))))) AS gone_at
    FROM (
      SELECT j.account_id AS account_id, j.day AS day, j.base AS base, j.unrated AS unrated, addDays(${asOf(frame)}, -1) AS last_day,
        arrayMin(arrayPushBack(arrayFilter(x -> x > j.day, l.days), toDate32('2299-12-31'))) AS left_day
      FROM (
        SELECT account_id, day, sum(ifNull(amount, 0)) AS base, max(isNull(amount)) AS unrated FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind = 'new'
        GROUP BY account_id, day) AS j
      LEFT JOIN (SELECT account_id, groupUniqArray(day) AS days FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind = 'churn' GROUP BY account_id) AS l
        ON l.account_id = j.account_id
    ) ${rest}`
  },
})
