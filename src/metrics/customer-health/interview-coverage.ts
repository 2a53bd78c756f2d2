import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { customers } from '../rows/customers.ts'

export const interviewCoverage = defineMetric({
  id: 'interview_coverage',
  name: 'Interview coverage',
  says: 'Share of the customers that took part in an interview or a focus group lately.',
  level: 'customer-health',
  kind: 'window',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{interviewed} / {customers}',
  nullWhen: 'There are no customers.',
  measures: {
    interviewed: { of: customers, each: 'interviewed', label: 'Customers interviewed', kind: 'count' },
    customers: { of: customers, each: '1', label: 'Customers', kind: 'count' },
  },
  value: ratio('interviewed', 'customers', 'no_customers'),
  n: 'customers',
  interval: 'wilson',
  shareOfWhole: true,
  options: customers.options,
  settings: [...MRR_SETTINGS, 'feedback_max_age_days'],
  examples: [
    {
      says: 'one of two customers was interviewed; a call is no interview',
      accounts: [
        { opening: 10, closing: 10 },
        { opening: 10, closing: 10 },
      ],
      facts: {
        conversation: [
          { conversation_id: '1', account_id: '0 0', held_at: '2024-03-15T12:00:00Z', kind: 'interview' },
          { conversation_id: '2', account_id: '1 0', held_at: '2024-03-15T12:00:00Z', kind: 'call' },
        ],
      },
      value: 0.5,
    },
  ],
})
