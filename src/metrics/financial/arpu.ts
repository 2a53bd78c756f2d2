import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { accountRevenue } from '../rows/revenue-rows.ts'
import { presentAccounts } from '../rows/subscription-balances.ts'
import { bill, contract } from '../rows/contract-examples.ts'

export const arpu = defineMetric({
  id: 'arpu',
  name: 'Average revenue per user',
  says: 'Net revenue of the period per account that has a subscription at its end, free and trial included, or that paid in it: never above the revenue per paying user.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'money',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{revenue} / {accounts}',
  nullWhen: 'No account has a subscription or paid.',
  measures: {
    revenue: { of: accountRevenue, each: 'revenue', label: 'Net revenue', kind: 'money' },
    accounts: { of: presentAccounts, each: '1', label: 'Accounts with a subscription, or that paid', kind: 'count' },
  },
  value: ratio('revenue', 'accounts', 'no_accounts'),
  n: 'accounts',
  interval: 'bootstrap',
  aliases: ['ARPU'],
  settings: REVENUE_SETTINGS,
  revisions: [{ on: '2026-12-01', says: 'Who paid in the period and left before its end counts below the line as above it.' }],
  disagreements: [{ anchor: 'Baremetrics', says: 'means MRR per customer by ARPU; see {arpa}.' }],
  examples: [
    {
      says: 'arpa_arppu: the same 1,884 over 11 with a subscription, one of them a trial',
      facts: {
        subscription_version: Array.from({ length: 11 }, (_, i) =>
          contract(`a${i}`, '2023-06-01', i < 10 ? { unit_amount: 363 } : { unit_amount: 0, status: 'trialing' }),
        ),
        charge: Array.from({ length: 8 }, (_, i) => bill(`a${i}`, '2024-03-15', 235.5)),
      },
      value: 1884 / 11,
    },
    {
      says: 'who paid and left within the period is one of its accounts, and so is who pays without a subscription',
      facts: {
        subscription_version: [
          contract('left', '2023-06-01', { unit_amount: 100 }),
          contract('left', '2024-03-20', { status: 'ended' }),
          contract('free', '2023-06-01', { unit_amount: 0, status: 'free' }),
        ],
        charge: [bill('left', '2024-03-15', 90), bill('buyer', '2024-03-15', 30)],
      },
      value: 40,
    },
  ],
})
