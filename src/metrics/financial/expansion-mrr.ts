import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const expansionMrr = defineMetric({
  id: 'expansion_mrr',
  name: 'Expansion MRR',
  says: 'Increase of MRR of accounts that were already customers.',
  level: 'financial',
  kind: 'flow',
  grain: 'movement',
  unit: 'money',
  better: 'up',
  rollUp: 'add',
  dimensions: 'subscription',
  formula: '{amount}',
  nullWhen: 'Never: no such movement is 0.',
  measures: {
    amount: {
      of: mrrMovements,
      each: 'amount',
      when: "kind = 'expansion'",
      label: 'MRR of customers who pay more',
      kind: 'money',
    },
    movements: {
      of: mrrMovements,
      each: 'head',
      when: "kind = 'expansion'",
      label: 'Movements',
      kind: 'count',
    },
  },
  value: total('amount'),
  n: 'movements',
  aliases: ['upgrade MRR'],
  settings: [...MRR_SETTINGS, 'reactivation_window_days'],
  disagreements: [
    {
      anchor: 'Some texts',
      says: 'count renewals as expansion; a flat renewal adds nothing here, see {renewal_revenue}.',
    },
  ],
  examples: [
    {
      says: 'from 200 to 300',
      accounts: [{ opening: 200, closing: 300 }],
      value: 100,
      exact: '100',
    },
  ],
})
