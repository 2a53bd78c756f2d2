import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const newMrr = defineMetric({
  id: 'new_mrr',
  name: 'New MRR',
  says: 'MRR of accounts that became customers for the first time.',
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
      when: "kind = 'new'",
      label: 'MRR of first-time customers',
      kind: 'money',
    },
    movements: {
      of: mrrMovements,
      each: 'head',
      when: "kind = 'new'",
      label: 'Movements',
      kind: 'count',
    },
  },
  value: total('amount'),
  n: 'movements',
  aliases: ['new business MRR'],
  settings: [...MRR_SETTINGS, 'reactivation_window_days'],
  disagreements: [
    {
      anchor: 'Maxio',
      says: 'counts an account that returns after 90 days as new; here only if the setting {reactivation_window_days} says so.',
    },
  ],
  examples: [
    {
      says: 'joins at 410',
      accounts: [{ closing: 410 }, { opening: 100, closing: 100 }],
      value: 410,
      exact: '410',
    },
  ],
})
