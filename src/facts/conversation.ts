import { accountId, choice, defineFact, id, instant, number, text } from './fact.ts'

export const conversation = defineFact({
  id: 'conversation',
  name: 'Research conversation',
  plural: 'research conversations',
  says: 'One theme of one interview, focus group or call with one account, with the sentiment that a person coded.',
  about: 'voice',
  placement: 'account',
  columns: {
    conversation_id: id('Your own id of the conversation', {
      required: true,
      aliases: ['id', 'interview_id', 'session_id', 'call_id', 'meeting_id', 'note_id'],
    }),
    account_id: accountId('The account that took part', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    contact_id: id('Who took part', { aliases: ['contact', 'participant', 'person_id', 'interviewee', 'email'] }),
    held_at: instant('When it was held', {
      required: true,
      aliases: ['date', 'interviewed_at', 'started_at', 'meeting_date', 'call_date', 'conducted_on', 'session_date'],
    }),
    kind: choice('What sort of conversation', {
      fallback: 'interview',
      aliases: ['type', 'format', 'method'],
      choices: {
        interview: ['interview', 'user_interview', 'one_on_one', '1:1'],
        focus_group: ['focus_group', 'group', 'workshop', 'panel'],
        call: ['call', 'meeting', 'check_in', 'qbr'],
      },
    }),
    theme: text('What it was about: pricing, onboarding, reporting ...', { aliases: ['topic', 'tag', 'code', 'label', 'subject'] }),
    sentiment: number('-2 very negative to 2 very positive; empty until it is coded', { aliases: ['score', 'coded_sentiment', 'tone'], min: -2, max: 2 }),
    coder: text('Who coded it', { aliases: ['coded_by', 'analyst', 'researcher', 'interviewer'] }),
    second_sentiment: number('What a second coder found, for a sample', { aliases: ['sentiment_2', 'second_score', 'check_sentiment'], min: -2, max: 2 }),
    second_coder: text('Who coded it the second time', { aliases: ['coder_2', 'second_coded_by', 'checked_by'] }),
    summary: text('What was said', { aliases: ['note', 'notes', 'quote', 'verbatim', 'highlight'] }),
  },
  identity: [
    ['conversation_id', 'account_id', 'theme'],
    ['conversation_id', 'account_id'],
  ],
  effective: 'held_at',
  fileNames: ['interview', 'conversation', 'focus_group', 'research', 'insight'],
})
