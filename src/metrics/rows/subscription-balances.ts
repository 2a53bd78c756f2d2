import { exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { converted, days, defineRowSet, ratesAt, untils } from '../row-set.ts'
import type { Frame, RowSet } from '../row-set.ts'

const columns: RowSet['columns'] = {
  subscription_id: { name: 'Subscription', kind: 'text' },
  product: { name: 'Product', kind: 'text' },
  plan: { name: 'Plan', kind: 'text' },
  term_months: { name: 'Term in months', kind: 'number' },
  currency: { name: 'Currency', kind: 'text' },
  native: { name: 'MRR in billing currency', kind: 'money' },
  amount: { name: 'MRR', kind: 'money' },
}

/** Subscriptions that pay at `horizon` days after the end of each period, at the rate of the end of the period. */
function balances(frame: Frame, horizon: number): Sql {
  const ends = frame.periods.map(({ until }) => until)
  const boundaries = [...new Set(ends)].sort()
  const states = days(ends.map((end) => addDays(end, horizon)))
  return sql`
    SELECT period, account_id, subscription_id, product, plan, term_months, b.currency AS currency, mrr AS native,
      rate_at[indexOf(${days(boundaries)}, ${untils(frame)}[period + 1])] AS rate,
      rate = 0 AS unrated, ${trusted(converted('native', 'rate'))} AS amount
    FROM (
      SELECT account_id, subscription_id, product, plan, term_months, toString(currency) AS currency, mrr,
        arrayJoin(arrayFilter(i -> day < ${states}[i + 1] AND until >= ${states}[i + 1], range(${param('UInt16', ends.length)}))) AS period
      FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0
    ) AS b
    LEFT JOIN (${ratesAt(frame.ledger(exchangeRateLedger), boundaries)}) AS rates USING (currency)`
}

export const subscriptionBalances = defineRowSet({
  id: 'subscription_balances',
  says: 'One row per subscription that pays at the end of the period.',
  columns,
  slices: ['product', 'plan', 'currency'],
  unrated: 'unrated',
  rows: (frame) => balances(frame, 0),
})

export const committedBalances = defineRowSet({
  id: 'committed_balances',
  says: 'One row per subscription that will pay a horizon of days after the end of the period, as far as is known now.',
  columns,
  slices: ['product', 'plan', 'currency'],
  unrated: 'unrated',
  rows: (frame) => balances(frame, Number(frame.options.horizon_days ?? frame.settings.committed_horizon_days)),
})

/** Trials, free plans and paused accounts included; those that ended or ran out of dunning are not. */
export const presentAccounts = defineRowSet({
  id: 'present_accounts',
  says: 'One row per account that has a subscription at the end of the period, paid or not.',
  columns: { statuses: { name: 'Statuses', kind: 'text' } },
  rows: (frame) => sql`
    SELECT period, account_id, arrayStringConcat(arraySort(groupUniqArray(toString(status))), ', ') AS statuses
    FROM (
      SELECT account_id, status,
        arrayJoin(arrayFilter(i -> day < ${untils(frame)}[i + 1] AND until >= ${untils(frame)}[i + 1], range(${param('UInt16', frame.periods.length)}))) AS period
      FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0 OR status IN ('active', 'trialing', 'paused', 'free')
    ) GROUP BY period, account_id`,
})
