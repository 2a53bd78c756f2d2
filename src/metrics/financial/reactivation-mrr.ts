import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const reactivationMrr = defineMetric({
  id: 'reactivation_mrr',
  name: 'Reactivation MRR',
  says: 'MRR of accounts that had left and came back.',
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
      when: "kind = 'reactivation'",
      label: 'MRR of customers who came back',
      kind: 'money',
    },
    movements: {
      of: mrrMovements,
      each: 'head',
      when: "kind = 'reactivation'",
      label: 'Movements',
      kind: 'count',
    },
  },
  value: total('amount'),
  n: 'movements',
  aliases: ['win-back MRR'],
  settings: [...MRR_SETTINGS, 'reactivation_window_days'],
  disagreements: [
    {
      anchor: 'Recurly',
      says: 'does not call a return within a month a reactivation; here any return after MRR 0 is one.',
    },
  ],
  examples: [{ says: 'back for 60', accounts: [{ earlier: true, closing: 60 }], value: 60, exact: '60' }],
})
