import { MRR_SETTINGS, defineMetric, total } from '../metric.ts'
import { subscriptionBalances } from '../rows/subscription-balances.ts'

export const arr = defineMetric({
  id: 'arr',
  name: 'Annual recurring revenue',
  says: 'Twelve times MRR at the end of the period, month-to-month plans included.',
  level: 'financial',
  kind: 'stock',
  grain: 'subscription',
  unit: 'money',
  better: 'up',
  rollUp: 'semi',
  dimensions: 'subscription',
  formula: '{arr}',
  nullWhen: 'Never: nothing in force is 0.',
  measures: {
    arr: {
      of: subscriptionBalances,
      each: 'amount * 12',
      label: '12 x MRR of subscriptions that pay',
      kind: 'money',
    },
    subscriptions: {
      of: subscriptionBalances,
      each: '1',
      label: 'Subscriptions that pay',
      kind: 'count',
    },
  },
  value: total('arr'),
  n: 'subscriptions',
  aliases: ['ARR', 'annual recurring revenue', 'annualised run rate'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Seed article 000',
      says: 'writes ARR for the annual retention rate in money; that is annual_revenue_retention_rate here, and never called ARR on a screen.',
    },
  ],
  examples: [
    {
      says: '3,630 of MRR is 43,560 a year',
      accounts: [{ closing: 3630 }],
      value: 43560,
      exact: '43560',
    },
  ],
})
