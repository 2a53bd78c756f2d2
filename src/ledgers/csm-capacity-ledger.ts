import { csm } from '../facts/csm.ts'
import { param, sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'
import { elementsOf } from './tuple.ts'

const last = elementsOf('last', ['name', 'team', 'fte', 'ramp', 'share'])

export const csmCapacityLedger = defineLedger({
  id: 'csm_capacity',
  says: 'The capacity of one CSM from a local day until the next row.',
  placement: 'everywhere',
  columns: {
    csm_id: { type: 'String', says: 'The CSM' },
    name: { type: 'String', says: 'Display name' },
    team: { type: 'LowCardinality(String)', says: 'Team' },
    day: { type: 'Date32', says: 'Local day from whose close it holds' },
    until: { type: 'Date32', says: 'The next day on which it changes' },
    fte: { type: 'Decimal(38, 6)', says: 'Full-time equivalents' },
    effective_fte: { type: 'Decimal(38, 6)', says: 'FTE x ramp x share of time on accounts' },
  },
  orderBy: ['csm_id', 'day'],
  after: [],
  derive: ({ facts, settings }) => sql`
    WITH daily AS (
      SELECT csm_id, toDate32(toTimeZone(effective_at, ${param('String', settings.time_zone)})) AS day,
        argMax((name, team, ifNull(fte, 1), ifNull(ramp_factor, 1), ifNull(time_share, 1)), (effective_at, recorded_at)) AS last
      FROM (${facts(csm)}) GROUP BY csm_id, day)
    SELECT csm_id, ${last.name} AS name, ${last.team} AS team, day,
      leadInFrame(day, 1, toDate32('2299-12-31')) OVER (PARTITION BY csm_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS until,
      ${last.fte} AS fte,
      CAST(roundBankers(toDecimal256(${last.fte}, 6) * toDecimal256(${last.ramp}, 6) * toDecimal256(${last.share}, 6), 6), 'Decimal(38, 6)') AS effective_fte
    FROM daily`,
})
