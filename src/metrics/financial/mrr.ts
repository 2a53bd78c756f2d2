import { MRR_SETTINGS, defineMetric, total } from '../metric.ts'
import { accountPeriods } from '../rows/account-periods.ts'
import { contract } from '../rows/contract-examples.ts'

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
      says: 'mrr_chartmogul_four_gold: 4 Gold billed with 2,000 a year are 166.67 a month',
      facts: { subscription_version: [contract('a', '2023-06-01', { unit_amount: 2000, interval_months: 12 })] },
      value: 166.666667,
      exact: '166.666667',
    },
    {
      says: 'mrr_annual: 1,200 a year',
      facts: { subscription_version: [contract('a', '2023-06-01', { unit_amount: 1200, interval_unit: 'year' })] },
      value: 100,
    },
    {
      says: 'mrr_stripe_book: 100 at 100 a month and 50 at 600 a year',
      facts: {
        subscription_version: [
          ...Array.from({ length: 100 }, (_, i) => contract(`m${i}`, '2023-06-01', { unit_amount: 100 })),
          ...Array.from({ length: 50 }, (_, i) => contract(`y${i}`, '2023-06-01', { unit_amount: 600, interval_unit: 'year' })),
        ],
      },
      value: 12_500,
    },
    {
      says: 'mrr_weekly: 20 a week',
      facts: { subscription_version: [contract('a', '2023-06-01', { unit_amount: 20, interval_unit: 'week' })] },
      value: 86.904762,
      exact: '86.904762',
    },
    {
      says: '10 a day',
      facts: { subscription_version: [contract('a', '2023-06-01', { unit_amount: 10, interval_unit: 'day' })] },
      value: 304.166667,
      exact: '304.166667',
    },
    {
      says: 'mrr_seats_and_percent_discount: 6 seats at 50, half off while it repeats',
      facts: {
        subscription_version: [contract('a', '2023-06-01', { unit_amount: 50, quantity: 6 })],
        discount: [{ discount_id: 'd', subscription_id: 's a', percent: 50, duration: 'repeating', starts_at: '2023-06-01T12:00:00Z' }],
      },
      value: 150,
    },
  ],
})
