import { defineMetric } from '../kit/metric.ts'
import { pastDecisions } from '../rows/chance-examples.ts'
import { chanceMeasures, meanChance } from '../rows/chance-measures.ts'
import { chancesToLeave } from '../rows/chances.ts'

export const churnProbability = defineMetric({
  id: 'churn_probability',
  name: 'Likely to leave',
  says: 'Chance that a customer decides to leave within 90 days, from how many of its phase and band did so before; of several customers the mean. A band of which little was seen is drawn to its phase.',
  level: 'customer-health',
  kind: 'model',
  grain: 'account',
  unit: 'share',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{chances} / {told}',
  nullWhen: 'Nothing was said within seven days before the end of the period, all have decided, or no month of which 90 days have passed tells of their phase.',
  measures: chanceMeasures(chancesToLeave, 'chance', 'Sum of chances to leave'),
  value: meanChance,
  n: 'told',
  shareOfWhole: true,
  aliases: ['churn probability', 'churn risk'],
  disagreements: [
    {
      anchor: 'Models of churn',
      says: 'tell the chance that service ends; here it is the decision, which comes first, so that who has given notice has none left.',
    },
  ],
  settings: ['time_zone'],
  examples: [
    {
      says: 'band_shrinkage: 6 of 20, 5 of 60 and 2 of 120 are 18.25, 7.88 and 2.36 %; who has decided has no chance',
      ...pastDecisions,
      value: (0.1825 + 0.07875 + 0.023571) / 3,
      parts: { told: 3, decided: 1, customers: 4 },
    },
    {
      says: 'of a phase in which nobody was ever seen nothing is known',
      said: [{ account: 'a', day: '2022-11-30', score: 50, band: 'amber', arr: 100, phase: 'in_window' }],
      ask: { from: '2022-11-01', until: '2022-12-01' },
      value: null,
      null_reason: 'no_history',
    },
  ],
})
