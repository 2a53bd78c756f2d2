import { MRR_SETTINGS, defineMetric, total } from '../metric.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const customersLost = defineMetric({
  id: 'customers_lost',
  name: 'Customers lost',
  says: 'Churn movements in the period: an account that leaves twice counts twice.',
  level: 'financial',
  kind: 'flow',
  grain: 'movement',
  unit: 'count',
  better: 'down',
  rollUp: 'add',
  dimensions: 'account',
  formula: '{lost}',
  nullWhen: 'Never: nobody lost is 0.',
  measures: {
    lost: {
      of: mrrMovements,
      each: 'head',
      when: "kind = 'churn'",
      label: 'Churn movements',
      kind: 'count',
    },
  },
  value: total('lost'),
  n: 'lost',
  aliases: ['churned customers', 'logo churn events'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'changed the same table from activities to customers on 2025-01-31; this is the count of movements.',
    },
  ],
  examples: [
    {
      says: 'one of the opening set, and one that joined and left',
      accounts: [{ opening: 5 }, { between: 9 }, { opening: 1, closing: 1 }],
      value: 2,
    },
  ],
})
