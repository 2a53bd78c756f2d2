import { identifier, joinSql, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'

/**
 * What was said of the health of customers at the close of each day, and what they decided. Kept, never derived: a later fact
 * changes neither. Sharded by account.
 */
export const SNAPSHOTS = 'health_snapshot'
export const DECISIONS = 'account_decision'

/** Days within which a chance says that somebody decides: one horizon for all accounts, so that sums have a meaning. */
export const HORIZON = 90
/** As many accounts as the rate of a band is drawn to that of its phase by. */
export const PRIOR = 20
/** Weekly snapshots that a trend is read from, how many must be there, and the slope below which nothing moves. */
export const TREND = { weeks: 8, least: 5, steady: 0.5 } as const

/** Condition: told as it was lived, or replayed as if all sources had been connected. */
export const IS_TOLD: Sql = sql`mode IN ('lived', 'as_if_connected')`
export const IS_LIVED: Sql = sql`(mode = 'lived')`

/** Columns of snapshots that meet a condition, one for each account, day and way of telling: of several models the last. */
export const saidOnce = (columns: readonly string[], where: Sql): Sql => sql`
  SELECT account_id, day, ${IS_LIVED} AS is_lived, ${joinSql(columns.map(identifier), ', ')} FROM ${table(SNAPSHOTS)}
  WHERE ${IS_TOLD} AND ${where}
  ORDER BY account_id, day, is_lived, toUInt32OrZero(arrayElement(splitByChar('@', toString(model)), -1)) DESC, model DESC
  LIMIT 1 BY account_id, day, is_lived`
