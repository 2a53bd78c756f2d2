import { usageDayLedger } from '../../ledgers/usage-day-ledger.ts'
import { joinSql, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { defineRowSet, inPeriods, untils } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'
import { IN_ORDER, byCountedAccount, distinctUsers, keeping, payers, fineColumns } from './use.ts'

const FINE_DIMENSIONS = ['product', 'feature', 'platform', 'user_role'] as const

/** Users are those of an account: a person who works for two of them is a user of each. */
export const activeUsers = defineRowSet({
  id: 'active_users',
  says: 'One row per account with use in the period, and how many users it had.',
  columns: { users: { name: 'Active users', kind: 'number' } },
  fine: FINE_DIMENSIONS,
  distinct: true,
  rows: (frame) => byCountedAccount(frame, usageDayLedger, (rows) => distinctUsers(frame, rows, frame.fine, keeping(frame))),
})

/** Sums of the days of use; where not all rows of a day count, its days are counted anew. */
function usedIn(frame: Frame): Sql {
  const { period, rest } = inPeriods(frame, sql`day`)
  const whole = frame.fine.length === 0 && frame.kept.length === 0
  return byCountedAccount(
    frame,
    usageDayLedger,
    (rows, merged) => sql`
      SELECT period, account_id, ${fineColumns(frame)} sum(events) AS events,
        ${whole && !merged ? sql`sum(opens_user)` : sql`uniqExact(user_id, day)`} AS user_days,
        ${whole && !merged ? sql`sum(opens_account)` : sql`uniqExact(day)`} AS active_days
      FROM (SELECT ${period} AS period, account_id, user_id, day, product, feature, platform, user_role, events, opens_user, opens_account
        FROM (${rows}) ${rest} ${keeping(frame)})
      GROUP BY ${fineColumns(frame)} account_id, period ${IN_ORDER}`,
  )
}

export const accountUse = defineRowSet({
  id: 'account_use',
  says: 'One row per account with use in the period.',
  columns: {
    events: { name: 'Events', kind: 'number' },
    user_days: { name: 'Days of its users', kind: 'number' },
    active_days: { name: 'Days with use', kind: 'number' },
  },
  fine: FINE_DIMENSIONS,
  distinct: true,
  rows: usedIn,
})

const firstDays = (frame: Frame): Sql =>
  byCountedAccount(frame, usageDayLedger, (rows) => sql`SELECT account_id, min(day) AS first_day FROM (${rows}) GROUP BY account_id ${IN_ORDER}`)

export const customerUse = defineRowSet({
  id: 'customer_use',
  says: 'One row per customer at the end of the period, with its days of use in it.',
  columns: {
    active_days: { name: 'Days with use', kind: 'number' },
    first_use: { name: 'First use ever', kind: 'day' },
  },
  rows: (frame) => sql`
    SELECT c.period AS period, c.account_id AS account_id, u.active_days AS active_days,
      k.account_id != '' AND k.first_day < ${untils(frame)}[c.period + 1] AS connected, if(connected, toNullable(k.first_day), NULL) AS first_use
    FROM (${payers(frame)}) AS c
    LEFT JOIN (SELECT account_id, period, active_days FROM (${usedIn(frame)})) AS u ON u.account_id = c.account_id AND u.period = c.period
    LEFT JOIN (${firstDays(frame)}) AS k ON k.account_id = c.account_id`,
})

export const WEEKS = 8

/** Weeks end with the period: the first is the latest. */
export const weeklyUse = defineRowSet({
  id: 'weekly_use',
  says: 'One row per account with use in the eight weeks before the end of the period.',
  columns: Object.fromEntries(
    Array.from({ length: WEEKS }, (_, i) => [`week_${i + 1}`, { name: i === 0 ? 'Last week' : `${i + 1} weeks ago`, kind: 'number' as const }]),
  ),
  fine: FINE_DIMENSIONS,
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    const weeks = joinSql(
      Array.from({ length: WEEKS }, (_, i) => trusted(`sumIf(events, week = ${i}) AS week_${i + 1}`)),
      ', ',
    )
    return byCountedAccount(
      frame,
      usageDayLedger,
      (rows) => sql`
        SELECT period, account_id, ${fineColumns(frame)} ${weeks}
        FROM (SELECT ${period} AS period, account_id, ${fineColumns(frame)} events,
          intDiv(toInt32(${untils(frame)}[period + 1]) - toInt32(day) - 1, 7) AS week FROM (${rows}) ${rest})
        GROUP BY ${fineColumns(frame)} account_id, period ${IN_ORDER}`,
    )
  },
})
