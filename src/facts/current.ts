import { emptySql, joinSql, param, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import type { FactDefinition } from './fact.ts'
import { factTable } from './fact.ts'
import type { FactStore } from './store.ts'

const INSTANT = "DateTime64(6, 'UTC')"

export interface CurrentOptions {
  /** Only versions recorded up to this instant (ISO, UTC), imports undone after it still counting. Default: all. */
  readonly reportedOn?: string | undefined
  /** Only identities of which a version counted on this instant (ISO, UTC): corrections of them without what is new since. */
  readonly knownBy?: string | undefined
  /** A subquery of raw account ids: only facts of these accounts. Ignored for facts without an account. */
  readonly accounts?: Sql | undefined
  /** Beside facts of these accounts, those of which any version meets a condition, whichever counts. Ignored without `accounts`. */
  readonly orWithVersion?: Sql | undefined
  /** Another condition on the raw rows. */
  readonly where?: Sql | undefined
  /** Read from here instead of the node's own table of the fact. */
  readonly table?: Sql | undefined
}

/**
 * What one current version is kept of. The account belongs to it: a correction that moves a fact to another account
 * leaves a tombstone with the first, so that each account, on whichever shard, can be derived from its own facts alone.
 */
const identityOf = (fact: FactDefinition): Sql => trusted(fact.placement === 'account' ? 'account_id, source_id, source' : 'source_id, source')

/** Imports whose facts do not count, as of an instant. */
export const undoneImports = (reportedOn?: string): Sql => sql`
  SELECT import_id FROM ${table('fact_undo')}
  ${reportedOn === undefined ? emptySql : sql`WHERE recorded_at <= ${param(INSTANT, reportedOn)}`}
  GROUP BY import_id HAVING argMax(undone, recorded_at) = 1`

/**
 * A query of the versions that count: of each identity the one recorded last (up to `reportedOn`), unless its import was
 * undone, and nothing where that version is a tombstone. Columns: the fact's own, then source, source_id, recorded_at,
 * import_id, row_number. Rows of the node's own shard.
 */
export function currentFacts(fact: FactDefinition, options: CurrentOptions = {}): Sql {
  const columns = trusted([...Object.keys(fact.columns), 'source', 'source_id', 'recorded_at', 'import_id', 'row_number'].join(', '))
  const conditions = [sql`import_id NOT IN (${undoneImports(options.reportedOn)})`]
  if (options.reportedOn !== undefined) conditions.push(sql`recorded_at <= ${param(INSTANT, options.reportedOn)}`)
  if (options.accounts !== undefined && fact.columns.account_id !== undefined) conditions.push(ofAccounts(fact, options.accounts, options))
  if (options.where !== undefined) conditions.push(options.where)
  if (options.knownBy !== undefined) conditions.push(knownBy(fact, options.knownBy, options))
  return sql`SELECT ${columns} FROM (
    SELECT ${columns}, deleted FROM ${options.table ?? table(factTable(fact))}
    WHERE ${joinSql(conditions, ' AND ')}
    ORDER BY ${identityOf(fact)}, recorded_at DESC LIMIT 1 BY ${identityOf(fact)}
  ) WHERE deleted = 0`
}

/** A correction may move a fact past the condition: whatever any of its versions says, all of them are read. */
const ofAccounts = (fact: FactDefinition, accounts: Sql, { orWithVersion, table: from, where }: CurrentOptions): Sql =>
  orWithVersion === undefined ? sql`account_id IN (${accounts})` : sql`(account_id IN (${accounts}) OR ${identitiesWith(fact, orWithVersion, from, where)})`

/** Condition that some version of a fact, recorded now or before, meets another condition. */
export const identitiesWith = (fact: FactDefinition, condition: Sql, from: Sql = table(factTable(fact)), where: Sql = trusted('1')): Sql =>
  sql`(${identityOf(fact)}) GLOBAL IN (SELECT ${identityOf(fact)} FROM ${from} WHERE ${where} AND ${condition})`

/** On a cluster the table may be that of all shards; a distributed table within another is only read with GLOBAL. */
const knownBy = (fact: FactDefinition, instant: string, options: CurrentOptions): Sql => sql`
  (${identityOf(fact)}) GLOBAL IN (SELECT ${identityOf(fact)} FROM ${options.table ?? table(factTable(fact))}
    WHERE recorded_at <= ${param(INSTANT, instant)} AND import_id NOT IN (${undoneImports(instant)}))`

/** How many facts of a kind count now, over all shards. */
export async function countFacts(store: FactStore, fact: FactDefinition): Promise<number> {
  const counted = sql`SELECT count() AS n FROM (${currentFacts(fact)})`
  const rows = await store.read<{ n: string }>(
    fact.placement === 'account' ? sql`SELECT sum(n) AS n FROM ${store.shardLocal(counted)}` : counted,
  )
  return Number(rows[0]?.n ?? 0)
}
