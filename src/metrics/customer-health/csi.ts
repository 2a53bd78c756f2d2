import { mean } from '../kit/mean.ts'
import { withBeside } from '../kit/value.ts'
import { defineMetric } from '../kit/metric.ts'
import { indexResponses } from '../rows/index-responses.ts'

const item = (name: string, score: number, more: Record<string, number> = {}) => ({
  response_id: 'r',
  survey_id: 'q',
  kind: 'csi',
  account_id: 'a',
  contact_id: 'p',
  answered_at: '2024-03-15T12:00:00Z',
  item: name,
  score,
  ...more,
})
const three = [item('satisfaction', 8), item('expectancy', 7), item('ideal', 6)]

const BY_IMPORTANCE = 'mean of the indexes of {respondents} respondents: 100 x mean of attribute / highest, weighed by importance'

export const csi = defineMetric({
  id: 'csi',
  name: 'Customer satisfaction index',
  says: 'Satisfaction, match with expectations and closeness to the ideal in one number from 0 to 100, averaged over those who answered all three.',
  level: 'customer-health',
  kind: 'window',
  nature: 'qualitative',
  grain: 'respondent',
  unit: 'score',
  better: 'up',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'mean of the indexes of {respondents} respondents: 100 x weighted mean of (item - 1) / 9',
  nullWhen: 'Nobody gave a complete response in the window.',
  measures: { respondents: { of: indexResponses, each: 'satisfaction_index', label: 'Respondents', kind: 'tally' } },
  value: withBeside(mean('respondents', 'no_complete_responses', 100), ({ options }) => (options.form === 'importance' ? { formula: BY_IMPORTANCE } : {})),
  n: 'respondents',
  ownInterval: 't',
  options: indexResponses.options,
  aliases: ['CSI', 'satisfaction index'],
  settings: ['time_zone', 'survey_window_days', 'csi_weights'],
  disagreements: [{ anchor: 'ACSI', says: 'has the same form with weights of its own that are not public: this is no ACSI score.' }],
  examples: [
    { says: 'csi_equal: 8, 7 and 6 of 10, weighed alike', facts: { survey_response: three }, value: 200 / 3 },
    {
      says: 'csi_weighted: the same with weights .3885, .3190 and .2925',
      facts: { survey_response: three },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { weights: '0.3885, 0.3190, 0.2925' } },
      value: (100 * (7 * 0.3885 + 6 * 0.319 + 5 * 0.2925)) / 9,
    },
    {
      says: 'csi_importance: 9, 6 and 7 of importance 10, 8 and 2',
      facts: { survey_response: [item('price', 9, { importance: 10 }), item('speed', 6, { importance: 8 }), item('help', 7, { importance: 2 })] },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { form: 'importance' } },
      value: 76,
    },
    { says: 'who leaves out an item is left out', facts: { survey_response: three.slice(0, 2) }, value: null, null_reason: 'no_complete_responses' },
  ],
})
