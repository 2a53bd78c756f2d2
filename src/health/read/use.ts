import { factTable } from '../../facts/fact.ts'
import { usageEvent } from '../../facts/usage-event.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { isUse } from '../../ledgers/use-events.ts'
import type { Use } from '../account-facts.ts'
import { groupBy } from '../group.ts'
import type { Told } from '../known.ts'
import type { VersionRow } from './tell.ts'
import type { ByAccount, Chunk, Reading } from './versions.ts'
import { inChunk, isRecorded, readTold, toldColumns } from './versions.ts'

/** What one user did on a day, with the features it was done with. */
export interface UseOfFeatures extends Use {
  readonly source: string
  readonly features: readonly string[]
}

interface Row extends VersionRow {
  readonly user: string
  readonly events: number
  readonly features: readonly string[]
}

const IDENTITY = trusted('(account_id, source_id, source)')

/** Only features that are described are worth a word. */
const FEATURE = sql`feature != '' AND feature IN (SELECT feature_id FROM ${table('fact_feature')})`

/** Days of users. Events that were never told twice are counted where they lie; the few others come one by one. */
function rowsOfUse(reading: Reading, chunk: Chunk, since: Day | undefined): Sql {
  const from = sql`FROM ${table(factTable(usageEvent))} WHERE ${inChunk(chunk)} AND ${isRecorded(reading)}`
  const revised = sql`${IDENTITY} IN (SELECT ${IDENTITY} FROM ${table(factTable(usageEvent))} WHERE ${inChunk(chunk)} AND revises = 1)`
  const told = sql`account_id, user_id AS user`
  const counted = sql`
    SELECT account_id, user, effective_on, source, concat(user, ' ', effective_on, ' ', recorded_on, ' ', import_id) AS source_id, min(told_at) AS told_at,
      recorded_on, import_id, min(row_number) AS row_number, 0 AS deleted, toUInt32(uniqExact(event_of)) AS events,
      groupUniqArrayIf(feature, feature != '') AS features
    FROM (SELECT ${told}, source_id AS event_of, if(${FEATURE}, feature, '') AS feature, ${toldColumns(reading, usageEvent)}
      ${from} AND ${isUse(reading.settings)} AND NOT ${revised})
    GROUP BY account_id, user, effective_on, source, recorded_on, import_id`
  const single = sql`
    SELECT account_id, user, effective_on, source, source_id, told_at, recorded_on, import_id, row_number, deleted OR NOT counts AS deleted,
      toUInt32(1) AS events, if(feature = '', [], [feature]) AS features
    FROM (SELECT ${told}, if(${FEATURE}, feature, '') AS feature,
      ${isUse(reading.settings)} AS counts, ${toldColumns(reading, usageEvent)} ${from} AND ${revised})`
  const first = sql`effective_on = min(effective_on) OVER (PARTITION BY account_id)`
  const rows = sql`${counted} UNION ALL ${single}`
  return since === undefined
    ? rows
    : sql`SELECT * EXCEPT (is_wanted) FROM (SELECT *, effective_on >= ${param('String', since)} OR ${first} AS is_wanted FROM (${rows})) WHERE is_wanted`
}

/** Use by account, day, user and source, and by the day on which it was recorded. Before `since` only the first day of each account. */
export function readUse(reading: Reading, chunk: Chunk, since: Day | undefined): Promise<ByAccount<UseOfFeatures>> {
  const query = sql`SELECT * FROM ${reading.store.shardLocal(rowsOfUse(reading, chunk, since))} ORDER BY told_at, row_number`
  return readTold<Row, UseOfFeatures>(reading, chunk, query, ({ effective_on: day, user, source, events, features }) => ({
    day,
    user,
    source,
    events,
    features,
  }))
}

/** Days on which each feature was used, as they became known, by the feature. */
export const usesOfFeatures = (told: readonly Told<UseOfFeatures>[]): Map<string, Told<{ feature: string; used_on: Day }>[]> =>
  groupBy(
    told.flatMap(({ fact, identity, ...each }) =>
      fact.features.map((feature) => ({ ...each, identity: `${identity} ${feature}`, fact: { feature, used_on: fact.day } })),
    ),
    ({ fact }) => fact.feature,
  )
