import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { firstValues } from '../rows/first-value.ts'
import { TIME_TO_BESIDES, timeTo } from '../rows/time-to.ts'
import { KM, KM_NOT_REACHED, watchedFacts } from '../rows/watched-examples.ts'

export const timeToFirstValue = defineMetric({
  id: 'time_to_first_value',
  name: 'Time to first value',
  says: 'Days until half of the accounts that began in the period had their first value, those who have not yet counted as still on their way.',
  level: 'usage',
  kind: 'cohort',
  grain: 'account',
  unit: 'days',
  better: 'down',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'Kaplan-Meier median of {days}',
  nullWhen: 'Fewer than half of them have reached it.',
  measures: {
    days: { of: firstValues, each: 'days', reached: 'reached', label: 'Days to first value', kind: 'tally' },
    accounts: { of: firstValues, each: '1', label: 'Accounts that began', kind: 'count' },
    early: { of: firstValues, each: 'early', label: 'Had value before the clock began', kind: 'count' },
  },
  value: timeTo('days', 'early'),
  cohorts: { by: 'times', measure: 'days' },
  n: 'accounts',
  ownInterval: 'log-log Greenwood',
  besides: TIME_TO_BESIDES,
  aliases: ['TTFV', 'first time to value'],
  settings: [...MRR_SETTINGS, 'idle_events', 'value_events', 'value_clock'],
  disagreements: [
    { anchor: 'Most reports', says: 'take the median of those who reached it, which looks better the more are still waiting; it stands beside.' },
  ],
  examples: [
    {
      says: 'ttv_km: half have it after 14 days',
      facts: watchedFacts(KM, 1),
      value: 14,
      parts: { within_14: 0.52, median_of_reached: 6.5, reached: 6, open: 4 },
    },
    { says: 'ttv_km_not_reached: the curve stays above one half', facts: watchedFacts(KM_NOT_REACHED, 1), value: null, null_reason: 'half_not_reached' },
    { says: 'value in the trial is value on the first day', facts: watchedFacts([[-5, true]], 1), value: 0, parts: { early: 1 } },
  ],
})
