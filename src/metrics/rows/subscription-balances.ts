import { bySetting } from '../kit/option.ts'
import { converted, exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Revision } from '../kit/metric.ts'
import { atEnds, defineRowSet, ratesAt, optionOf } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'
import { accountRevenue } from './revenue-rows.ts'

/** A subscription's year is counted from its price since then. */
export const EXACT_YEARS = {
  on: '2026-12-01',
  says: 'The yearly value of a subscription is counted from its price, no longer as twelve times an MRR that was rounded.',
} as const satisfies Revision

const columns: RowSet['columns'] = {
  subscription_id: { name: 'Subscription', kind: 'text' },
  product: { name: 'Product', kind: 'text' },
  plan: { name: 'Plan', kind: 'text' },
  term_months: { name: 'Term in months', kind: 'number' },
  currency: { name: 'Currency', kind: 'text' },
  native: { name: 'MRR in billing currency', kind: 'money' },
  amount: { name: 'MRR', kind: 'money' },
  arr: { name: 'ARR', kind: 'money' },
}

/** Subscriptions that pay at `horizon` days after the end of each period, at the rate of the end of the period. */
function balances(frame: Frame, horizon: number): Sql {
  const ends = frame.periods.map(({ until }) => until)
  const boundaries = [...new Set(ends)].sort()
  const { period, rest } = atEnds(frame, horizon)
  return sql`
    SELECT period, account_id, subscription_id, product, plan, term_months, b.currency AS currency, mrr AS native,
      rate_at[${param(
        'Array(UInt16)',
        ends.map((end) => boundaries.indexOf(end) + 1),
      )}[period + 1]] AS rate,
      rate = 0 AS unrated, ${converted(sql`native`, sql`rate`)} AS amount, ${converted(sql`yearly`, sql`rate`)} AS arr
    FROM (
      SELECT ${period} AS period, account_id, subscription_id, product, plan, term_months, toString(currency) AS currency, mrr, yearly
      FROM (SELECT * EXCEPT (arr), arr AS yearly FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0) ${rest}
    ) AS b
    LEFT JOIN (${ratesAt(frame.ledger(exchangeRateLedger), boundaries)}) AS rates USING (currency)`
}

/** What the subscriptions of each account that pays at the end of a period come to in a year (C6). */
export const accountArr = (frame: Frame): Sql => sql`
  SELECT toInt32(period) AS period, account_id, sum(arr) AS arr, max(unrated) AS unrated FROM (${balances(frame, 0)}) GROUP BY period, account_id`

export const subscriptionBalances = defineRowSet({
  id: 'subscription_balances',
  says: 'One row per subscription that pays at the end of the period.',
  columns,
  fine: ['product', 'plan', 'currency'],
  unrated: 'unrated',
  rows: (frame) => balances(frame, 0),
})

export const committedBalances = defineRowSet({
  id: 'committed_balances',
  says: 'One row per subscription that will pay a horizon of days after the end of the period, as far as is recorded.',
  columns,
  fine: ['product', 'plan', 'currency'],
  unrated: 'unrated',
  options: { horizon_days: bySetting('committed_horizon_days', 'Days ahead') },
  rows: (frame) => balances(frame, Number(optionOf(frame, 'horizon_days'))),
})

/** Trials, free plans and paused accounts included; those that ended or ran out of dunning are not. */
export const presentAccounts = defineRowSet({
  id: 'present_accounts',
  says: 'One row per account that has a subscription at the end of the period, paid or not, or that paid in the period.',
  columns: { statuses: { name: 'Statuses', kind: 'text' }, paid: { name: 'Paid in the period', kind: 'boolean' } },
  rows(frame) {
    const { period, rest } = atEnds(frame)
    return sql`
    SELECT period, account_id, arrayStringConcat(arraySort(groupUniqArrayIf(status, status != '')), ', ') AS statuses, max(pays) AS paid
    FROM (
      SELECT toUInt16(${period}) AS period, account_id, toString(status) AS status, 0 AS pays
      FROM (SELECT * FROM (${frame.ledger(subscriptionDayLedger)}) WHERE status NOT IN ('ended', 'delinquent')) ${rest}
      UNION ALL SELECT toUInt16(period) AS period, account_id, '' AS status, 1 AS pays FROM (${accountRevenue.rows({ ...frame, fine: [] })}) WHERE revenue > 0
    ) GROUP BY period, account_id`
  },
})
