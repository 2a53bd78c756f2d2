import { bySetting } from '../kit/option.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { firstValues } from '../rows/first-value.ts'
import { KM, watchedFacts } from '../rows/watched-examples.ts'

export const neverReachedRate = defineMetric({
  id: 'never_reached_rate',
  name: 'Left before value',
  says: 'Share of the accounts that began in the period that left without ever having had their first value, of those whose 30 days are over.',
  level: 'usage',
  kind: 'cohort',
  grain: 'account',
  unit: 'share',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{gone} / {matured}',
  nullWhen: 'No account of the period has had its 30 days.',
  measures: {
    gone: { of: firstValues, each: 'gone', when: 'matured', label: 'Left before first value', kind: 'count' },
    matured: { of: firstValues, each: 'matured', label: 'Accounts whose days are over', kind: 'count' },
  },
  value: ratio('gone', 'matured', 'none_matured'),
  cohorts: { by: 'horizon', option: 'within_days' },
  n: 'matured',
  interval: 'wilson',
  shareOfWhole: true,
  options: { within_days: bySetting('activation_days', 'Days that must be over') },
  aliases: ['never reached value', 'lost before value'],
  settings: [...MRR_SETTINGS, 'idle_events', 'value_events', 'value_clock', 'activation_days'],
  examples: [{ says: 'four of ten left without it', facts: watchedFacts(KM, 1), value: 0.4, parts: { gone: 4, matured: 10 } }],
})
