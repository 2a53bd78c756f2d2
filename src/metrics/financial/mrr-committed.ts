import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { committedBalances } from '../rows/subscription-balances.ts'

export const mrrCommitted = defineMetric({
  id: 'mrr_committed',
  name: 'Committed MRR',
  says: 'MRR at the end of the period plus the changes already known to take effect within the horizon.',
  level: 'financial',
  kind: 'stock',
  grain: 'subscription',
  unit: 'money',
  better: 'up',
  rollUp: 'semi',
  dimensions: 'subscription',
  formula: '{mrr}',
  nullWhen: 'Never.',
  measures: {
    mrr: {
      of: committedBalances,
      each: 'amount',
      label: 'MRR once known changes have taken effect',
      kind: 'money',
    },
    subscriptions: {
      of: committedBalances,
      each: '1',
      label: 'Subscriptions that will pay',
      kind: 'count',
    },
  },
  value: total('mrr'),
  n: 'subscriptions',
  options: committedBalances.options,
  aliases: ['CMRR', 'committed MRR'],
  settings: [...MRR_SETTINGS, 'committed_horizon_days'],
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'keeps scheduled changes out of MRR too and shows them as CMRR.',
    },
  ],
})
