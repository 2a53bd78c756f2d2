import { medianOf } from '../kit/distribution.ts'
import { TREND } from '../../ledgers/health-said.ts'
import { addDays } from '../../kernel/period.ts'
import { defineMetric } from '../kit/metric.ts'
import { NO_TALLY } from '../kit/tally.ts'
import { computed, withBeside, withheld } from '../kit/value.ts'
import { flagReplayed, replayedOf } from '../rows/said-of-customers.ts'
import { scoreTrends } from '../rows/score-trends.ts'

const weekly = (scores: readonly (number | null)[]) =>
  scores.flatMap((score, i) =>
    score === null ? [] : [{ account: 'a', day: addDays('2024-03-31', 7 * (i + 1 - scores.length)), score, band: 'amber' as const, arr: 1000 }],
  )

export const healthTrend = defineMetric({
  id: 'health_trend',
  name: 'Health trend',
  says: 'Points a week by which the health of a customer moves: the slope (Theil-Sen) of what was said at the last close of the period and on the same day of the seven weeks before. Of several customers the median.',
  level: 'customer-health',
  kind: 'window',
  grain: 'account',
  unit: 'per_week',
  better: 'up',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'median({slopes})',
  nullWhen: 'No customer has five scores in these eight weeks.',
  measures: {
    slopes: { of: scoreTrends, each: 'assumeNotNull(slope)', when: 'isNotNull(slope)', label: 'Customers with a trend', kind: 'tally' },
    falling: { of: scoreTrends, each: '1', when: `slope <= -${TREND.steady}`, label: 'Customers that fall', kind: 'count' },
    steady: { of: scoreTrends, each: '1', when: `abs(slope) < ${TREND.steady}`, label: 'Customers that stay', kind: 'count' },
    rising: { of: scoreTrends, each: '1', when: `slope >= ${TREND.steady}`, label: 'Customers that rise', kind: 'count' },
    arr_falling: { of: scoreTrends, each: 'arr', when: `slope <= -${TREND.steady}`, label: 'ARR of those that fall', kind: 'money' },
    customers: { of: scoreTrends, each: '1', label: 'Customers', kind: 'count' },
    replayed: replayedOf(scoreTrends),
  },
  value: withBeside(
    withheld(
      computed(
        ({ tallies, interval }) => {
          const { beside: _, ...median } = medianOf(tallies['slopes'] ?? NO_TALLY, 'too_few_snapshots', 'health_trend', interval)
          return median
        },
        { numerator: 'slopes' },
      ),
      'nothing_said',
      ['customers', '=', 0],
    ),
    flagReplayed,
  ),
  n: 'slopes',
  ownInterval: 'bootstrap, or order statistics',
  aliases: ['score trend', 'momentum'],
  settings: ['time_zone'],
  examples: [
    {
      says: 'health_trend: 82 to 65 in eight weeks',
      said: weekly([82, 80, 81, 76, 74, 70, 69, 65]),
      value: -2.464285714285714,
      parts: { falling: 1, arr_falling: 1000 },
    },
    { says: 'weeks without a score keep their places', said: weekly([50, null, 52, null, null, 55, 56, 57]), value: 1, parts: { rising: 1 } },
    { says: 'four scores are too few', said: weekly([80, 70, 60, 50]), value: null, null_reason: 'too_few_snapshots' },
  ],
})
