import { sql } from '../../kernel/sql.ts'
import { surveyInvitationLedger } from '../../ledgers/survey-invitation-ledger.ts'
import { surveyLedger } from '../../ledgers/survey-ledger.ts'
import { days, defineRowSet, inPeriods } from '../kit/row-set.ts'
import { surveyWindow, trailing, WINDOW_OPTION } from './survey-responses.ts'

export const surveysSent = defineRowSet({
  id: 'surveys_sent',
  says: 'One row per survey that was delivered in the days before the end of the period.',
  columns: {
    day: { name: 'Sent', kind: 'day' },
    survey_id: { name: 'Survey', kind: 'text' },
    contact_id: { name: 'Contact', kind: 'text' },
    channel: { name: 'Channel', kind: 'text' },
    answered: { name: 'Answered', kind: 'boolean' },
  },
  own: { survey: 'survey_id', survey_kind: 'kind', channel: 'channel', language: 'language' },
  options: WINDOW_OPTION,
  rows(frame) {
    const { period, rest } = inPeriods(trailing(frame, surveyWindow(frame)), sql`day`)
    return sql`
    SELECT ${period} AS period, account_id, day, survey_id, kind, contact_id, channel, language,
      answered_on < ${days(frame.periods.map(({ until }) => until))}[period + 1] AS answered
    FROM (
      SELECT a.account_id AS account_id, a.day AS day, a.survey_id AS survey_id, toString(s.kind) AS kind, a.contact_id AS contact_id, a.channel AS channel,
        a.language AS language, a.answered_on AS answered_on
      FROM (${frame.ledger(surveyInvitationLedger)}) AS a LEFT JOIN (${frame.ledger(surveyLedger)}) AS s ON s.survey_id = a.survey_id
    ) ${rest}`
  },
})
