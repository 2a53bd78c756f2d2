import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { revenueLedger } from '../../ledgers/revenue-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { defineRowSet, froms, inPeriods, untils } from '../row-set.ts'
import type { Frame } from '../row-set.ts'

/**
 * Purchases: local days on which an account was charged, refunds taking none away. An account that had MRR before the
 * first bill the facts hold has a first purchase nobody knows, and is left out.
 */
const purchaseDays = (frame: Frame): Sql => sql`
  SELECT account_id, billed_on, sum(ifNull(bill, 0)) AS amount, max(isNull(bill)) AS unrated,
    groupUniqArray(if(order_subscription != '', order_subscription, toString(order_product))) AS orders, max(charge_kind = 'one_off') AS one_off
  FROM (
    SELECT account_id, billed_on, charge_id, any(kind) AS charge_kind, any(subscription_id) AS order_subscription, any(product) AS order_product,
      sum(native) AS whole, if(max(isNull(amount)), NULL, sum(amount)) AS bill
    FROM (${frame.ledger(revenueLedger)}) WHERE kind IN ('recurring', 'one_off', 'usage') AND billed_on < ${param('Date32', frame.asOf)}
    GROUP BY account_id, billed_on, charge_id HAVING whole > 0)
  WHERE account_id NOT IN (SELECT account_id FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind != 'none' AND day < ${param('Date32', frame.firstBill)})
  GROUP BY account_id, billed_on`

/** Each account's purchases in order: (day, amount, orders, one_off, unrated). */
const histories = (frame: Frame): Sql => sql`
  SELECT account_id, arraySort(groupArray((billed_on, amount, orders, one_off, unrated))) AS purchases, purchases[1].1 AS first_on
  FROM (${purchaseDays(frame)}) GROUP BY account_id`

/** Without renewals, a later purchase counts when it is a one-off or the first charge of another subscription or product. */
const newOrder = sql`(p.4 = 1
  OR arrayExists(o -> o != '' AND NOT arrayExists(q -> q.1 < p.1 AND has(q.3, o), purchases), p.3)
  OR (has(p.3, '') AND has(started, p.1)))`

export const firstBuyers = defineRowSet({
  id: 'first_buyers',
  says: 'One row per account whose first purchase lies in the period and whose time for a second one is over.',
  columns: {
    first_on: { name: 'First purchase', kind: 'day' },
    again_on: { name: 'Second purchase', kind: 'day' },
    purchases_known: { name: 'Purchases', kind: 'number' },
  },
  rows: (frame) => {
    const horizon = param('Int32', Number(frame.options.horizon_days ?? frame.settings.c2_horizon_days))
    const { period, rest } = inPeriods(frame, sql`first_on`)
    const renewals = (frame.options.renewals_count ?? frame.settings.renewals_count) === 'yes'
    return sql`
    SELECT ${period} AS period, account_id, first_on, length(purchases) AS purchases_known,
      arrayFilter(p -> p.1 > first_on AND p.1 <= addDays(first_on, ${horizon}) AND ${renewals ? sql`1` : newOrder}, purchases)[1].1 AS again_day,
      again_day > first_on AS again, if(again, toNullable(again_day), NULL) AS again_on
    FROM (
      SELECT h.account_id AS account_id, h.purchases AS purchases, h.first_on AS first_on, s.started AS started
      FROM (${histories(frame)}) AS h
      LEFT JOIN (SELECT account_id, groupArray(began) AS started FROM (
          SELECT account_id, min(day) AS began FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0 GROUP BY account_id, subscription_id) GROUP BY account_id) AS s ON s.account_id = h.account_id
    ) ${rest} AND addDays(first_on, ${horizon}) < ${param('Date32', frame.asOf)}`
  },
})

export const repeatBuyers = defineRowSet({
  id: 'repeat_buyers',
  says: 'One row per account whose first purchase lies in the period and who bought again since.',
  columns: {
    first_on: { name: 'First purchase', kind: 'day' },
    first_check: { name: 'First check', kind: 'money' },
    later_check: { name: 'Mean of later checks', kind: 'money' },
    later: { name: 'Later purchases', kind: 'number' },
  },
  unrated: 'unrated',
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`first_on`)
    return sql`
    SELECT ${period} AS period, account_id, first_on, purchases[1].2 AS first_check, length(purchases) - 1 AS later,
      CAST(roundBankers(divideDecimal(CAST(arraySum(arrayMap(p -> p.2, arraySlice(purchases, 2))), 'Decimal(76, 6)'), toDecimal256(later, 0), 20), 6), 'Decimal(38, 6)') AS later_check,
      arrayExists(p -> p.5 = 1, purchases) AS unrated
    FROM (SELECT * FROM (${histories(frame)}) WHERE length(purchases) >= 2) ${rest}`
  },
})

export const purchaseRows = defineRowSet({
  id: 'purchases',
  says: 'One row per purchase: a local day on which an account was charged.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    amount: { name: 'Charged on the day', kind: 'money' },
  },
  unrated: 'unrated',
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`billed_on`)
    return sql`
    SELECT period, account_id, billed_on AS day, sum(ifNull(bill, 0)) AS amount, max(isNull(bill)) AS unrated
    FROM (SELECT ${period} AS period, account_id, billed_on, bill FROM (
      SELECT account_id, billed_on, charge_id, sum(native) AS whole, if(max(isNull(amount)), NULL, sum(amount)) AS bill
      FROM (${frame.ledger(revenueLedger)}) WHERE kind IN ('recurring', 'one_off', 'usage') GROUP BY account_id, billed_on, charge_id HAVING whole > 0) ${rest})
    GROUP BY period, account_id, billed_on`
  },
})

/** How long accounts were customers in the period: the exposure of everything counted "per customer and year". */
export const customerDays = defineRowSet({
  id: 'customer_days',
  says: 'One row per account that paid in the period, with the days at whose close it did.',
  columns: { days_paid: { name: 'Days as a customer', kind: 'number' } },
  rows: (frame) => sql`
    SELECT period, account_id, length(arrayDistinct(arrayFlatten(groupArray(range(toUInt32(toInt32(starts) + 40000), toUInt32(toInt32(ends) + 40000)))))) AS days_paid
    FROM (
      SELECT period, account_id, greatest(day, ${froms(frame)}[period + 1]) AS starts, least(until, ${untils(frame)}[period + 1]) AS ends
      FROM (SELECT account_id, day, until FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0)
      ARRAY JOIN arrayFilter(i -> day < ${untils(frame)}[i + 1] AND until > ${froms(frame)}[i + 1], range(${param('UInt16', frame.periods.length)})) AS period
    ) GROUP BY period, account_id`,
})
