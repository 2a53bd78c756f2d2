import { poissonInterval } from '../../statistics/poisson.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { touchedCustomers } from '../rows/team-work.ts'
import { contract } from '../rows/contract-examples.ts'

const customer = (account_id: string) => contract(account_id, '2023-06-01', { unit_amount: 10 })
const touch = (touchpoint_id: string, account_id: string, two_way = '') => ({
  touchpoint_id,
  account_id,
  happened_at: '2024-03-20T12:00:00Z',
  kind: 'call',
  two_way,
})

export const touchesPerAccount = defineMetric({
  id: 'touches_per_account',
  name: 'Touches per account',
  says: 'Two-way touches with the customers at the end of the period in the days before it, for each of them.',
  level: 'team-performance',
  kind: 'window',
  grain: 'touch',
  unit: 'ratio',
  better: 'context',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{touches} / {customers}',
  nullWhen: 'There are no customers.',
  measures: {
    touches: { of: touchedCustomers, each: 'touches', label: 'Two-way touches', kind: 'count' },
    customers: { of: touchedCustomers, each: '1', label: 'Customers', kind: 'count' },
  },
  value: withBeside(ratio('touches', 'customers', 'no_customers'), ({ number: { touches = 0, customers = 0 } }, { value }) =>
    value === null ? {} : { ci: poissonInterval(touches, customers), ci_method: 'poisson' },
  ),
  n: 'customers',
  ownInterval: 'Poisson',
  options: touchedCustomers.options,
  settings: [...MRR_SETTINGS, 'coverage_days', 'coverage_days_by_segment'],
  aliases: ['touch frequency'],
  examples: [
    {
      says: 'three calls with two customers; one that nobody took does not count',
      facts: { subscription_version: ['a', 'b'].map(customer), touchpoint: [touch('1', 'a'), touch('2', 'a'), touch('3', 'b'), touch('4', 'b', 'no')] },
      value: 1.5,
    },
  ],
})
