import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const contractionMrr = defineMetric({
  id: 'contraction_mrr',
  name: 'Contraction MRR',
  says: 'Decrease of MRR of customers who stay.',
  level: 'financial',
  kind: 'flow',
  grain: 'movement',
  unit: 'money',
  better: 'down',
  rollUp: 'add',
  dimensions: 'subscription',
  formula: '{amount}',
  nullWhen: 'Never: no such movement is 0.',
  measures: {
    amount: {
      of: mrrMovements,
      each: '-amount',
      when: "kind = 'contraction'",
      label: 'MRR of customers who pay less',
      kind: 'money',
    },
    movements: {
      of: mrrMovements,
      each: 'head',
      when: "kind = 'contraction'",
      label: 'Movements',
      kind: 'count',
    },
  },
  value: total('amount'),
  n: 'movements',
  aliases: ['downgrade MRR'],
  settings: [...MRR_SETTINGS, 'reactivation_window_days'],
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'keeps a customer on a 100 % discount active and shows contraction; here MRR 0 is churn.',
    },
  ],
  examples: [
    {
      says: 'from 300 to 150',
      accounts: [{ opening: 300, closing: 150 }],
      value: 150,
      exact: '150',
    },
  ],
})
