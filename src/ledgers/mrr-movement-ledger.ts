import type { Settings } from '../kernel/settings.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { exchangeRateLedger } from './exchange-rate-ledger.ts'
import { defineLedger } from './ledger.ts'
import { subscriptionDayLedger } from './subscription-day-ledger.ts'
import { elementsOf } from './tuple.ts'

/** Native money at a rate, rounded once to six places, half to even. Null where there was no rate. */
export const atRate = (native: string, rate: string): Sql =>
  trusted(
    `if(${rate} = 0 AND ${native} != 0, NULL, CAST(roundBankers(CAST(${native}, 'Decimal(76, 6)') * CAST(${rate}, 'Decimal(76, 12)'), 6), 'Decimal(38, 6)'))`,
  )

/** The amount that one change adds: the whole amount where there was none before, the amount of before with a minus where none is left. */
const stepOf = (what: 'amount' | 'yearly'): Sql => trusted(`if(mrr = 0, -${what}_before, if(mrr_before = 0, ${what}_after, ${what}_after - ${what}_before))`)

const returnsAsNew = (settings: Settings): Sql =>
  settings.reactivation_window_days === '' ? sql`0` : sql`dateDiff('day', left_on, day) > ${param('Int32', Number(settings.reactivation_window_days))}`

/** One of the two sides of a change: what a subscription no longer is, and what it is from then on. */
const side = elementsOf('side', ['product', 'plan', 'currency', 'native', 'amount', 'yearly'])
/** A cause, with what the components that it brought about add to the movement. */
const CAUSE = ['cause', 'weight'] as const
const [weighed, heaviest] = [elementsOf('weighed', CAUSE), elementsOf('causes[1]', CAUSE)]
/** What one subscription adds to a movement. */
const COMPONENT = ['subscription_id', 'product', 'plan', 'currency', 'cause', 'native', 'amount', 'yearly'] as const
const [component, c, o] = [elementsOf('component', COMPONENT), elementsOf('c', COMPONENT), elementsOf('o', COMPONENT)]

/**
 * C16-C20, C23. All changes of an account within one local day are one movement; its kind is decided on the
 * whole account, its components say which subscription, plan and cause. A day whose changes cancel out is no movement (no
 * component is its head), but its components count under expansion where plans or products are looked at apart.
 */
export const mrrMovementLedger = defineLedger({
  id: 'mrr_movement',
  says: 'One component of the movement of one account on one local day: what one subscription added to or took from MRR.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day of the movement' },
    kind: { type: 'LowCardinality(String)', says: 'new, expansion, contraction, churn or reactivation' },
    reason: { type: 'LowCardinality(String)', says: 'Cause that explains most of the movement' },
    subscription_id: { type: 'String', says: 'Subscription of the component' },
    product: { type: 'LowCardinality(String)', says: 'Product of the component' },
    plan: { type: 'LowCardinality(String)', says: 'Plan of the component' },
    currency: { type: 'LowCardinality(String)', says: 'Billing currency of the component' },
    cause: { type: 'LowCardinality(String)', says: 'Cause of the component' },
    native: { type: 'Decimal(38, 6)', says: 'Signed change of MRR in the billing currency' },
    amount: { type: 'Nullable(Decimal(38, 6))', says: 'The same at the rate of the day; null where no rate was known' },
    yearly: { type: 'Nullable(Decimal(38, 6))', says: 'The change of yearly value at that rate: from the prices, not from MRR that was rounded' },
    head: { type: 'UInt8', says: '1 on one component of each movement, so that movements can be counted; 0 on all where a day cancels out' },
  },
  orderBy: ['account_id', 'day'],
  after: [subscriptionDayLedger, exchangeRateLedger],
  derive: (from) => sql`
    WITH
      rates AS (SELECT currency, day, rate FROM (${from.ledger(exchangeRateLedger)})),
      states AS (
        SELECT account_id, subscription_id, day, cause, product, plan, toString(currency) AS currency, mrr, arr,
          lagInFrame(product, 1) OVER w AS product_before, lagInFrame(plan, 1) OVER w AS plan_before,
          toString(lagInFrame(currency, 1) OVER w) AS currency_before, lagInFrame(mrr, 1, 0) OVER w AS mrr_before, lagInFrame(arr, 1, 0) OVER w AS arr_before
        FROM (${from.ledger(subscriptionDayLedger)})
        WINDOW w AS (PARTITION BY account_id, subscription_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
      rated AS (
        SELECT s.account_id AS account_id, s.subscription_id AS subscription_id, s.day AS day, s.cause AS cause, s.product AS product, s.plan AS plan,
          s.currency AS currency, s.mrr AS mrr, s.product_before AS product_before, s.plan_before AS plan_before,
          s.currency_before AS currency_before, s.mrr_before AS mrr_before, s.arr AS arr, s.arr_before AS arr_before, r.rate AS rate, b.rate AS rate_before
        FROM states AS s
        ASOF LEFT JOIN rates AS r ON r.currency = s.currency AND r.day <= s.day
        ASOF LEFT JOIN rates AS b ON b.currency = s.currency_before AND b.day <= s.day
        WHERE mrr != 0 OR mrr_before != 0),
      changed AS (
        SELECT account_id, day, subscription_id, cause,
          mrr - mrr_before AS change,
          ${atRate('mrr_before', 'rate_before')} AS amount_before,
          if(currency = currency_before OR mrr_before = 0, ifNull(amount_before, 0) + ${atRate('change', 'rate')}, ${atRate('mrr', 'rate')}) AS amount_after,
          arr - arr_before AS yearly_change, ${atRate('arr_before', 'rate_before')} AS yearly_before,
          if(currency = currency_before OR mrr_before = 0, ifNull(yearly_before, 0) + ${atRate('yearly_change', 'rate')}, ${atRate('arr', 'rate')}) AS
            yearly_after,
          if(mrr_before = 0 OR mrr = 0 OR (product = product_before AND plan = plan_before AND currency = currency_before),
            [(if(mrr = 0, product_before, product), if(mrr = 0, plan_before, plan), if(mrr = 0, currency_before, currency), change,
              ${stepOf('amount')}, ${stepOf('yearly')})],
            [(product_before, plan_before, currency_before, -mrr_before, -amount_before, -yearly_before),
            (product, plan, currency, mrr, amount_after, yearly_after)]) AS sides
        FROM rated),
      account_days AS (
        SELECT account_id, day,
          groupArray((subscription_id, ${side.product}, ${side.plan}, ${side.currency}, cause, ${side.native}, ${side.amount}, ${side.yearly})) AS
            components, sum(${side.native}) AS native, sum(${side.amount}) AS amount
        FROM changed ARRAY JOIN sides AS side WHERE ${side.native} != 0 GROUP BY account_id, day),
      running AS (
        SELECT *, sum(native) OVER (PARTITION BY account_id ORDER BY day ROWS UNBOUNDED PRECEDING) AS after, after - native AS before FROM account_days),
      placed AS (
        SELECT *, max(after > 0) OVER p AS paid_earlier, maxIf(day, after = 0 AND before > 0) OVER p AS left_on
        FROM running WINDOW p AS (PARTITION BY account_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
      classed AS (
        SELECT account_id, day,
          multiIf(before = 0 AND after = 0, 'none',
            before = 0, if(NOT paid_earlier OR (${returnsAsNew(from.settings)}), 'new', 'reactivation'),
            after = 0, 'churn',
            ifNull(amount, native) < 0, 'contraction', 'expansion') AS kind,
          arrayAll(c -> arraySum(arrayMap(o -> if(${o.currency} = ${c.currency}, ${o.native}, 0), components)) = 0, components) AS cancels,
          arrayExists(c -> ${c.cause} = '~start', components) AND arrayExists(c -> ${c.cause} = '~end', components) AS swapped,
          arrayMap(c -> (${c.subscription_id}, ${c.product}, ${c.plan}, ${c.currency},
            multiIf(${c.cause} = '~start', multiIf(swapped, 'plan', before > 0, 'cross_sell', paid_earlier, 'win_back', ''),
              ${c.cause} = '~end', multiIf(swapped, 'plan', after > 0, 'product_dropped', 'cancelled'), ${c.cause}), ${c.native}, ${c.amount},
              ${c.yearly}), components) AS resolved,
          if(kind IN ('churn', 'contraction'), -1, 1) AS sign
        FROM placed),
      reasoned AS (
        SELECT *, arraySort(weighed -> (-${weighed.weight}, ${weighed.cause}),
          arrayMap(cause -> (cause, arraySum(arrayMap(c -> if(${c.cause} = cause, sign * toFloat64(ifNull(${c.amount}, ${c.native})), 0), resolved))),
            arrayDistinct(arrayMap(c -> ${c.cause}, resolved)))) AS causes,
          if(kind = 'none', '', ${heaviest.cause}) AS reason
        FROM classed)
    SELECT account_id, day, kind, reason, ${component.subscription_id} AS subscription_id, ${component.product} AS product, ${component.plan} AS plan,
      ${component.currency} AS currency,
      ${component.cause} AS cause, ${component.native} AS native, ${component.amount} AS amount, ${component.yearly} AS yearly, position = 1
        AND NOT cancels AS head
    FROM reasoned ARRAY JOIN arraySort(resolved) AS component, arrayEnumerate(resolved) AS position`,
})
