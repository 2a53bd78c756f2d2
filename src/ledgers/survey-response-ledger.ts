import { surveyResponse } from '../facts/survey-response.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'
import { RESPONDENT, RESPONSE } from './survey-responses.ts'

export const surveyResponseLedger = defineLedger({
  id: 'survey_answer',
  says: 'One score that was given in one survey response; items of a satisfaction index are kept apart.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day of the answer' },
    answered_at: { type: "DateTime64(3, 'UTC')", says: 'When it was given' },
    response: { type: 'String', says: 'The response' },
    respondent: { type: 'String', says: 'Who answered; an anonymous response is somebody of its own' },
    contact_id: { type: 'String', says: 'The contact, where known' },
    survey_id: { type: 'String', says: 'The survey' },
    given_kind: { type: 'LowCardinality(String)', says: 'Kind of survey, where the answer says it' },
    score: { type: 'Decimal(38, 6)', says: 'The answer' },
    channel: { type: 'LowCardinality(String)', says: 'Where it was answered' },
    language: { type: 'LowCardinality(String)', says: 'In which language' },
    csm_id: { type: 'String', says: 'The CSM whom it is about' },
    ticket_id: { type: 'String', says: 'The ticket it is about' },
    comment: { type: 'String', says: 'What they wrote' },
  },
  orderBy: ['day', 'account_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, ${localDay(from, 'answered_at')} AS day, answered_at, ${RESPONSE} AS response, ${RESPONDENT} AS respondent, contact_id, survey_id,
      kind AS given_kind, points AS score, channel, language, csm_id, ticket_id, comment
    FROM (SELECT *, assumeNotNull(score) AS points FROM (${countedVersions(from, surveyResponse)}) WHERE item = '' AND isNotNull(score))`,
})
