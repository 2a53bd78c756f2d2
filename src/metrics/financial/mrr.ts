import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
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
      anchor: '52 weeks a year',
      says: 'makes a week 12/52 of a month, so that 10 a week are 43.33; here a year has 365 days and seven days are a week: 43.45.',
    },
    {
      anchor: 'Paddle',
      says: 'counts a week as 4.33 weeks a month and a day as 30 days; here both go through 365/12 days.',
    },
    {
      anchor: 'Baremetrics',
      says: 'deducts every discount; here one-time discounts lower revenue, not MRR, unless the setting {mrr_discounts} says otherwise.',
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
      says: 'an amount that is MRR of ten seats billed yearly, one for all seats and an interval of three months, and an ARR',
      facts: {
        subscription_version: [
          contract('a', '2023-06-01', { unit_amount: 100, quantity: 10, interval_unit: 'year', amount_per: 'month' }),
          contract('b', '2023-06-01', { unit_amount: 90, quantity: 10, interval_unit: 'quarter', amount_per: 'interval' }),
          contract('c', '2023-06-01', { unit_amount: 1000, quantity: 10, amount_per: 'year' }),
        ],
      },
      value: 213.333333,
      exact: '213.333333',
    },
    {
      says: 'half and 6 a year off an MRR of 100 that is billed yearly',
      facts: {
        subscription_version: [contract('a', '2023-06-01', { unit_amount: 100, interval_unit: 'year', amount_per: 'month' })],
        discount: [
          { discount_id: 'd', subscription_id: 's a', percent: 50, duration: 'repeating', starts_at: '2023-06-01T12:00:00Z' },
          { discount_id: 'e', subscription_id: 's a', amount: 6, currency: 'USD', duration: 'repeating', starts_at: '2023-06-01T12:00:00Z' },
        ],
      },
      value: 49.5,
    },
    {
      says: 'mrr_seats_and_percent_discount: 6 seats at 50, half off while it repeats',
      facts: {
        subscription_version: [contract('a', '2023-06-01', { unit_amount: 50, quantity: 6 })],
        discount: [{ discount_id: 'd', subscription_id: 's a', percent: 50, duration: 'repeating', starts_at: '2023-06-01T12:00:00Z' }],
      },
      value: 150,
    },
    {
      says: 'past due without any date to count from: a customer until a row says otherwise, however long ago it began',
      facts: { subscription_version: [contract('a', '2023-06-01', { unit_amount: 40, status: 'past_due' })] },
      value: 40,
      flags: ['due_unknown'],
    },
    {
      says: '... lost 30 days after the bill was due, or the period began that is owed',
      facts: {
        subscription_version: [
          contract('a', '2023-06-01', { unit_amount: 1, status: 'past_due', period_started_at: '2024-03-05T12:00:00Z' }),
          contract('b', '2023-06-01', { unit_amount: 10, status: 'past_due', period_started_at: '2024-02-20T12:00:00Z' }),
          contract('c', '2023-06-01', { unit_amount: 100, status: 'past_due', due_at: '2024-02-20T12:00:00Z', period_started_at: '2024-03-05T12:00:00Z' }),
        ],
      },
      value: 1,
    },
    {
      says: 'an end that is not after the start holds for no time, whatever the status says',
      facts: {
        subscription_version: [
          contract('a', '2023-06-01', { unit_amount: 1, ends_at: '2023-06-01T12:00:00Z' }),
          contract('b', '2023-06-01', { unit_amount: 10, ends_at: '2023-01-01T12:00:00Z' }),
          contract('c', '2023-06-01', { unit_amount: 100 }),
        ],
      },
      value: 100,
    },
    {
      says: 'a contract whose last day is the 31st still counts when March closes; one paused since the 20th does not',
      facts: {
        subscription_version: [
          contract('a', '2023-06-01', { unit_amount: 1, ends_at: '2024-03-31' }),
          contract('b', '2023-06-01', { unit_amount: 10, ends_at: '2024-03-30' }),
          contract('c', '2023-06-01', { unit_amount: 100, status: 'paused', paused_at: '2024-03-20T12:00:00Z' }),
        ],
      },
      value: 1,
    },
    {
      says: 'on trial until the 20th, then paid; a sign-up and a trial whose first bill was never paid count for nothing',
      facts: {
        subscription_version: [
          contract('a', '2024-03-06', { unit_amount: 1, trial_ends_at: '2024-03-20T12:00:00Z' }),
          contract('b', '2024-03-06', { unit_amount: 10, status: 'never_paid' }),
          contract('c', '2024-03-06', {
            unit_amount: 100,
            status: 'past_due',
            trial_ends_at: '2024-03-20T12:00:00Z',
            period_started_at: '2024-03-20T12:00:00Z',
          }),
          contract('d', '2024-03-06', { unit_amount: 1000, status: 'trialing' }),
          contract('d', '2024-03-20', { unit_amount: 1000, status: 'past_due' }),
        ],
      },
      value: 1,
    },
    {
      says: 'a free month of what is paid for, told as a trial, counts at the price it returns to',
      facts: {
        subscription_version: [
          contract('a', '2023-06-01', { unit_amount: 10 }),
          contract('a', '2024-03-01', { unit_amount: 0, status: 'trialing' }),
          contract('a', '2024-04-01', { unit_amount: 12 }),
        ],
      },
      value: 12,
      flags: ['free_month'],
    },
  ],
})
