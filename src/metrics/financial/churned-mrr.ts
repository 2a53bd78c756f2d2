import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { lossComponents } from '../rows/lost-customers.ts'

export const churnedMrr = defineMetric({
  id: 'churned_mrr',
  name: 'Churned MRR',
  says: 'MRR of customers who left.',
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
      of: lossComponents,
      each: '-amount',
      when: "kind = 'churn'",
      label: 'MRR of customers who left',
      kind: 'money',
    },
    movements: {
      of: lossComponents,
      each: 'head',
      when: "kind = 'churn'",
      label: 'Movements',
      kind: 'count',
    },
  },
  value: total('amount'),
  n: 'movements',
  aliases: ['churn MRR', 'lost MRR'],
  settings: [...MRR_SETTINGS, 'reactivation_window_days'],
  disagreements: [
    {
      anchor: 'Maxio',
      says: 'dates churn at the cancellation; here it is the end of paid service unless the setting {churn_date} says otherwise.',
    },
  ],
  examples: [
    {
      says: '80 leaves',
      accounts: [{ opening: 80 }, { opening: 20, closing: 20 }],
      value: 80,
      exact: '80',
    },
  ],
})
