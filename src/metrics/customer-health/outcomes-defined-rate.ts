import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { customers } from '../rows/customers.ts'

export const outcomesDefinedRate = defineMetric({
  id: 'outcomes_defined_rate',
  name: 'Customers with outcomes defined',
  says: 'Share of the customers whose desired outcomes are written down.',
  level: 'customer-health',
  kind: 'stock',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{defined} / {customers}',
  nullWhen: 'There are no customers.',
  measures: {
    defined: { of: customers, each: 'has_outcomes', label: 'Customers with outcomes', kind: 'count' },
    customers: { of: customers, each: '1', label: 'Customers', kind: 'count' },
  },
  value: ratio('defined', 'customers', 'no_customers'),
  n: 'customers',
  interval: 'wilson',
  shareOfWhole: true,
  settings: MRR_SETTINGS,
  examples: [
    {
      says: 'one of two; an outcome that was given up is none',
      accounts: [{ count: 2, opening: 10, closing: 10 }],
      facts: {
        outcome: [0, 1].map((i) => ({
          outcome_id: `o${i}`,
          account_id: `0 ${i}`,
          defined_at: '2024-01-01T12:00:00Z',
          baseline: 0,
          target: 10,
          closed_at: i === 0 ? '2024-03-31T12:00:00Z' : '',
        })),
      },
      value: 0.5,
    },
  ],
})
