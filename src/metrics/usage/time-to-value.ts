import { reachedBy } from '../../statistics/kaplan-meier.ts'
import { MEDIAN_TIME_BESIDES, medianTimeToReach } from '../kit/distribution.ts'
import { withBeside } from '../kit/value.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { valueTimes } from '../rows/outcomes.ts'
import { valueCohort } from '../rows/value-examples.ts'
import { NO_TALLY, observations } from '../kit/tally.ts'

/** The median, with the shares that were there within so many days. */
const withShares = withBeside(medianTimeToReach('times'), ({ tallies }) => {
  const seen = observations(tallies.times ?? NO_TALLY)
  const within = (days: number): number | null => reachedBy(seen, days)?.value ?? null
  return { beside: { within_14: within(14), within_30: within(30), within_90: within(90) } }
})

export const timeToValue = defineMetric({
  id: 'time_to_value',
  name: 'Time to value',
  says: 'Days from the first payment until half of the accounts of the period have confirmed an outcome as reached. Those who have not yet are not left out.',
  level: 'usage',
  kind: 'cohort',
  grain: 'account',
  unit: 'days',
  better: 'down',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'median time (Kaplan-Meier) over {accounts}, of them {times}',
  nullWhen: 'Fewer than half have got there.',
  measures: {
    times: { of: valueTimes, each: 'days', reached: 'reached', label: 'Got there', kind: 'tally' },
    accounts: { of: valueTimes, each: '1', label: 'Accounts that became customers', kind: 'count' },
  },
  value: withShares,
  cohorts: { by: 'times', measure: 'times' },
  n: 'accounts',
  ownInterval: 'log-log Greenwood',
  besides: { ...MEDIAN_TIME_BESIDES, within_14: 'Share within 14 days', within_30: 'Share within 30 days', within_90: 'Share within 90 days' },
  aliases: ['TTV'],
  settings: MRR_SETTINGS,
  examples: [
    {
      says: 'ttv_km: half are there after 14 days; the median of those who got there would say 6.5',
      facts: valueCohort([3, 5, 5, 8, 14, 21], [12, 20, 30, 30]),
      value: 14,
      parts: { within_14: 0.52, reached: 6, open: 4 },
    },
    { says: 'ttv_km_not_reached: one of three is not half', facts: valueCohort([3], [9, 9]), value: null, null_reason: 'half_not_reached' },
  ],
})
