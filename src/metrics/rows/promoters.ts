import { advocacyAct } from '../../facts/advocacy-act.ts'
import { referral } from '../../facts/referral.ts'
import { sql } from '../../kernel/sql.ts'
import { advocacyActLedger } from '../../ledgers/advocacy-act-ledger.ts'
import { referralLedger } from '../../ledgers/referral-ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'
import { asOf, horizonDays, HORIZON_OPTION } from './customers.ts'
import { relation, scoredResponses, RELATION_OPTION } from './survey-responses.ts'

/** Something done for the company, and who did it. */
const act = elementsOf('act', ['day', 'contact'])

/** An act that names nobody is taken as that of any promoter of the account. */
export const promoters = defineRowSet({
  id: 'promoters',
  says: 'One row per contact who answered 9 or 10 in the period and whose time to act is over: the first such answer.',
  columns: {
    day: { name: 'Answered', kind: 'day' },
    contact_id: { name: 'Contact', kind: 'text' },
    score: { name: 'Answer', kind: 'number' },
    acted: { name: 'Acted', kind: 'boolean' },
  },
  own: { survey: 'survey_id', channel: 'channel', language: 'language' },
  consults: [advocacyActLedger, referralLedger],
  needs: [[advocacyAct, referral]],
  options: { ...HORIZON_OPTION, ...RELATION_OPTION },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    return sql`
    SELECT p.period AS period, p.account_id AS account_id, p.day AS day, p.contact_id AS contact_id, p.score AS score, p.survey_id AS survey_id,
      p.channel AS channel, p.language AS language,
      arrayExists(act -> ${act.day} >= p.day AND ${act.day} <= addDays(p.day, ${horizonDays(frame)}) AND ${act.contact} IN ('', p.contact_id), a.done) AS acted
    FROM (
      SELECT * FROM (SELECT ${period} AS period, *
        FROM (SELECT * FROM (${scoredResponses(frame)}) WHERE kind = 'nps' AND relation = ${relation(frame)} AND score >= 9) ${rest})
      ORDER BY answered_at, response LIMIT 1 BY period, account_id, respondent) AS p
    LEFT JOIN (
      SELECT account_id, groupArray((day, contact_id)) AS done FROM (
        SELECT account_id, day, contact_id FROM (${frame.ledger(advocacyActLedger)})
        UNION ALL SELECT account_id, day, contact_id FROM (${frame.ledger(referralLedger)}))
      GROUP BY account_id) AS a ON a.account_id = p.account_id
    WHERE addDays(day, ${horizonDays(frame)}) < ${asOf(frame)}`
  },
})
