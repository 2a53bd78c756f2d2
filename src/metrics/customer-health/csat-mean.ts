import { mean } from '../kit/mean.ts'
import { withBeside } from '../kit/value.ts'
import type { Form } from '../kit/value.ts'
import { defineMetric } from '../kit/metric.ts'
import { SCALE_CODE, flagLeftOut, flagScales, leftOut, scaleOf } from '../rows/scales.ts'
import { ratedResponses } from '../rows/survey-responses.ts'
import { given, times } from '../rows/survey-examples.ts'

/** Answers of one scale are told on it too: people know a mean of 3.7 of 5. */
const asAnswered = (mean: Form): Form =>
  withBeside(mean, ({ tallies }, { value }) => {
    const [code, ...others] = tallies.scales?.values ?? []
    const { lowest, highest } = scaleOf(code ?? 0)
    return { beside: { on_scale: value === null || code === undefined || others.length > 0 ? null : lowest + value * (highest - lowest) } }
  })

export const csatMean = defineMetric({
  id: 'csat_mean',
  name: 'Mean satisfaction',
  says: 'Mean satisfaction rating, rescaled to run from 0 for the lowest answer to 1 for the highest.',
  level: 'customer-health',
  kind: 'window',
  nature: 'qualitative',
  grain: 'response',
  unit: 'ratio',
  better: 'up',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'mean of {ratings} ratings, (rating - lowest) / (highest - lowest)',
  nullWhen: 'Nobody answered in the window.',
  measures: {
    ratings: { of: ratedResponses, each: 'rescaled', when: "kind = 'csat'", label: 'Ratings', kind: 'tally' },
    scales: { of: ratedResponses, each: SCALE_CODE, when: "kind = 'csat'", label: 'Answers by their scale', kind: 'tally', coded: true },
    ...leftOut('csat'),
  },
  value: flagLeftOut(asAnswered(flagScales(mean('ratings', 'no_responses')))),
  n: 'ratings',
  ownInterval: 't',
  besides: { on_scale: 'Mean rating on the scale that was asked, where there was one' },
  options: ratedResponses.options,
  aliases: ['average CSAT', 'average rating'],
  settings: ['time_zone', 'survey_window_days'],
  examples: [
    {
      says: 'csat_delighted: 3.738 of 5 lies at 0.685 between 1 and 5',
      facts: { survey_response: given('csat', [...times(42, 5), ...times(32, 4), ...times(10, 3), ...times(9, 2), ...times(14, 1)]) },
      value: (400 / 107 - 1) / 4,
      parts: { on_scale: 3.73831775700935 },
    },
  ],
})
