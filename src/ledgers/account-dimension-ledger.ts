import { accountAttribute } from '../facts/account-attribute.ts'
import { csmAssignment } from '../facts/csm-assignment.ts'
import { param, sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { csmCapacityLedger } from './csm-capacity-ledger.ts'
import { defineLedger } from './ledger.ts'
import { elementsOf } from './tuple.ts'

const CHANGE = ['day', 'value'] as const
const [change, t, held] = [elementsOf('change', CHANGE), elementsOf('t', CHANGE), elementsOf('held', CHANGE)]

/**
 * The team of each account is that of its owner, whenever either changes. An attribute that accounts call "team" themselves
 * is then "account_team"; where no CSM has a team it keeps its name.
 */
const TEAMS = sql`
  SELECT account_id, 'team' AS dimension, ${change.day} AS day, ${change.value} AS value
  FROM (
    SELECT o.account_id AS account_id, arrayLast(t -> ${t.day} <= o.since, c.teams) AS held,
      arrayPushFront(arrayFilter(t -> ${t.day} > o.since AND ${t.day} < o.until, c.teams), (o.since, ${held.value})) AS changes
    FROM (
      SELECT account_id, value AS csm_id, day AS since,
        leadInFrame(day, 1, toDate32('2299-12-31')) OVER (PARTITION BY account_id
          ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS until
      FROM daily WHERE dimension = 'csm') AS o
    LEFT JOIN (SELECT csm_id, arraySort(groupArray((day, toString(team)))) AS teams FROM capacity GROUP BY csm_id) AS c ON c.csm_id = o.csm_id)
  ARRAY JOIN changes AS change WHERE (SELECT countIf(team != '') FROM capacity) > 0`

/** Attributes of a merged account end with the merger: only those of the account that remains are kept. */
export const accountDimensionLedger = defineLedger({
  id: 'account_dimension',
  says: 'The value of one dimension of one account from a local day on. The owner is the dimension "csm", their team "team".',
  isLookup: true,
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    dimension: { type: 'LowCardinality(String)', says: 'segment, region, csm ...' },
    day: { type: 'Date32', says: 'Local day from whose close it holds' },
    value: { type: 'LowCardinality(String)', says: 'The value; empty for none' },
  },
  orderBy: ['dimension', 'account_id', 'day'],
  after: [accountLedger, csmCapacityLedger],
  derive: (from) => sql`
    WITH capacity AS (SELECT csm_id, day, team FROM (${from.ledger(csmCapacityLedger)})),
      daily AS (
        SELECT account_id, dimension, day, argMax(value, (effective_at, recorded_at)) AS value
        FROM (
          SELECT account_id, if(attribute = 'team' AND (SELECT countIf(team != '') FROM capacity) > 0, 'account_team', toString(attribute)) AS dimension,
            toString(value) AS value,
            effective_at, recorded_at FROM (${from.facts(accountAttribute)})
          UNION ALL
          SELECT account_id, 'csm' AS dimension, csm_id AS value, effective_at, recorded_at FROM (${from.facts(csmAssignment)})
        )
        WHERE account_id NOT IN (SELECT account_id FROM (${from.ledger(accountLedger)}) WHERE is_internal = 1 OR counted_as != account_id)
          AND ${from.here(sql`account_id`)}
        GROUP BY account_id, dimension, toDate32(toTimeZone(effective_at, ${param('String', from.settings.time_zone)})) AS day)
    SELECT account_id, dimension, day, value FROM daily
    UNION ALL ${TEAMS}`,
})
