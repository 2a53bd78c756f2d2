import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'
import { contract } from '../rows/contract-examples.ts'
import { EXACT_YEARS, subscriptionBalances } from '../rows/subscription-balances.ts'

export const arr = defineMetric({
  id: 'arr',
  name: 'Annual recurring revenue',
  says: 'What the subscriptions in force at the end of the period come to in a year, month-to-month plans included: twelve times MRR, each from its own price, so that three contracts of 100 a year are 300.',
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
    arr: { of: subscriptionBalances, each: 'arr', label: 'Yearly value of the subscriptions at the end of the period', kind: 'money' },
    customers: { of: accountPeriods, each: 'is_customer', label: 'Customers', kind: 'count' },
  },
  value: total('arr'),
  n: 'customers',
  aliases: ['ARR', 'annual recurring revenue', 'annualised run rate'],
  settings: MRR_SETTINGS,
  revisions: [EXACT_YEARS],
  disagreements: [
    {
      anchor: 'Some texts',
      says: 'write ARR for the annual retention rate in money; that is {annual_revenue_retention_rate} here, and never called ARR on a screen.',
    },
  ],
  examples: [
    {
      says: '3,630 of MRR is 43,560 a year',
      accounts: [{ closing: 3630 }],
      value: 43560,
      exact: '43560',
    },
    {
      says: 'three contracts of 100 a year are 300, not twelve times what is left of a month rounded',
      facts: { subscription_version: ['a', 'b', 'c'].map((account) => contract(account, '2023-06-01', { unit_amount: 100, interval_unit: 'year' })) },
      value: 300,
      exact: '300',
    },
  ],
})
