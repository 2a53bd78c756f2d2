import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { ratedResponses } from '../rows/survey-responses.ts'
import { given, times } from '../rows/survey-examples.ts'
import { SCALE_CODE, flagLeftOut, flagScales, leftOut } from '../rows/scales.ts'

const thresholds = ([3, 4, 5, 6, 7, 10] as const).map((most) => ({ survey_id: `q${most}`, kind: 'csat', scale_max: most }))

export const csat = defineMetric({
  id: 'csat',
  name: 'Customer satisfaction',
  says: 'Share of the answers that are satisfied: those in the upper quarter of the scale, or from the threshold of the survey.',
  level: 'customer-health',
  kind: 'window',
  nature: 'qualitative',
  grain: 'response',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{satisfied} / {answers}',
  nullWhen: 'Nobody answered in the window.',
  measures: {
    satisfied: { of: ratedResponses, each: 'good', when: "kind = 'csat'", label: 'Satisfied', kind: 'count' },
    answers: { of: ratedResponses, each: '1', when: "kind = 'csat'", label: 'Answers', kind: 'count' },
    scales: { of: ratedResponses, each: SCALE_CODE, when: "kind = 'csat'", label: 'Answers by their scale', kind: 'tally', coded: true },
    ...leftOut('csat'),
  },
  value: flagLeftOut(flagScales(ratio('satisfied', 'answers', 'no_responses'))),
  n: 'answers',
  interval: 'wilson',
  shareOfWhole: true,
  options: ratedResponses.options,
  aliases: ['CSAT', 'satisfaction'],
  settings: ['time_zone', 'survey_window_days'],
  disagreements: [
    { anchor: 'QuestionPro', says: 'counts only 9 and 10 of 10.' },
    {
      anchor: 'Surveys on one scale',
      says: 'are never pooled with those on another by some; here the shares are pooled and the value says so.',
    },
    { anchor: 'Simplesat', says: 'counts 3 and 4 of 4; here it is 4 of 4.' },
  ],
  examples: [
    {
      says: 'csat_delighted: 42 fives and 32 fours of 107',
      facts: { survey_response: given('csat', [...times(42, 5), ...times(32, 4), ...times(10, 3), ...times(9, 2), ...times(14, 1)]) },
      value: 74 / 107,
      ci: [0.5987150913219855, 0.7711826025212977],
    },
    {
      says: 'csat_thresholds: 3 of 3, 4 of 4, 4 of 5, 5 of 6, 6 of 7 and 8 of 10 are satisfied',
      facts: {
        survey: thresholds,
        survey_response: [
          [3, 3],
          [4, 4],
          [5, 4],
          [6, 5],
          [7, 6],
          [10, 8],
        ].flatMap(([most = 0, least = 0], i) => given('', [least], { survey_id: `q${most}`, response_id: `s${i}` })),
      },
      value: 1,
    },
    {
      says: 'csat_thresholds: one less is not',
      facts: {
        survey: thresholds,
        survey_response: [
          [3, 2],
          [4, 3],
          [5, 3],
          [6, 4],
          [7, 5],
          [10, 7],
        ].flatMap(([most = 0, least = 0], i) => given('', [least], { survey_id: `q${most}`, response_id: `s${i}` })),
      },
      value: 0,
    },
    {
      says: 'a survey that says from where on is believed',
      facts: { survey: [{ survey_id: 'q', kind: 'csat', threshold: 3 }], survey_response: given('', [2, 3]) },
      value: 0.5,
    },
  ],
})
