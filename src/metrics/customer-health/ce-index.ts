import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { INDEX_BESIDES, byArr, indexMeasures } from '../rows/account-indexes.ts'
import { oneCustomer } from '../rows/index-examples.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

export const ceIndex = defineMetric({
  id: 'ce_index',
  name: 'Customer experience',
  says: 'Satisfaction, ease and satisfaction index of each customer in one number from 0 to 100, the portfolio weighted by ARR.',
  level: 'customer-health',
  kind: 'index',
  grain: 'account',
  unit: 'score',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{weighted} / {arr}',
  nullWhen: 'There are no customers, or less than half of what it is made of is known of each.',
  measures: indexMeasures('ce'),
  value: byArr,
  n: 'indexed',
  interval: 'bootstrap',
  besides: INDEX_BESIDES,
  aliases: ['CE'],
  revisions: [EXACT_YEARS],
  settings: [...MRR_SETTINGS, ...(['ce_weights', 'csi_weights', 'feedback_max_age_days'] as const)],
  examples: [
    {
      says: 'cs_ce_co: satisfaction 4.2 of 5, ease 5.8 of 7 and an index of 66.67',
      accounts: [{ opening: 100, closing: 100 }],
      facts: { survey_response: oneCustomer.survey_response },
      value: (0.4 * 0.8 + 0.4 * 0.8 + 0.2 * (2 / 3)) * 100,
    },
    {
      says: 'satisfaction alone is two fifths of it: too little',
      accounts: [{ opening: 100, closing: 100 }],
      facts: { survey_response: oneCustomer.survey_response.slice(0, 1) },
      value: null,
      null_reason: 'low_coverage',
    },
  ],
})
