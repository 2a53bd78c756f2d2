import { defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { meanOf } from '../kit/mean.ts'
import { ratedResponses } from '../rows/survey-responses.ts'
import { flagLeftOut, leftOut } from '../rows/scales.ts'
import { given } from '../rows/survey-examples.ts'
import { NO_TALLY } from '../kit/tally.ts'

/** The share, with the mean answer beside it. */
const easy = withBeside(ratio('easy', 'answers', 'no_responses'), ({ tallies }) => ({
  beside: { mean: meanOf(tallies.scores ?? NO_TALLY, 'no_responses').value },
}))

export const ces = defineMetric({
  id: 'ces',
  name: 'Customer effort score',
  says: 'Share of the answers that found it easy: 5 to 7 of 7 to "you made it easy for me to handle my issue".',
  level: 'customer-health',
  kind: 'window',
  nature: 'qualitative',
  grain: 'response',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{easy} / {answers}',
  nullWhen: 'Nobody answered in the window.',
  measures: {
    easy: { of: ratedResponses, each: 'good', when: "kind = 'ces'", label: 'Found it easy', kind: 'count' },
    answers: { of: ratedResponses, each: '1', when: "kind = 'ces'", label: 'Answers', kind: 'count' },
    scores: { of: ratedResponses, each: 'score', when: "kind = 'ces'", label: 'Answers by score', kind: 'tally' },
    ...leftOut('ces'),
  },
  value: flagLeftOut(easy),
  n: 'answers',
  interval: 'wilson',
  shareOfWhole: true,
  besides: { mean: 'Mean answer' },
  options: ratedResponses.options,
  aliases: ['CES', 'CES 2.0', 'effort'],
  settings: ['time_zone', 'survey_window_days'],
  disagreements: [
    {
      anchor: 'CES 1.0',
      says: 'asks how much effort it took, from 1 to 5, where less is better. It is another question: its answers (kind ces1) are never counted here.',
    },
  ],
  examples: [
    {
      says: 'ces2: seven of ten answer 5 to 7, on average 5.2',
      facts: { survey_response: given('ces', [7, 7, 6, 5, 5, 4, 3, 2, 6, 7]) },
      value: 0.7,
      ci: [0.39677814746114537, 0.8922087325936989],
      parts: { mean: 5.2 },
    },
    { says: 'effort as CES 1.0 asks for it is not counted', facts: { survey_response: given('ces1', [1, 2]) }, value: null, null_reason: 'no_responses' },
  ],
})
