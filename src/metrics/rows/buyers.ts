import { bySetting } from '../kit/option.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { revenueLedger } from '../../ledgers/revenue-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { defineRowSet, froms, inPeriods, untils, optionOf } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'

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

const PURCHASE = ['day', 'amount', 'orders', 'one_off', 'unrated'] as const
const [p, q, earliest] = [elementsOf('p', PURCHASE), elementsOf('q', PURCHASE), elementsOf('purchases[1]', PURCHASE)]
const BILL = ['day', 'amount'] as const
const [bill, firstBill] = [elementsOf('bill', BILL), elementsOf('bills[1]', BILL)]

/** Each account's purchases in order. */
const histories = (frame: Frame): Sql => sql`
  SELECT account_id, arraySort(groupArray((billed_on, amount, orders, one_off, unrated))) AS purchases, ${earliest.day} AS first_on
  FROM (${purchaseDays(frame)}) GROUP BY account_id`

/** Without renewals, a later purchase counts when it is a one-off or the first charge of another subscription or product. */
const newOrder = sql`(${p.one_off} = 1
  OR arrayExists(o -> o != '' AND NOT arrayExists(q -> ${q.day} < ${p.day} AND has(${q.orders}, o), purchases), ${p.orders})
  OR (has(${p.orders}, '') AND has(started, ${p.day})))`

export const firstBuyers = defineRowSet({
  id: 'first_buyers',
  says: 'One row per account whose first purchase lies in the period and whose time for a second one is over.',
  columns: {
    first_on: { name: 'First purchase', kind: 'day' },
    again_on: { name: 'Second purchase', kind: 'day' },
    purchases_known: { name: 'Purchases', kind: 'number' },
  },
  consults: [mrrMovementLedger, subscriptionDayLedger],
  options: {
    horizon_days: bySetting('c2_horizon_days', 'Days for the second purchase'),
    renewals_count: bySetting('renewals_count', 'yes: the second bill of a subscription counts; no: only new orders do'),
  },
  rows: (frame) => {
    const horizon = param('Int32', Number(optionOf(frame, 'horizon_days')))
    const { period, rest } = inPeriods(frame, sql`first_on`)
    const renewals = optionOf(frame, 'renewals_count') === 'yes'
    return sql`
    SELECT ${period} AS period, account_id, first_on, length(purchases) AS purchases_known,
      arrayFilter(p -> ${p.day} > first_on AND ${p.day} <= addDays(first_on, ${horizon}) AND ${renewals ? sql`1` : newOrder}, purchases) AS again_bought,
      ${elementsOf('again_bought[1]', PURCHASE).day} AS again_day,
      again_day > first_on AS again, if(again, toNullable(again_day), NULL) AS again_on
    FROM (
      SELECT h.account_id AS account_id, h.purchases AS purchases, h.first_on AS first_on, s.started AS started
      FROM (${histories(frame)}) AS h
      LEFT JOIN (SELECT account_id, groupArray(began) AS started FROM (
          SELECT account_id, min(day) AS began FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0 GROUP BY account_id, subscription_id)
        GROUP BY account_id) AS s ON s.account_id = h.account_id
    ) ${rest} AND addDays(first_on, ${horizon}) < ${param('Date32', frame.asOf)}`
  },
})

/**
 * What an account was charged, kept apart by what can be compared: bills of a subscription with bills of the same one, per
 * month that they pay for; one-off purchases and use each with their like. A contract paid for a year in advance and a seat added for
 * the rest of it are no growth of one another.
 */
const comparableBills = (frame: Frame): Sql => sql`
  SELECT account_id, billed_on, alike, sum(bill) AS amount, max(gap) AS unrated
  FROM (
    SELECT account_id, billed_on, charge_id, toString(any(kind)) AS sort, if(any(subscription_id) != '', any(subscription_id), toString(any(product))) AS thing,
      if(sort = 'recurring', concat(sort, ' ', thing), sort) AS alike,
      if(sort = 'recurring' AND ifNull(any(covers_months), 0) > 0, assumeNotNull(any(covers_months)), toDecimal128(1, 6)) AS months,
      sum(native) AS whole, max(isNull(amount)) AS gap,
      CAST(roundBankers(divideDecimal(CAST(sum(ifNull(amount, 0)), 'Decimal(76, 6)'), toDecimal256(months, 6), 20), 6), 'Decimal(38, 6)') AS bill
    FROM (${frame.ledger(revenueLedger)}) WHERE kind IN ('recurring', 'one_off', 'usage') AND billed_on < ${param('Date32', frame.asOf)}
    GROUP BY account_id, billed_on, charge_id HAVING whole > 0)
  GROUP BY account_id, billed_on, alike`

export const repeatBuyers = defineRowSet({
  id: 'repeat_buyers',
  says: 'One row per account whose first purchase lies in the period and who bought the like again since: a subscription per month it was billed for, one-off purchases and use apart.',
  columns: {
    first_on: { name: 'First purchase', kind: 'day' },
    first_check: { name: 'First checks that have a like', kind: 'money' },
    later_check: { name: 'Mean of the later ones', kind: 'money' },
    later: { name: 'Later checks', kind: 'number' },
  },
  unrated: 'unrated',
  consults: [mrrMovementLedger],
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`first_on`)
    return sql`
    SELECT ${period} AS period, account_id, first_on, first_check, later, later_check, unrated
    FROM (
      SELECT c.account_id AS account_id, any(h.first_on) AS first_on, sum(c.first_bill) AS first_check, sum(c.more) AS later,
        sum(c.mean) AS later_check, max(c.unrated) AS unrated
      FROM (
        SELECT account_id, alike, arraySort(groupArray((billed_on, amount))) AS bills, ${firstBill.amount} AS first_bill,
          length(bills) - 1 AS more, max(unrated) AS unrated,
          CAST(roundBankers(divideDecimal(CAST(arraySum(arrayMap(bill -> ${bill.amount}, arraySlice(bills, 2))), 'Decimal(76, 6)'),
            toDecimal256(greatest(more, 1), 0), 20), 6), 'Decimal(38, 6)') AS mean
        FROM (${comparableBills(frame)}) GROUP BY account_id, alike HAVING more > 0) AS c
      INNER JOIN (SELECT account_id, first_on FROM (${histories(frame)})) AS h ON h.account_id = c.account_id GROUP BY account_id) ${rest}`
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
    SELECT period, account_id,
      length(arrayDistinct(arrayFlatten(groupArray(range(toUInt32(toInt32(starts) + 40000), toUInt32(toInt32(ends) + 40000)))))) AS days_paid
    FROM (
      SELECT period, account_id, greatest(day, ${froms(frame)}[period + 1]) AS starts, least(until, ${untils(frame)}[period + 1]) AS ends
      FROM (SELECT account_id, day, until FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0)
      ARRAY JOIN arrayFilter(i -> day < ${untils(frame)}[i + 1] AND until > ${froms(frame)}[i + 1], range(${param('UInt16', frame.periods.length)})) AS period
    ) GROUP BY period, account_id`,
})
