import { conversation } from '../facts/conversation.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const conversationLedger = defineLedger({
  id: 'conversation',
  says: 'One theme of one conversation with one account, with the sentiment that was coded.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day on which it was held' },
    conversation_id: { type: 'String', says: 'The conversation' },
    contact_id: { type: 'String', says: 'Who took part' },
    kind: { type: 'LowCardinality(String)', says: 'interview, focus_group or call' },
    theme: { type: 'LowCardinality(String)', says: 'What it was about' },
    sentiment: { type: 'Nullable(Decimal(38, 6))', says: '-2 to 2; null while it is not coded' },
    second_sentiment: { type: 'Nullable(Decimal(38, 6))', says: 'What a second coder found' },
    coder: { type: 'String', says: 'Who coded it' },
    summary: { type: 'String', says: 'What was said' },
  },
  orderBy: ['day', 'account_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, ${localDay(from, 'held_at')} AS day, conversation_id, contact_id, kind, theme, sentiment, second_sentiment, coder, summary
    FROM (${countedVersions(from, conversation)})`,
})
