import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { touchedCustomers } from '../rows/team-work.ts'
import { contract } from '../rows/contract-examples.ts'

const customer = (account_id: string) => contract(account_id, '2023-06-01', { unit_amount: 10 })
const touch = (touchpoint_id: string, account_id: string, day: string, kind: string, two_way = '') => ({
  touchpoint_id,
  account_id,
  happened_at: `${day}T12:00:00Z`,
  kind,
  two_way,
})

export const accountCoverage = defineMetric({
  id: 'account_coverage',
  name: 'Account coverage',
  says: 'Share of the customers at the end of the period with a two-way touch in the days before it: a call or meeting, or an email that was answered.',
  level: 'team-performance',
  kind: 'window',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{touched} / {customers}',
  nullWhen: 'There are no customers.',
  measures: {
    touched: { of: touchedCustomers, each: 'touches > 0', label: 'Customers with a two-way touch', kind: 'count' },
    customers: { of: touchedCustomers, each: '1', label: 'Customers', kind: 'count' },
  },
  value: ratio('touched', 'customers', 'no_customers'),
  n: 'customers',
  interval: 'wilson',
  shareOfWhole: true,
  options: touchedCustomers.options,
  settings: [...MRR_SETTINGS, 'coverage_days', 'coverage_days_by_segment'],
  aliases: ['coverage', 'engaged accounts'],
  examples: [
    {
      says: 'one of four: a call in time; a call too long ago, an email nobody answered, a customer who is gone',
      facts: {
        subscription_version: [
          ...['a', 'b', 'c', 'd', 'e'].map(customer),
          { ...customer('e'), effective_at: '2024-03-10T12:00:00Z', status: 'ended', unit_amount: '0' },
        ],
        touchpoint: [
          touch('1', 'a', '2024-03-02', 'call'),
          touch('2', 'b', '2024-03-01', 'call'),
          touch('3', 'c', '2024-03-05', 'email'),
          touch('4', 'e', '2024-03-05', 'meeting'),
          touch('5', 'd', '2024-03-06', 'call', 'no'),
        ],
      },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { window_days: '30' } },
      value: 0.25,
    },
  ],
})
