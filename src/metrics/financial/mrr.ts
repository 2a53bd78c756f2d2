import { MRR_SETTINGS, defineMetric, total } from '../metric.ts'
import { accountPeriods } from '../rows/account-periods.ts'

export const mrr = defineMetric({
  id: 'mrr',
  name: 'Monthly recurring revenue',
  says: 'Monthly value of the recurring contracts in force.',
  level: 'financial',
  kind: 'stock',
  grain: 'account',
  unit: 'money',
  better: 'up',
  rollUp: 'semi',
  dimensions: 'subscription',
  formula: '{mrr}',
  nullWhen: 'Never: nothing in force is 0.',
  measures: {
    mrr: { of: accountPeriods, each: 'closing', unrated: 'gap_closing', label: 'MRR at the end of the period', kind: 'money' },
    customers: { of: accountPeriods, each: 'is_customer', label: 'Customers', kind: 'count' },
  },
  value: total('mrr'),
  n: 'customers',
  aliases: ['MRR', 'monthly recurring revenue'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Paddle',
      says: 'counts a week as 4.33 weeks a month and a day as 30 days; here both go through 365/12 days.',
    },
    {
      anchor: 'Baremetrics',
      says: 'deducts every discount; here one-time discounts lower revenue, not MRR, unless mrr_discounts says otherwise.',
    },
    {
      anchor: 'Stripe',
      says: 'lets the account choose whether discounts count; by default recurring ones are deducted here.',
    },
  ],
  examples: [
    {
      says: 'two accounts of 100 and 250 a month',
      accounts: [{ opening: 100, closing: 100 }, { closing: 250 }],
      value: 350,
      exact: '350',
    },
    {
      says: '4 Gold at 2,000 a year are 166.67 a month (ChartMogul)',
      accounts: [{ closing: 166.666667 }],
      value: 166.666667,
      exact: '166.666667',
    },
  ],
})
