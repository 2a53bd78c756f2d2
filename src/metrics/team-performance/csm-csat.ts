import { netPromoterScore } from '../../statistics/nps.ts'
import { defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { csmResponses } from '../rows/survey-responses.ts'
import { given } from '../rows/survey-examples.ts'

/** The share, with the net promoter score of the answers about the CSM beside it. */
const withScore = withBeside(ratio('satisfied', 'answers', 'no_responses'), ({ number: { promoters = 0, detractors = 0, recommending = 0 } }) => ({
  beside: { nps: netPromoterScore({ promoters, detractors, passives: recommending - promoters - detractors }) },
}))

export const csmCsat = defineMetric({
  id: 'csm_csat',
  name: 'Satisfaction with a CSM',
  says: 'Share of the answers about a CSM that are satisfied, whoever owns the account. Read it with its interval, not as a league table.',
  level: 'team-performance',
  kind: 'window',
  nature: 'qualitative',
  grain: 'response',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{satisfied} / {answers}',
  nullWhen: 'Nobody answered about a CSM in the window.',
  measures: {
    satisfied: { of: csmResponses, each: 'good', when: "kind = 'csat'", label: 'Satisfied', kind: 'count' },
    answers: { of: csmResponses, each: '1', when: "kind = 'csat'", label: 'Answers', kind: 'count' },
    promoters: { of: csmResponses, each: 'score >= 9', when: "kind = 'nps'", label: 'Promoters', kind: 'count' },
    detractors: { of: csmResponses, each: 'score < 7', when: "kind = 'nps'", label: 'Detractors', kind: 'count' },
    recommending: { of: csmResponses, each: '1', when: "kind = 'nps'", label: 'Answers to recommendation surveys', kind: 'count' },
  },
  value: withScore,
  n: 'answers',
  interval: 'wilson',
  shareOfWhole: true,
  besides: { nps: 'Net promoter score of the answers about the CSM' },
  options: csmResponses.options,
  aliases: ['CSM satisfaction', 'csm_nps'],
  settings: ['time_zone', 'survey_window_days'],
  examples: [
    {
      says: 'three of four are satisfied; an answer that names nobody does not count; one promoter of one',
      facts: {
        survey_response: [
          ...given('csat', [5, 5, 4, 2], { csm_id: 'mira' }),
          ...given('csat', [1]).map((row) => ({ ...row, response_id: 'x' })),
          ...given('nps', [9], { csm_id: 'mira' }).map((row) => ({ ...row, response_id: 'y' })),
        ],
      },
      value: 0.75,
      parts: { nps: 100 },
    },
  ],
})
