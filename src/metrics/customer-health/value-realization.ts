import { meanOf } from '../kit/mean.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import { outcomeAccounts } from '../rows/outcomes.ts'
import { NO_TALLY } from '../kit/tally.ts'

export const valueRealization = defineMetric({
  id: 'value_realization',
  name: 'Value realization',
  says: 'How far customers have come on the way to the outcomes they want, each by the weighted mean of its outcomes measured lately.',
  level: 'customer-health',
  kind: 'stock',
  grain: 'outcome',
  unit: 'share',
  better: 'up',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'mean attainment of {accounts} customers',
  nullWhen: 'No customer has an outcome that was measured lately.',
  measures: {
    accounts: { of: outcomeAccounts, each: 'attained', label: 'Customers with outcomes measured lately', kind: 'tally' },
    covered: { of: outcomeAccounts, each: 'coverage', label: 'Share of the weight of their outcomes', kind: 'tally' },
  },
  value: computed(
    ({ tallies }) => {
      const outcome = meanOf(tallies.accounts ?? NO_TALLY, 'no_outcomes')
      return { ...outcome, beside: { coverage: meanOf(tallies.covered ?? NO_TALLY, 'no_outcomes').value } }
    },
    { numerator: 'accounts' },
  ),
  n: 'accounts',
  ownInterval: 't',
  besides: { coverage: 'Share of the weight of the outcomes that was measured lately' },
  aliases: ['outcomes', 'value attainment', 'success plan progress'],
  settings: [...MRR_SETTINGS, 'outcome_max_age_days'],
  examples: [
    {
      says: 'value_realization: 60 % of weight 2 and more than all of weight 1',
      accounts: [{ opening: 10, closing: 10 }],
      facts: {
        outcome: [
          { outcome_id: 'o1', account_id: '0 0', defined_at: '2024-01-01T12:00:00Z', baseline: 40, target: 20, weight: 2 },
          { outcome_id: 'o2', account_id: '0 0', defined_at: '2024-01-01T12:00:00Z', baseline: 0, target: 100000, weight: 1 },
        ],
        outcome_measurement: [
          { outcome_id: 'o1', account_id: '0 0', measured_at: '2024-03-10T12:00:00Z', value: 28 },
          { outcome_id: 'o2', account_id: '0 0', measured_at: '2024-03-10T12:00:00Z', value: 120000 },
        ],
      },
      value: (2 * 0.6 + 1) / 3,
      parts: { coverage: 1 },
    },
    {
      says: 'an outcome with nowhere to go and one measured long ago say nothing',
      accounts: [{ opening: 10, closing: 10 }],
      facts: {
        outcome: [
          { outcome_id: 'o1', account_id: '0 0', defined_at: '2023-01-01T12:00:00Z', baseline: 5, target: 5 },
          { outcome_id: 'o2', account_id: '0 0', defined_at: '2023-01-01T12:00:00Z', baseline: 0, target: 10 },
        ],
        outcome_measurement: [
          { outcome_id: 'o1', account_id: '0 0', measured_at: '2024-03-10T12:00:00Z', value: 5 },
          { outcome_id: 'o2', account_id: '0 0', measured_at: '2023-12-31T12:00:00Z', value: 5 },
        ],
      },
      value: null,
      null_reason: 'no_outcomes',
    },
  ],
})
