import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const quickRatio = defineMetric({
  id: 'quick_ratio',
  name: 'Quick ratio',
  says: 'MRR gained for each unit of MRR lost.',
  level: 'financial',
  kind: 'flow',
  grain: 'movement',
  unit: 'ratio',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'subscription',
  formula: '{gained} / {lost}',
  nullWhen: 'Nothing was lost.',
  measures: {
    gained: {
      of: mrrMovements,
      each: 'amount',
      when: "kind IN ('new', 'expansion', 'reactivation')",
      label: 'New, expansion and reactivation MRR',
      kind: 'money',
    },
    lost: {
      of: mrrMovements,
      each: '-amount',
      when: "kind IN ('contraction', 'churn')",
      label: 'Contraction and churned MRR',
      kind: 'money',
    },
    movements: {
      of: mrrMovements,
      each: 'head',
      when: "kind != 'none'",
      label: 'Movements',
      kind: 'count',
    },
  },
  value: ratio('gained', 'lost', 'nothing_lost'),
  n: 'movements',
  interval: 'bootstrap',
  settings: [...MRR_SETTINGS, 'reactivation_window_days'],
  disagreements: [
    {
      anchor: 'Baremetrics',
      says: 'leaves reactivation out of what was gained.',
    },
  ],
  examples: [{ says: '400 gained, 80 lost', accounts: [{ closing: 400 }, { opening: 80 }], value: 5 }],
})
