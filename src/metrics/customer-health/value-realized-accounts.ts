import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { customers } from '../rows/customers.ts'

export const valueRealizedAccounts = defineMetric({
  id: 'value_realized_accounts',
  name: 'Customers with realized value',
  says: 'Share of the customers that have confirmed at least one outcome as reached.',
  level: 'customer-health',
  kind: 'stock',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{proved} / {customers}',
  nullWhen: 'There are no customers.',
  measures: {
    proved: { of: customers, each: 'proved', label: 'Customers who confirmed an outcome', kind: 'count' },
    customers: { of: customers, each: '1', label: 'Customers', kind: 'count' },
  },
  value: ratio('proved', 'customers', 'no_customers'),
  n: 'customers',
  interval: 'wilson',
  shareOfWhole: true,
  settings: MRR_SETTINGS,
  examples: [
    {
      says: 'reached and confirmed counts; reached alone does not',
      accounts: [{ count: 2, opening: 10, closing: 10 }],
      facts: {
        outcome: [0, 1].map((i) => ({ outcome_id: `o${i}`, account_id: `0 ${i}`, defined_at: '2024-01-01T12:00:00Z', baseline: 0, target: 10 })),
        outcome_measurement: [0, 1].map((i) => ({
          outcome_id: `o${i}`,
          account_id: `0 ${i}`,
          measured_at: '2024-02-01T12:00:00Z',
          value: 10,
          confirmed_at: i === 0 ? '2024-03-31T12:00:00Z' : '',
        })),
      },
      value: 0.5,
    },
  ],
})
