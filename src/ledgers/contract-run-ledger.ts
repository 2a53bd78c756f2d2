import { sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'
import { subscriptionDayLedger } from './subscription-day-ledger.ts'
import { elementsOf } from './tuple.ts'

/** The terms of a subscription from one day on. */
const STEP = ['day', 'term_months', 'mrr', 'currency', 'product', 'plan', 'arr'] as const
const stepAt = (place: string): Record<(typeof STEP)[number], Sql> => elementsOf(`steps[${place}]`, STEP)
const [x, constant] = [elementsOf('x', STEP), elementsOf('rest[1]', STEP)]

/** What hardly ever changes is not repeated. */
const unlessConstant = (what: (typeof STEP)[number]): Sql =>
  sql`if(arrayAll(x -> ${x[what]} = ${constant[what]}, rest), [${constant[what]}], arrayMap(x -> ${x[what]}, rest))`

/**
 * Due dates and renewals are read off these stretches: a term begins where a run begins and again at each due date inside
 * it. The terms in force are known beyond the run, for as long as the subscription is paid: they say how a contract went on
 * whose term changed when it was renewed.
 */
export const contractRunLedger = defineLedger({
  id: 'contract_run',
  says: 'One stretch of a subscription that is paid without a gap under one length of term.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    subscription_id: { type: 'String', says: 'The subscription' },
    started_on: { type: 'Date32', says: 'Local day on which it began' },
    ended_on: { type: 'Date32', says: 'Local day on which it ended; 2299-12-31 while it runs' },
    starts_paying: { type: 'UInt8', says: '1: the subscription was not paid before; 0: the length of its term changed' },
    paid_until: { type: 'Date32', says: 'Local day on which the subscription stopped being paid under whatever term; 2299-12-31 while it is' },
    term_months: { type: 'Decimal(38, 6)', says: 'Months of one term' },
    days: { type: 'Array(Date32)', says: 'Days until `paid_until` on which its terms changed' },
    mrrs: { type: 'Array(Decimal(38, 6))', says: 'MRR in the billing currency from each of these days on' },
    arrs: { type: 'Array(Decimal(38, 6))', says: 'Yearly value in it, likewise' },
    currencies: { type: 'Array(LowCardinality(String))', says: 'Billing currency from each of these days on; a single one where it never changed' },
    products: { type: 'Array(LowCardinality(String))', says: 'Product, likewise' },
    plans: { type: 'Array(LowCardinality(String))', says: 'Plan, likewise' },
  },
  orderBy: ['account_id', 'subscription_id', 'started_on'],
  after: [subscriptionDayLedger],
  derive: (from) => sql`
    WITH marked AS (
      SELECT *, lagInFrame(mrr, 1, 0) OVER w = 0 AS starts
      FROM (${from.ledger(subscriptionDayLedger)})
      WINDOW w AS (PARTITION BY account_id, subscription_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
    numbered AS (SELECT *, sum(starts) OVER (PARTITION BY account_id, subscription_id ORDER BY day ROWS UNBOUNDED PRECEDING) AS stretch FROM marked
      WHERE mrr > 0),
    stretches AS (
      SELECT account_id, subscription_id, max(until) AS stops_on, arraySort(groupArray((day, term_months, mrr, currency, product, plan, arr))) AS steps,
        arrayFilter(i -> i = 1 OR ${stepAt('i').term_months} != ${stepAt('toInt64(i) - 1').term_months}, arrayEnumerate(steps)) AS begins
      FROM numbered GROUP BY account_id, subscription_id, stretch)
    SELECT account_id, subscription_id, ${stepAt('first').day} AS started_on, if(follows = 0, stops_on, ${stepAt('follows').day}) AS ended_on,
      first = 1 AS starts_paying, stops_on AS paid_until, ${stepAt('first').term_months} AS term_months, arraySlice(steps, first) AS rest,
      arrayMap(x -> ${x.day}, rest) AS days, arrayMap(x -> ${x.mrr}, rest) AS mrrs, arrayMap(x -> ${x.arr}, rest) AS arrs,
      ${unlessConstant('currency')} AS currencies, ${unlessConstant('product')} AS products, ${unlessConstant('plan')} AS plans
    FROM stretches ARRAY JOIN begins AS first, arrayPushBack(arrayPopFront(begins), 0) AS follows`,
})
