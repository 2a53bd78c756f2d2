import { MRR_SETTINGS, defineMetric, total } from '../metric.ts'
import { accountPeriods } from '../rows/account-periods.ts'

export const arr = defineMetric({
  id: 'arr',
  name: 'Annual recurring revenue',
  says: 'Twelve times MRR at the end of the period, month-to-month plans included.',
  level: 'financial',
  kind: 'stock',
  grain: 'account',
  unit: 'money',
  better: 'up',
  rollUp: 'semi',
  dimensions: 'subscription',
  formula: '{arr}',
  nullWhen: 'Never: nothing in force is 0.',
  measures: {
    arr: { of: accountPeriods, each: 'closing * 12', unrated: 'gap_closing', label: '12 x MRR at the end of the period', kind: 'money' },
    customers: { of: accountPeriods, each: 'is_customer', label: 'Customers', kind: 'count' },
  },
  value: total('arr'),
  n: 'customers',
  aliases: ['ARR', 'annual recurring revenue', 'annualised run rate'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Some texts',
      says: 'write ARR for the annual retention rate in money; that is annual_revenue_retention_rate here, and never called ARR on a screen.',
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
