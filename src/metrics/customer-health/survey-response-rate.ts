import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { surveysSent } from '../rows/surveys-sent.ts'

export const surveyResponseRate = defineMetric({
  id: 'survey_response_rate',
  name: 'Survey response rate',
  says: 'Share of the delivered surveys that were answered. A score of few is a score of those who like to answer.',
  level: 'customer-health',
  kind: 'window',
  grain: 'invitation',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{answered} / {delivered}',
  nullWhen: 'No survey was delivered in the window.',
  measures: {
    answered: { of: surveysSent, each: 'answered', label: 'Answered', kind: 'count' },
    delivered: { of: surveysSent, each: '1', label: 'Delivered', kind: 'count' },
  },
  value: ratio('answered', 'delivered', 'none_delivered'),
  n: 'delivered',
  interval: 'wilson',
  shareOfWhole: true,
  options: surveysSent.options,
  aliases: ['response rate'],
  settings: ['time_zone', 'survey_window_days'],
  examples: [
    {
      says: 'of three delivered one was answered; the one that bounced does not count',
      facts: {
        survey_invitation: ['1', '2', '3', '4'].map((i) => ({
          invitation_id: i,
          survey_id: 'q',
          account_id: 'a',
          contact_id: `p${i}`,
          sent_at: '2024-03-01T12:00:00Z',
          status: i === '4' ? 'undelivered' : 'delivered',
        })),
        survey_response: [{ response_id: 'r', survey_id: 'q', kind: 'nps', account_id: 'a', contact_id: 'p1', answered_at: '2024-03-03T12:00:00Z', score: 9 }],
      },
      value: 1 / 3,
    },
  ],
})
