import { outcome } from '../facts/outcome.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { NEVER, localDay } from './local-day.ts'

export const outcomeLedger = defineLedger({
  id: 'outcome',
  says: 'One outcome that an account wants to reach, from the day it was agreed until it is given up.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    outcome_id: { type: 'String', says: 'The outcome' },
    day: { type: 'Date32', says: 'Local day on which it was agreed' },
    until: { type: 'Date32', says: 'Local day on which it was given up; 2299-12-31 while it stands' },
    name: { type: 'String', says: "In the customer's words" },
    type: { type: 'LowCardinality(String)', says: 'Sort of outcome' },
    unit: { type: 'LowCardinality(String)', says: 'Unit of the values' },
    baseline: { type: 'Decimal(38, 6)', says: 'Where it began' },
    target: { type: 'Decimal(38, 6)', says: 'Where it should be' },
    due_on: { type: 'Nullable(Date32)', says: 'By when' },
    weight: { type: 'Decimal(38, 6)', says: 'Weight among the outcomes of the account' },
    money_value: { type: 'Decimal(38, 6)', says: 'What reaching it is worth; 0 where that is not said' },
    currency: { type: 'LowCardinality(String)', says: 'Currency of that worth' },
  },
  orderBy: ['account_id', 'outcome_id'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, outcome_id, ${localDay(from, 'defined_at')} AS day, ifNull(${localDay(from, 'closed_at')}, ${NEVER}) AS until, name, type, unit,
      start AS baseline, goal AS target, due_on, ifNull(weight, 1) AS weight, ifNull(money_value, 0) AS money_value, currency
    FROM (SELECT * EXCEPT (baseline, target), assumeNotNull(baseline) AS start, assumeNotNull(target) AS goal FROM (${countedVersions(from, outcome)})
      WHERE isNotNull(baseline) AND isNotNull(target))
    ORDER BY recorded_at DESC LIMIT 1 BY account_id, outcome_id`,
})
