import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { featureStarts } from '../rows/first-value.ts'
import { TIME_TO_BESIDES, timeTo } from '../rows/time-to.ts'
import { KM, KM_NOT_REACHED, watchedFacts } from '../rows/watched-examples.ts'

export const timeToAdopt = defineMetric({
  id: 'time_to_adopt',
  name: 'Time to adopt',
  says: 'Days until half of the accounts that could use a feature from the period on had used it three times.',
  level: 'usage',
  kind: 'cohort',
  grain: 'account x feature',
  unit: 'days',
  better: 'down',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'Kaplan-Meier median of {days}',
  nullWhen: 'Fewer than half of them have adopted it.',
  measures: {
    days: { of: featureStarts, each: 'days', reached: 'reached', label: 'Days to adoption', kind: 'tally' },
    starts: { of: featureStarts, each: '1', label: 'Accounts and features that began', kind: 'count' },
    early: { of: featureStarts, each: 'early', label: 'Adopted before it began', kind: 'count' },
  },
  value: timeTo('days', 'early'),
  cohorts: { by: 'times', measure: 'days' },
  n: 'starts',
  ownInterval: 'log-log Greenwood',
  besides: TIME_TO_BESIDES,
  options: featureStarts.options,
  aliases: ['time to adoption', 'feature adoption speed'],
  settings: [...MRR_SETTINGS, 'idle_events', 'adoption_uses'],
  examples: [
    { says: 'ttv_km: half have adopted it after 14 days', facts: watchedFacts(KM, 3), value: 14, parts: { within_14: 0.52, median_of_reached: 6.5 } },
    { says: 'ttv_km_not_reached: the curve stays above one half', facts: watchedFacts(KM_NOT_REACHED, 3), value: null, null_reason: 'half_not_reached' },
    { says: 'two uses are not an adoption', facts: watchedFacts([[3, true]], 2), value: null, null_reason: 'half_not_reached' },
  ],
})
