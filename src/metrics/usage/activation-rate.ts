import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { firstValues } from '../rows/first-value.ts'
import { KM, watchedFacts } from '../rows/watched-examples.ts'

export const activationRate = defineMetric({
  id: 'activation_rate',
  name: 'Activation rate',
  says: 'Share of the accounts that began in the period that had their first value within 30 days, of those whose 30 days are over.',
  level: 'usage',
  kind: 'cohort',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{activated} / {matured}',
  nullWhen: 'No account of the period has had its 30 days.',
  measures: {
    activated: { of: firstValues, each: 'in_time', when: 'matured', label: 'Accounts with value in time', kind: 'count' },
    matured: { of: firstValues, each: 'matured', label: 'Accounts whose days are over', kind: 'count' },
  },
  value: ratio('activated', 'matured', 'none_matured'),
  cohorts: { by: 'horizon', option: 'within_days' },
  n: 'matured',
  interval: 'wilson',
  shareOfWhole: true,
  options: firstValues.options,
  aliases: ['activation', 'reached first value'],
  settings: [...MRR_SETTINGS, 'idle_events', 'value_events', 'value_clock', 'activation_days'],
  examples: [
    {
      says: 'six of ten within 30 days; who left before counts as not activated',
      facts: watchedFacts(KM, 1),
      value: 0.6,
      parts: { activated: 6, matured: 10 },
    },
    {
      says: 'five of them within 14',
      facts: watchedFacts(KM, 1),
      ask: { from: '2024-03-01', until: '2024-04-01', options: { within_days: '14' } },
      value: 0.5,
    },
    {
      says: 'nobody has had the days yet',
      facts: watchedFacts([[3, true]], 1),
      ask: { from: '2024-03-01', until: '2024-04-01', options: { within_days: '365' } },
      value: null,
      null_reason: 'none_matured',
    },
  ],
})
