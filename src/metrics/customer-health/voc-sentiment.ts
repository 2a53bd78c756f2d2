import { cohenKappa } from '../../statistics/cohen-kappa.ts'
import { meanOf } from '../kit/mean.ts'
import { defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import { conversations } from '../rows/research.ts'
import { NO_TALLY } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'

const GRADES = 5

/** Pairs of codes are tallied as one number, first x 5 + second, each from 0 to 4. */
function agreement({ values, reached }: Tally): number | null {
  const counts = Array.from({ length: GRADES }, () => Array.from({ length: GRADES }, () => 0))
  values.forEach((value, i) => {
    const row = counts[Math.floor(value / GRADES)]
    if (row !== undefined) row[value % GRADES] = reached[i] ?? 0
  })
  return cohenKappa(counts)
}

const held = (conversation_id: string, sentiment: number, second_sentiment: number | string = '') => ({
  conversation_id,
  account_id: 'a',
  held_at: '2024-03-15T12:00:00Z',
  theme: 'price',
  sentiment,
  second_sentiment,
})

export const vocSentiment = defineMetric({
  id: 'voc_sentiment',
  name: 'Voice of the customer',
  says: 'Mean sentiment of interviews and focus groups as people coded it, from -2 to 2.',
  level: 'customer-health',
  kind: 'window',
  nature: 'qualitative',
  grain: 'conversation',
  unit: 'sentiment',
  better: 'up',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'mean sentiment of {coded} coded themes',
  nullWhen: 'No conversation was coded in the window.',
  measures: {
    coded: { of: conversations, each: 'sentiment', label: 'Coded themes', kind: 'tally' },
    twice: {
      of: conversations,
      each: 'round(toFloat64(sentiment) + 2) * 5 + round(toFloat64(assumeNotNull(second_sentiment)) + 2)',
      when: 'isNotNull(second_sentiment)',
      label: 'Coded twice',
      coded: true,
      kind: 'tally',
    },
  },
  value: computed(({ tallies }) => ({ ...meanOf(tallies.coded ?? NO_TALLY, 'no_conversations'), beside: { kappa: agreement(tallies.twice ?? NO_TALLY) } }), {
    numerator: 'coded',
  }),
  n: 'coded',
  ownInterval: 't',
  besides: { kappa: "Agreement of two coders (Cohen's kappa)" },
  options: conversations.options,
  aliases: ['VoC', 'sentiment', 'interviews'],
  settings: ['time_zone', 'feedback_max_age_days'],
  examples: [
    { says: 'one very good and two bad ones', facts: { conversation: [held('1', 2), held('2', -1), held('3', -1)] }, value: 0 },
    {
      says: 'two coders who agree on three of four themes',
      facts: { conversation: [held('1', 1, 1), held('2', 1, 1), held('3', -1, -1), held('4', -1, 1)] },
      value: 0,
      parts: { kappa: 0.5, twice: 4 },
    },
  ],
})
