import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'
import { contract } from '../rows/contract-examples.ts'

export const netNewMrr = defineMetric({
  id: 'net_new_mrr',
  name: 'Net new MRR',
  says: 'Closing MRR less opening MRR: the sum of all movements and the effect of exchange rates. By segment, owner or another attribute of accounts, both are of the accounts that had it at the start of the period: who changed it since moved no MRR.',
  level: 'financial',
  kind: 'flow',
  grain: 'movement',
  unit: 'money',
  better: 'up',
  rollUp: 'add',
  dimensions: 'subscription',
  formula: '{closing} - {opening}',
  nullWhen: 'Never.',
  measures: {
    net: { of: accountPeriods, each: 'closing - opening', label: 'Net change', kind: 'money' },
    opening: { of: accountPeriods, each: 'opening', label: 'Opening MRR', kind: 'money' },
    closing: { of: accountPeriods, each: 'closing', label: 'Closing MRR', kind: 'money' },
  },
  value: total('net'),
  aliases: ['net MRR growth'],
  settings: MRR_SETTINGS,
  examples: [
    {
      says: '310 + 650 - 320 - 10 over one month',
      accounts: [{ opening: 10, closing: 320 }, { earlier: true, closing: 650 }, { opening: 330 }],
      value: 630,
      exact: '630',
    },
    {
      says: 'mrr_daily_equals_weekly: from 10 a day to 70 a week',
      facts: {
        subscription_version: [
          contract('a', '2023-06-01', { unit_amount: 10, interval_unit: 'day' }),
          contract('a', '2024-03-12', { unit_amount: 70, interval_unit: 'week' }),
        ],
      },
      value: 0,
    },
  ],
})
