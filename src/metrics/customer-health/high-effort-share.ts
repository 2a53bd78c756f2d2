import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { flagLeftOut, leftOut } from '../rows/scales.ts'
import { ratedResponses } from '../rows/survey-responses.ts'
import { given } from '../rows/survey-examples.ts'

export const highEffortShare = defineMetric({
  id: 'high_effort_share',
  name: 'High effort',
  says: 'Share of the effort answers that found it hard: 1 to 3 of 7.',
  level: 'customer-health',
  kind: 'window',
  nature: 'qualitative',
  grain: 'response',
  unit: 'share',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{hard} / {answers}',
  nullWhen: 'Nobody answered in the window.',
  measures: {
    hard: { of: ratedResponses, each: 'bad', when: "kind = 'ces'", label: 'Found it hard', kind: 'count' },
    answers: { of: ratedResponses, each: '1', when: "kind = 'ces'", label: 'Answers', kind: 'count' },
    ...leftOut('ces'),
  },
  value: flagLeftOut(ratio('hard', 'answers', 'no_responses')),
  n: 'answers',
  interval: 'wilson',
  shareOfWhole: true,
  options: ratedResponses.options,
  aliases: ['high effort customers'],
  settings: ['time_zone', 'survey_window_days'],
  examples: [{ says: 'ces2: two of ten answer 1 to 3', facts: { survey_response: given('ces', [7, 7, 6, 5, 5, 4, 3, 2, 6, 7]) }, value: 0.2 }],
})
