import { sql } from '../../kernel/sql.ts'
import { incidentLedger } from '../../ledgers/incident-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'
import { asOf } from './customers.ts'
import { scoredResponses } from './survey-responses.ts'

const answer = elementsOf('answer', ['day', 'score'])
/** Days in which an account paid. */
const span = elementsOf('span', ['from', 'until'])

/** Loyal before, not after: the answers of the 180 days before the incident began; retention of the 90 days since. */
export const exposures = defineRowSet({
  id: 'exposures',
  says: 'One row per customer that an incident of the period reached, 90 days after it began.',
  columns: {
    incident_id: { name: 'Incident', kind: 'text' },
    name: { name: 'What happened', kind: 'text' },
    day: { name: 'Began', kind: 'day' },
    likelihood: { name: 'Mean answer before', kind: 'number' },
    loyal: { name: 'Loyal', kind: 'boolean' },
    kept: { name: 'Still a customer', kind: 'boolean' },
  },
  own: { incident: 'incident_id' },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    const met = sql`account_id IN (SELECT account_id FROM (${frame.ledger(incidentLedger)}))`
    return sql`
    SELECT ${period} AS period, account_id, incident_id, name, day, likelihood, loyal, kept
    FROM (
      SELECT i.account_id AS account_id, i.incident_id AS incident_id, i.name AS name, i.day AS day,
        arrayFilter(answer -> ${answer.day} >= addDays(i.day, -180) AND ${answer.day} < i.day, a.answers) AS before,
        if(empty(before), NULL, toFloat64(arraySum(arrayMap(answer -> ${answer.score}, before))) / length(before)) AS likelihood,
        ifNull(arraySum(arrayMap(answer -> ${answer.score}, before)) >= 9 * length(before) AND notEmpty(before), 0) AS loyal,
        arrayExists(span -> ${span.from} < addDays(i.day, 90) AND ${span.until} >= addDays(i.day, 90), s.spans) AS kept
      FROM (${frame.ledger(incidentLedger)}) AS i
      INNER JOIN (SELECT account_id, groupArray((day, until)) AS spans FROM (${frame.ledger(subscriptionDayLedger)}) WHERE mrr > 0 AND ${met}
        GROUP BY account_id) AS s ON s.account_id = i.account_id
      LEFT JOIN (SELECT account_id, groupArray((day, score)) AS answers FROM (${scoredResponses(frame)})
        WHERE kind = 'nps' AND relation = 'relationship' AND ${met} GROUP BY account_id) AS a ON a.account_id = i.account_id
      WHERE addDays(i.day, 90) <= ${asOf(frame)} AND arrayExists(span -> ${span.from} < i.day AND ${span.until} >= i.day, s.spans)
    ) ${rest}`
  },
})
