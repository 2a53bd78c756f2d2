import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { INDEX_BESIDES, byArr, indexMeasures } from '../rows/account-indexes.ts'
import { oneCustomer, twoCustomers } from '../rows/index-examples.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

export const csIndex = defineMetric({
  id: 'cs_index',
  name: 'Customer success',
  says: 'Customer experience x customer outcomes of each customer, from 0 to 100, the portfolio weighted by ARR: 0 where either is 0.',
  level: 'customer-health',
  kind: 'index',
  grain: 'account',
  unit: 'score',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{weighted} / {arr}',
  nullWhen: 'There are no customers, or less than half of what it is made of is known of each.',
  measures: indexMeasures('cs'),
  value: byArr,
  n: 'indexed',
  interval: 'bootstrap',
  besides: INDEX_BESIDES,
  aliases: ['CS'],
  revisions: [EXACT_YEARS],
  settings: [...MRR_SETTINGS, ...(['ce_weights', 'co_weights', 'csi_weights', 'outcome_max_age_days', 'feedback_max_age_days'] as const)],
  examples: [
    { says: 'cs_ce_co: 77.33 x 80', accounts: [{ opening: 100, closing: 100 }], facts: oneCustomer, value: (232 / 3) * 0.8 },
    {
      says: 'cs_aggregate: the mean of the products, not the product of the means, which is 40.81',
      accounts: [
        { opening: 90, closing: 90 },
        { opening: 10, closing: 10 },
      ],
      facts: twoCustomers,
      value: 40,
    },
  ],
})
