import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { realizedValues } from '../rows/outcomes.ts'

export const realizedValueRatio = defineMetric({
  id: 'realized_value_ratio',
  name: 'Realized value per price paid',
  says: 'What customers say the outcomes of the last twelve months are worth, over what these customers paid in them.',
  level: 'customer-health',
  kind: 'window',
  grain: 'account',
  unit: 'ratio',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{worth} / {paid}',
  nullWhen: 'No customer confirmed value, or those who did paid nothing.',
  measures: {
    worth: { of: realizedValues, each: 'worth', label: 'Value confirmed in twelve months', kind: 'money' },
    paid: { of: realizedValues, each: 'paid', label: 'Paid by these customers in them', kind: 'money' },
    accounts: { of: realizedValues, each: '1', label: 'Accounts that confirmed value', kind: 'count' },
  },
  value: ratio('worth', 'paid', 'nothing_paid_or_confirmed'),
  n: 'accounts',
  interval: 'bootstrap',
  settings: REVENUE_SETTINGS,
  examples: [
    {
      says: 'half of an outcome worth 5,000 was confirmed, then all of it: 5,000 over 2,000 paid',
      facts: {
        outcome: [{ outcome_id: 'o', account_id: 'a', defined_at: '2023-01-01T12:00:00Z', baseline: 0, target: 10, money_value: 5000, currency: 'USD' }],
        outcome_measurement: [
          { outcome_id: 'o', account_id: 'a', measured_at: '2023-06-01T12:00:00Z', value: 5, confirmed_at: '2023-06-02T12:00:00Z' },
          { outcome_id: 'o', account_id: 'a', measured_at: '2024-02-01T12:00:00Z', value: 12, confirmed_at: '2024-03-02T12:00:00Z' },
        ],
        charge: [{ charge_id: 'c', account_id: 'a', charged_at: '2023-07-01T12:00:00Z', amount: 2000, currency: 'USD' }],
      },
      value: 2.5,
    },
  ],
})
