import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { onboardingsDue } from '../rows/team-work.ts'

const onboarding = (id: string, finished_at: string, agreed_end = '2024-03-20') => ({
  onboarding_id: id,
  account_id: id,
  started_at: '2024-02-01T12:00:00Z',
  agreed_end,
  finished_at,
})

export const onboardingOnTimeRate = defineMetric({
  id: 'onboarding_on_time_rate',
  name: 'Onboardings on time',
  says: 'Share of the onboardings agreed to end in the period that were finished by then. One that is not finished counts as late.',
  level: 'team-performance',
  kind: 'cohort',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{on_time} / {due}',
  nullWhen: 'No onboarding was due.',
  measures: {
    on_time: { of: onboardingsDue, each: 'on_time', label: 'Finished by the agreed day', kind: 'count' },
    due: { of: onboardingsDue, each: '1', label: 'Onboardings due', kind: 'count' },
  },
  value: ratio('on_time', 'due', 'none_due'),
  n: 'due',
  interval: 'wilson',
  shareOfWhole: true,
  settings: ['time_zone'],
  aliases: ['implementation on time'],
  examples: [
    {
      says: 'one of three: a day late, never; one without an agreed end does not count',
      facts: { onboarding: [onboarding('1', '2024-03-20T20:00:00Z'), onboarding('2', '2024-03-21T08:00:00Z'), onboarding('3', ''), onboarding('4', '', '')] },
      value: 1 / 3,
    },
  ],
})
