import { param, sql } from '../../kernel/sql.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { opportunityLedger } from '../../ledgers/opportunity-ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'
import { accountPeriods } from './account-periods.ts'
import { accountRevenue } from './revenue-rows.ts'

const DEAL = ['day', 'opportunity'] as const
const [candidate, nearest] = [elementsOf('candidate', DEAL), elementsOf('near[1]', DEAL)]

export const customerRevenue = defineRowSet({
  id: 'customer_revenue',
  says: 'One row per account with revenue in the period, and whether it was a customer when the period opened.',
  columns: {
    revenue: { name: 'Net revenue', kind: 'money' },
    existing: { name: 'Customer at the opening', kind: 'boolean' },
  },
  unrated: 'unrated',
  rows: (frame) => sql`
    SELECT period, account_id, revenue, unrated,
      (toInt32(period), account_id) IN (SELECT toInt32(period), account_id FROM (${accountPeriods.rows({ ...frame, fine: [] })}) WHERE was_customer) AS existing
    FROM (${accountRevenue.rows(frame)})`,
})

export const expansions = defineRowSet({
  id: 'expansions',
  says: 'One row per expansion of an account in the period, with the deal of a CSM or a playbook that it is traced back to.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    amount: { name: 'Expansion', kind: 'money' },
    deal: { name: 'Deal', kind: 'text' },
    sourced: { name: 'Brought about by customer success', kind: 'boolean' },
  },
  unrated: 'unrated',
  consults: [opportunityLedger],
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    const within = param('Int32', Number(frame.settings.expansion_attribution_days))
    return sql`
    SELECT m.period AS period, m.account_id AS account_id, m.day AS day, m.amount AS amount, m.unrated AS unrated,
      arraySort(candidate -> (abs(dateDiff('day', ${candidate.day}, m.day)), ${candidate.opportunity}),
        arrayFilter(candidate -> abs(dateDiff('day', ${candidate.day}, m.day)) <= ${within}, d.won)) AS near,
        ${nearest.opportunity} AS deal, notEmpty(near) AS sourced
    FROM (
      SELECT ${period} AS period, account_id, day, amount, unrated FROM (
        SELECT account_id, day, sum(ifNull(change, 0)) AS amount, max(isNull(change)) AS unrated FROM (
          SELECT account_id, day, amount AS change FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind = 'expansion') GROUP BY account_id, day) ${rest}) AS m
    LEFT JOIN (
      SELECT account_id, groupArray((day, opportunity_id)) AS won FROM (${frame.ledger(opportunityLedger)})
      WHERE sourced_by IN ('csm', 'playbook') AND day < ${param('Date32', frame.asOf)} GROUP BY account_id) AS d ON d.account_id = m.account_id`
  },
})
