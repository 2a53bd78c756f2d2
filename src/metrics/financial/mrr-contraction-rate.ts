import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'

export const mrrContractionRate = defineMetric({
  id: 'mrr_contraction_rate',
  name: 'MRR contraction rate',
  says: 'Opening MRR given up by the customers who stay, over all opening MRR.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{lost} / {opening}',
  nullWhen: 'Opening MRR is 0.',
  measures: {
    lost: {
      of: accountPeriods,
      each: 'if(is_customer, opening - least(opening, kept), 0)',
      label: 'Opening MRR given up by those who stay',
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
  value: ratio('lost', 'opening', 'no_opening_mrr'),
  n: 'customers',
  interval: 'bootstrap',
  shareOfWhole: true,
  aliases: ['downgrade rate'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Baremetrics',
      says: 'puts cancellations and downgrades in one revenue churn; see {gross_mrr_churn_rate}.',
    },
  ],
  examples: [{ says: '30 of 100 given up', accounts: [{ opening: 100, closing: 70 }], value: 0.3 }],
})
