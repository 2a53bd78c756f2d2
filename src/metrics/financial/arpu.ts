import { REVENUE_SETTINGS, defineMetric, ratio } from '../metric.ts'
import { accountRevenue } from '../rows/revenue-rows.ts'
import { presentAccounts } from '../rows/subscription-balances.ts'

export const arpu = defineMetric({
  id: 'arpu',
  name: 'Average revenue per user',
  says: 'Net revenue of the period per account that has a subscription at its end, free and trial included.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'money',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{revenue} / {accounts}',
  nullWhen: 'There is no account with a subscription.',
  measures: {
    revenue: { of: accountRevenue, each: 'revenue', label: 'Net revenue', kind: 'money' },
    accounts: { of: presentAccounts, each: '1', label: 'Accounts with a subscription, paid or not', kind: 'count' },
  },
  value: ratio('revenue', 'accounts', 'no_accounts'),
  n: 'accounts',
  aliases: ['ARPU'],
  settings: REVENUE_SETTINGS,
  disagreements: [{ anchor: 'Baremetrics', says: 'means MRR per customer by ARPU; see arpa.' }],
})
