import { accountAttribute } from '../facts/account-attribute.ts'
import { csmAssignment } from '../facts/csm-assignment.ts'
import { param, sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { defineLedger } from './ledger.ts'

/** Attributes of a merged account end with it: only those of the account it counts as are kept. */
export const accountDimensionLedger = defineLedger({
  id: 'account_dimension',
  says: 'The value of one dimension of one account from a local day on. The owner is the dimension "csm".',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    dimension: { type: 'LowCardinality(String)', says: 'segment, region, csm ...' },
    day: { type: 'Date32', says: 'Local day from whose close it holds' },
    value: { type: 'LowCardinality(String)', says: 'The value; empty for none' },
  },
  orderBy: ['dimension', 'account_id', 'day'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, dimension, day, argMax(value, (effective_at, recorded_at)) AS value
    FROM (
      SELECT account_id, attribute AS dimension, value, effective_at, recorded_at FROM (${from.facts(accountAttribute)})
      UNION ALL
      SELECT account_id, 'csm' AS dimension, csm_id AS value, effective_at, recorded_at FROM (${from.facts(csmAssignment)})
    )
    WHERE account_id NOT IN (SELECT account_id FROM (${from.ledger(accountLedger)}) WHERE is_internal = 1 OR counted_as != account_id)
      AND ${from.here(sql`account_id`)}
    GROUP BY account_id, dimension, toDate32(toTimeZone(effective_at, ${param('String', from.settings.time_zone)})) AS day`,
})
