import { newcombe } from '../../statistics/newcombe.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import { exposures } from '../rows/exposures.ts'
import { given, times } from '../rows/survey-examples.ts'

/** Below this a group's retention is an anecdote. */
const LEAST = 5

const before = (score: number, i: number) =>
  ({ ...given('nps', [score])[0], response_id: `r${i}`, account_id: `0 ${i}`, contact_id: `p${i}`, answered_at: '2024-01-15T12:00:00Z' }) as Record<
    string,
    string | number
  >
const scores = [...times(6, 9), ...times(6, 5)]

export const crisisRetentionGap = defineMetric({
  id: 'crisis_retention_gap',
  name: 'Retention gap in a crisis',
  says: 'Retention over the 90 days after an incident of the accounts that were loyal before it, less that of the other accounts it reached.',
  level: 'financial',
  kind: 'cohort',
  grain: 'account',
  unit: 'points',
  better: 'up',
  rollUp: 'none',
  dimensions: 'account',
  formula: '100 x ({loyal_kept} / {loyal} - {other_kept} / {other})',
  nullWhen: 'The incidents reached fewer than five loyal or fewer than five other customers, or 90 days have not passed.',
  measures: {
    loyal_kept: { of: exposures, each: 'kept', when: 'loyal', label: 'Loyal accounts that stayed', kind: 'count' },
    loyal: { of: exposures, each: '1', when: 'loyal', label: 'Loyal accounts (mean answer of 9 or more in the 180 days before)', kind: 'count' },
    other_kept: { of: exposures, each: 'kept', when: 'NOT loyal', label: 'Other accounts that stayed', kind: 'count' },
    other: { of: exposures, each: '1', when: 'NOT loyal', label: 'Other accounts', kind: 'count' },
    reached: { of: exposures, each: '1', label: 'Customers that an incident reached', kind: 'count' },
  },
  value: computed(({ number }) => {
    const [loyal, other] = [
      { k: number.loyal_kept ?? 0, n: number.loyal ?? 0 },
      { k: number.other_kept ?? 0, n: number.other ?? 0 },
    ]
    if (loyal.n < LEAST || other.n < LEAST) return { value: null, null_reason: 'group_too_small' }
    const gap = newcombe(loyal, other)
    return { value: 100 * (loyal.k / loyal.n - other.k / other.n), ci: gap === null ? null : [100 * gap[0], 100 * gap[1]], ci_method: 'Newcombe' }
  }),
  n: 'reached',
  ownInterval: 'Newcombe',
  settings: MRR_SETTINGS,
  examples: [
    {
      says: 'all six loyal accounts stay, half of the six others leave',
      facts: {
        incident: scores.map((_, i) => ({ incident_id: 'x', account_id: `0 ${i}`, started_at: '2024-02-01T12:00:00Z' })),
        survey_response: scores.map(before),
        subscription_version: scores.flatMap((_, i) => [
          { subscription_id: `s${i}`, account_id: `0 ${i}`, effective_at: '2023-06-01T12:00:00Z', status: 'active', unit_amount: 10, currency: 'USD' },
          ...(i > 8
            ? [{ subscription_id: `s${i}`, account_id: `0 ${i}`, effective_at: '2024-03-01T12:00:00Z', status: 'ended', unit_amount: 0, currency: 'USD' }]
            : []),
        ]),
      },
      ask: { from: '2024-02-01', until: '2024-03-01' },
      value: 50,
    },
  ],
})
