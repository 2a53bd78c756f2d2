import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { promoters } from '../rows/promoters.ts'
import { given } from '../rows/survey-examples.ts'

export const promoterActivation = defineMetric({
  id: 'promoter_activation',
  name: 'Promoter activation',
  says: 'Share of the promoters of the period who did something for us in the days after: a review, a reference, a referral.',
  level: 'customer-health',
  kind: 'cohort',
  grain: 'contact',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{acted} / {promoters}',
  nullWhen: 'No promoter of the period has had the time.',
  measures: {
    acted: { of: promoters, each: 'acted', label: 'Promoters who acted', kind: 'count' },
    promoters: { of: promoters, each: '1', label: 'Promoters who have had the time', kind: 'count' },
  },
  value: ratio('acted', 'promoters', 'no_promoters'),
  cohorts: { by: 'horizon', option: 'horizon_days' },
  n: 'promoters',
  interval: 'wilson',
  shareOfWhole: true,
  options: promoters.options,
  settings: ['time_zone', 'advocacy_horizon_days'],
  examples: [
    {
      says: 'of two promoters one wrote a review in time; a detractor who did is not asked',
      facts: {
        survey_response: given('nps', [9, 10, 3]),
        advocacy_act: [0, 2].map((i) => ({ act_id: `v${i}`, account_id: `a${i}`, contact_id: `p${i}`, acted_at: '2024-03-20T12:00:00Z', kind: 'review' })),
      },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { horizon_days: '30' } },
      value: 0.5,
    },
  ],
})
