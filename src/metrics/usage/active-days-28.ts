import { medianOf } from '../kit/distribution.ts'
import { defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import { customerUse } from '../rows/account-use.ts'
import { window } from '../rows/use.ts'
import { NO_TALLY } from '../kit/tally.ts'
import { contract } from '../rows/contract-examples.ts'

const on = (account_id: string, days: readonly number[]) =>
  days.map((day) => ({ account_id, user_id: 'u', event: 'open', occurred_at: `2024-03-${String(day).padStart(2, '0')}T12:00:00Z` }))
const customer = (account_id: string) => contract(account_id, '2023-06-01', { unit_amount: 10 })

export const activeDays28 = defineMetric({
  id: 'active_days_28',
  name: 'Active days of 28',
  says: 'On how many of the 28 days before the end of the period somebody of a customer used the product: the median customer.',
  level: 'usage',
  kind: 'window',
  grain: 'account',
  unit: 'days',
  better: 'up',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'median of {days}',
  nullWhen: 'No event of these customers was ever recorded: their product use is not connected.',
  measures: {
    days: { of: customerUse, each: 'active_days', over: window(28), label: 'Days with use', kind: 'tally' },
    connected: { of: customerUse, each: 'connected', over: window(28), label: 'Customers whose use was ever recorded', kind: 'count' },
    customers: { of: customerUse, each: '1', over: window(28), label: 'Customers', kind: 'count' },
  },
  value: computed(
    ({ tallies, number, interval }) => {
      if ((number.customers ?? 0) === 0) return { value: null, null_reason: 'no_customers' }
      if ((number.connected ?? 0) === 0) return { value: null, null_reason: 'source_not_connected' }
      const reckoning = medianOf(tallies.days ?? NO_TALLY, 'no_customers', 'active_days_28', interval)
      return { ...reckoning, beside: { p90: reckoning.beside?.p90 ?? null, mean: reckoning.beside?.mean ?? null } }
    },
    { numerator: 'days' },
  ),
  n: 'customers',
  ownInterval: 'bootstrap or order statistics',
  besides: { p90: '90th percentile', mean: 'Mean' },
  aliases: ['active days', 'days with use'],
  settings: ['time_zone', 'idle_events'],
  examples: [
    {
      says: 'one customer with use on 18 of 28 days (the usage component of the health examples)',
      facts: {
        subscription_version: [customer('a')],
        usage_event: on(
          'a',
          Array.from({ length: 18 }, (_, i) => 4 + i),
        ),
      },
      value: 18,
    },
    {
      says: 'who has not come for long counts with 0 days; several events of a day are one day',
      facts: {
        subscription_version: [customer('a'), customer('b'), customer('c')],
        usage_event: [...on('a', [1, 2]), ...on('b', [10, 20]), ...on('b', [10]).map((row) => ({ ...row, user_id: 'v' })), ...on('c', [4, 5, 6, 7])],
      },
      value: 2,
      parts: { mean: 2 },
    },
    { says: 'nothing was ever recorded', facts: { subscription_version: [customer('a')] }, value: null, null_reason: 'source_not_connected' },
  ],
})
