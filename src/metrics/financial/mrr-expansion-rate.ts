import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'

export const mrrExpansionRate = defineMetric({
  id: 'mrr_expansion_rate',
  name: 'MRR expansion rate',
  says: 'MRR gained from the customers at the opening, over their opening MRR.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{gained} / {opening}',
  nullWhen: 'Opening MRR is 0.',
  measures: {
    gained: {
      of: accountPeriods,
      each: 'if(was_customer, kept - least(opening, kept), 0)',
      label: 'MRR gained from the opening customers',
      unrated: P2P_GAP,
      kind: 'money',
    },
    opening: { of: accountPeriods, each: 'opening', label: 'Opening MRR', unrated: P2P_GAP, kind: 'money' },
    customers: {
      of: accountPeriods,
      each: 'was_customer',
      label: 'Customers at the opening',
      kind: 'count',
    },
  },
  value: ratio('gained', 'opening', 'no_opening_mrr'),
  n: 'customers',
  interval: 'bootstrap',
  aliases: ['upgrade rate'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'adds up expansion movements of all customers, also of those who joined in the period.',
    },
  ],
  examples: [{ says: '25 more on 100', accounts: [{ opening: 100, closing: 125 }], value: 0.25 }],
})
