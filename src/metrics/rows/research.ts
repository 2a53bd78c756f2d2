import { bySetting } from '../kit/option.ts'
import { sql } from '../../kernel/sql.ts'
import { conversationLedger } from '../../ledgers/conversation-ledger.ts'
import { defineRowSet, inPeriods, optionOf } from '../kit/row-set.ts'
import { trailing } from './survey-responses.ts'

export const conversations = defineRowSet({
  id: 'conversations',
  says: 'One row per coded theme of a conversation in the days before the end of the period.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    conversation_id: { name: 'Conversation', kind: 'text' },
    kind: { name: 'Kind', kind: 'text' },
    theme: { name: 'Theme', kind: 'text' },
    sentiment: { name: 'Sentiment', kind: 'number' },
    second_sentiment: { name: 'Second coder', kind: 'number' },
    coder: { name: 'Coded by', kind: 'text' },
    summary: { name: 'What was said', kind: 'text' },
  },
  own: { theme: 'theme', kind: 'kind' },
  options: { window_days: bySetting('feedback_max_age_days', 'Days before the end of the period whose conversations count') },
  rows(frame) {
    const days = Number(optionOf(frame, 'window_days'))
    const { period, rest } = inPeriods(trailing(frame, days), sql`day`)
    return sql`
    SELECT ${period} AS period, account_id, day, conversation_id, kind, theme, sentiment, second_sentiment, coder, summary
    FROM (SELECT * FROM (${frame.ledger(conversationLedger)}) WHERE isNotNull(sentiment)) ${rest}`
  },
})
