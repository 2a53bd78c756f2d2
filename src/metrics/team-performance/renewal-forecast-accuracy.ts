import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import { renewalForecasts, renewalsByOwner } from '../rows/csm-targets.ts'
import { contract } from '../rows/contract-examples.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

const yearly = (account_id: string, unit_amount: string) => contract(account_id, '2023-03-15', { unit_amount, interval_months: 12 })
const said = (frozen_at: string, amount: string) => ({ csm_id: 'x', starts_on: '2024-03-01', months: '1', frozen_at, amount, currency: 'USD' })

export const renewalForecastAccuracy = defineMetric({
  id: 'renewal_forecast_accuracy',
  name: 'Renewal forecast accuracy',
  says: 'One less the relative error of the renewal forecast that stood when its months began. Only months that lie wholly in the period, and only CSMs who said something.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'CSM',
  unit: 'share',
  better: 'up',
  rollUp: 'none',
  dimensions: 'csm',
  formula: '1 - |{forecast} - {actual}| / {actual}',
  nullWhen: 'There is no forecast, or nothing was renewed.',
  measures: {
    forecast: { of: renewalForecasts, each: 'amount', label: 'Forecast', kind: 'money' },
    forecasts: { of: renewalForecasts, each: '1', label: 'Forecasts', kind: 'count' },
    actual: { of: renewalsByOwner, each: 'new_value', when: 'has_forecast', label: 'Yearly value renewed', kind: 'money' },
  },
  value: computed(
    ({ number: { forecast = 0, actual = 0, forecasts = 0 } }) => {
      if (forecasts === 0) return { value: null, null_reason: 'no_forecast' }
      return actual === 0 ? { value: null, null_reason: 'nothing_renewed' } : { value: 1 - Math.abs(forecast - actual) / actual }
    },
    { numerator: 'forecast', denominator: 'actual' },
  ),
  n: 'forecasts',
  revisions: [EXACT_YEARS],
  settings: [...MRR_SETTINGS, 'renewal_min_term_months', 'renewal_grace_days'],
  aliases: ['forecast accuracy'],
  examples: [
    {
      says: 'forecast_accuracy: 95,000 said for 100,000; what was said too early or too late does not count',
      facts: {
        subscription_version: [yearly('a', '60000'), yearly('b', '40000')],
        csm_assignment: [
          { account_id: 'a', csm_id: 'x' },
          { account_id: 'b', csm_id: 'x' },
        ],
        forecast: [said('2024-02-10T12:00:00Z', '50000'), said('2024-02-29T12:00:00Z', '95000'), said('2024-03-20T12:00:00Z', '100000')],
      },
      value: 0.95,
    },
  ],
})
