import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { INDEX_BESIDES, byArr, indexMeasures } from '../rows/account-indexes.ts'
import { oneCustomer } from '../rows/index-examples.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

export const coIndex = defineMetric({
  id: 'co_index',
  name: 'Customer outcomes',
  says: 'Value realized and word of mouth of each customer in one number from 0 to 100, the portfolio weighted by ARR.',
  level: 'customer-health',
  kind: 'index',
  grain: 'account',
  unit: 'score',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{weighted} / {arr}',
  nullWhen: 'There are no customers, or less than half of what it is made of is known of each.',
  measures: indexMeasures('co'),
  value: byArr,
  n: 'indexed',
  interval: 'bootstrap',
  besides: INDEX_BESIDES,
  aliases: ['CO'],
  revisions: [EXACT_YEARS],
  settings: [...MRR_SETTINGS, ...(['co_weights', 'outcome_max_age_days', 'feedback_max_age_days'] as const)],
  examples: [
    { says: 'cs_ce_co: 73.33 % of the value, and 9 of 10 would recommend', accounts: [{ opening: 100, closing: 100 }], facts: oneCustomer, value: 80 },
    {
      says: 'who made a verified referral has said it all',
      accounts: [{ opening: 100, closing: 100 }],
      facts: { ...oneCustomer, referral: [{ referral_id: 'f', account_id: '0 0', referred_name: 'n', referred_at: '2023-05-01T12:00:00Z', verified: 'true' }] },
      value: 0.6 * ((2 * 0.6 + 1) / 3) * 100 + 40,
    },
  ],
})
