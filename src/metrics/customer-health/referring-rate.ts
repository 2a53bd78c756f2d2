import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { customers } from '../rows/customers.ts'
import { twelveReferrals } from '../rows/referral-examples.ts'

export const referringRate = defineMetric({
  id: 'referring_rate',
  name: 'Referring customers',
  says: 'Share of the customers that referred somebody in the period.',
  level: 'customer-health',
  kind: 'flow',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{referring} / {customers}',
  nullWhen: 'There are no customers.',
  measures: {
    referring: { of: customers, each: 'refers', label: 'Customers who referred', kind: 'count' },
    customers: { of: customers, each: '1', label: 'Customers', kind: 'count' },
  },
  value: ratio('referring', 'customers', 'no_customers'),
  n: 'customers',
  interval: 'wilson',
  shareOfWhole: true,
  settings: MRR_SETTINGS,
  examples: [{ says: 'advocacy: 9 of 200', accounts: [{ count: 200, opening: 10, closing: 10 }], facts: { referral: twelveReferrals }, value: 0.045 }],
})
