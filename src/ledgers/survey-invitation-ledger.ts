import { surveyInvitation } from '../facts/survey-invitation.ts'
import { surveyResponse } from '../facts/survey-response.ts'
import { sql, trusted } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { NEVER, localDay } from './local-day.ts'

const INVITATION = trusted("if(invitation_id != '', invitation_id, concat(survey_id, '|', contact_id, '|', toString(sent_at)))")

/**
 * An answer belongs to the invitation it names, or else to the last one that the contact got for that survey before it.
 */
export const surveyInvitationLedger = defineLedger({
  id: 'survey_invitation',
  says: 'One survey that was delivered to one contact, with the day on which it was answered.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day on which it was sent' },
    invitation: { type: 'String', says: 'The invitation' },
    survey_id: { type: 'String', says: 'The survey' },
    contact_id: { type: 'String', says: 'Who was asked' },
    channel: { type: 'LowCardinality(String)', says: 'How' },
    language: { type: 'LowCardinality(String)', says: 'In which language' },
    answered_on: { type: 'Date32', says: 'Local day of the first answer; 2299-12-31 while there is none' },
  },
  orderBy: ['day', 'account_id'],
  after: [accountLedger],
  derive: (from) => sql`
    WITH
      sent AS (
        SELECT account_id, ${INVITATION} AS invitation, survey_id, contact_id, sent_at, channel, language
        FROM (${countedVersions(from, surveyInvitation)}) WHERE status = 'delivered' ORDER BY recorded_at DESC LIMIT 1 BY account_id, invitation),
      answers AS (
        SELECT account_id, survey_id, contact_id, answered_at, invitation_id FROM (${countedVersions(from, surveyResponse)}) WHERE isNotNull(score)),
      named AS (SELECT account_id, invitation_id AS invitation, min(answered_at) AS first_at FROM answers WHERE invitation_id != ''
        GROUP BY account_id, invitation),
      followed AS (
        SELECT a.account_id AS account_id, s.invitation AS invitation, min(a.answered_at) AS first_at
        FROM (SELECT * FROM answers WHERE invitation_id = '' AND contact_id != '') AS a
        ASOF INNER JOIN (SELECT account_id, survey_id, contact_id, sent_at, min(invitation) AS invitation FROM sent
          GROUP BY account_id, survey_id, contact_id, sent_at) AS s
          ON s.account_id = a.account_id AND s.survey_id = a.survey_id AND s.contact_id = a.contact_id AND s.sent_at <= a.answered_at
        GROUP BY account_id, invitation),
      answered AS (SELECT account_id, invitation, min(first_at) AS first_at FROM (SELECT * FROM named UNION ALL SELECT * FROM followed)
        GROUP BY account_id, invitation)
    SELECT s.account_id AS account_id, ${localDay(from, 's.sent_at')} AS day, s.invitation AS invitation, s.survey_id AS survey_id, s.contact_id AS contact_id,
      s.channel AS channel, s.language AS language, if(r.invitation = '', ${NEVER}, ${localDay(from, 'r.first_at')}) AS answered_on
    FROM sent AS s LEFT JOIN answered AS r ON r.account_id = s.account_id AND r.invitation = s.invitation`,
})
