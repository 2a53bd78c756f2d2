import { sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'
import { subscriptionDayLedger } from './subscription-day-ledger.ts'

/** Due dates and renewals are read off these stretches: a term begins where a run begins and again at each due date inside it. */
export const contractRunLedger = defineLedger({
  id: 'contract_run',
  says: 'One stretch of a subscription that is paid without a gap under one length of term.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    subscription_id: { type: 'String', says: 'The subscription' },
    product: { type: 'LowCardinality(String)', says: 'Product when it began' },
    plan: { type: 'LowCardinality(String)', says: 'Plan when it began' },
    currency: { type: 'LowCardinality(String)', says: 'Currency when it began' },
    started_on: { type: 'Date32', says: 'Local day on which it began' },
    ended_on: { type: 'Date32', says: 'Local day on which it ended; 2299-12-31 while it runs' },
    term_months: { type: 'Decimal(38, 6)', says: 'Months of one term' },
    days: { type: 'Array(Date32)', says: 'Days on which its MRR changed' },
    mrrs: { type: 'Array(Decimal(38, 6))', says: 'MRR in the billing currency from each of these days on' },
  },
  orderBy: ['account_id', 'subscription_id', 'started_on'],
  after: [subscriptionDayLedger],
  derive: (from) => sql`
    WITH marked AS (
      SELECT *, (lagInFrame(mrr, 1, 0) OVER w = 0 OR lagInFrame(term_months, 1, 0) OVER w != term_months) AS begins
      FROM (${from.ledger(subscriptionDayLedger)})
      WINDOW w AS (PARTITION BY account_id, subscription_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
    numbered AS (SELECT *, sum(begins) OVER (PARTITION BY account_id, subscription_id ORDER BY day ROWS UNBOUNDED PRECEDING) AS run FROM marked WHERE mrr > 0)
    SELECT account_id, subscription_id, argMin(product, day) AS product, argMin(plan, day) AS plan, argMin(currency, day) AS currency,
      min(day) AS started_on, max(until) AS ended_on, any(term_months) AS term_months,
      arrayMap(x -> x.1, arraySort(groupArray((day, mrr))) AS steps) AS days, arrayMap(x -> x.2, steps) AS mrrs
    FROM numbered GROUP BY account_id, subscription_id, run`,
})
