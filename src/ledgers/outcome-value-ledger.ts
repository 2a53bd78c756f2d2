import { sql } from '../kernel/sql.ts'
import { MEASURED_OUTCOME, attainments } from './attainment.ts'
import { defineLedger } from './ledger.ts'
import { NEVER, localDay } from './local-day.ts'
import { outcomeLedger } from './outcome-ledger.ts'
import { elementsOf } from './tuple.ts'

const last = elementsOf('last', ['value', 'attainment'])

export const outcomeValueLedger = defineLedger({
  id: 'outcome_value',
  says: 'Where one outcome stood at the close of a local day on which it was measured, until it was measured again or given up.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    outcome_id: { type: 'String', says: 'The outcome' },
    day: { type: 'Date32', says: 'Local day of the measurement' },
    until: { type: 'Date32', says: 'The next such day' },
    name: { type: 'String', says: "In the customer's words" },
    type: { type: 'LowCardinality(String)', says: 'Sort of outcome' },
    weight: { type: 'Decimal(38, 6)', says: 'Weight among the outcomes of the account' },
    value: { type: 'Decimal(38, 6)', says: 'The value' },
    attainment: { type: 'Decimal(38, 12)', says: 'Share of the way from baseline to target' },
  },
  orderBy: ['account_id', 'outcome_id', 'day'],
  needs: MEASURED_OUTCOME,
  after: [outcomeLedger],
  derive: (from) => sql`
    SELECT account_id, outcome_id, day,
      least(closed, leadInFrame(day, 1, ${NEVER}) OVER (PARTITION BY account_id, outcome_id
        ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) AS until,
      named AS name, sort AS type, weighs AS weight, ${last.value} AS value, ${last.attainment} AS attainment
    FROM (
      SELECT account_id, outcome_id, ${localDay(from, 'measured_at')} AS day, any(name) AS named, any(type) AS sort, any(weight) AS weighs,
        any(closed_on) AS closed,
        argMax((reading, attainment), (measured_at, source_id)) AS last
      FROM (${attainments(from)}) GROUP BY account_id, outcome_id, day)`,
})
