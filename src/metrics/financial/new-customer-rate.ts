import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const newCustomerRate = defineMetric({
  id: 'new_customer_rate',
  name: 'New customer rate',
  says: 'New customers won in the period for each customer at the opening.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{won} / {opening}',
  nullWhen: 'There was no customer at the opening.',
  measures: {
    won: { of: mrrMovements, each: 'head', when: "kind = 'new'", label: 'New customers', kind: 'count' },
    opening: { of: accountPeriods, each: 'was_customer', label: 'Customers at the opening', kind: 'count' },
  },
  value: ratio('won', 'opening', 'no_opening_customers'),
  n: 'opening',
  interval: 'bootstrap',
  aliases: ['customer acquisition rate'],
  settings: [...MRR_SETTINGS, 'reactivation_window_days'],
  disagreements: [{ anchor: 'Some texts', says: 'speak of a "Customer Rate" without defining it; that is {referred_customer_rate} here.' }],
  examples: [
    {
      says: '4 won on 9',
      accounts: [
        { count: 9, opening: 1, closing: 1 },
        { count: 4, closing: 1 },
      ],
      value: 4 / 9,
    },
  ],
})
