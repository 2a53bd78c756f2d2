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
  /** Beside facts of these accounts, those that meet a condition. Of kinds that mark revisions. */
  readonly orWhere?: Sql | undefined
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
  if (options.where !== undefined) conditions.push(options.where)
  if (options.knownBy !== undefined) conditions.push(knownBy(fact, options.knownBy, options))
  const from = options.table ?? table(factTable(fact))
  const versions = selections(fact, options, from).map(
    (meant) => sql`SELECT ${columns}, deleted FROM ${from} WHERE ${joinSql([meant, ...conditions], ' AND ')}`,
  )
  // One read keeps the order of its table; only several are put together first.
  return sql`SELECT ${columns} FROM (
    ${versions.length === 1 ? joinSql(versions, '') : sql`SELECT * FROM (${joinSql(versions, ' UNION ALL ')})`}
    ORDER BY ${identityOf(fact)}, recorded_at DESC LIMIT 1 BY ${identityOf(fact)}
  ) WHERE deleted = 0`
}

/** Conditions that together let through every version of the facts that are meant. One version may meet several. */
function selections(fact: FactDefinition, { accounts, orWhere }: CurrentOptions, from: Sql): Sql[] {
  if (accounts === undefined || fact.columns.account_id === undefined) return [trusted('1')]
  const ofAccounts = sql`account_id IN (${accounts})`
  return orWhere === undefined || !fact.marksRevisions ? [ofAccounts] : [ofAccounts, orWhere, revisedWith(fact, orWhere, from)]
}

/**
 * Condition that some version of a fact meets a condition, though others of it may not. Looks only among those that were
 * revised: whoever meets it alone is found without.
 */
export function revisedWith(fact: FactDefinition, condition: Sql, from: Sql = table(factTable(fact))): Sql {
  const identity = identityOf(fact)
  const revised = sql`(${identity}) GLOBAL IN (SELECT ${identity} FROM ${from} WHERE revises = 1)`
  return sql`(${identity}) GLOBAL IN (SELECT ${identity} FROM ${from} WHERE ${revised} AND ${condition})`
}

/**
 * The same where a kind marks revisions and only one column is wanted: what was never revised is read as it lies, without a look for
 * other versions of it.
 */
export function currentColumn(fact: FactDefinition, column: Sql, reportedOn?: string): Sql {
  if (!fact.marksRevisions) return sql`SELECT ${column} AS value FROM (${currentFacts(fact, { reportedOn })})`
  const [identity, from] = [identityOf(fact), table(factTable(fact))]
  const revised = sql`(${identity}) IN (SELECT ${identity} FROM ${from} WHERE revises = 1)`
  const known = reportedOn === undefined ? emptySql : sql`AND recorded_at <= ${param(INSTANT, reportedOn)}`
  return sql`
    SELECT ${column} AS value FROM ${from} WHERE deleted = 0 AND NOT ${revised} AND import_id NOT IN (${undoneImports(reportedOn)}) ${known}
    UNION ALL SELECT ${column} AS value FROM (${currentFacts(fact, { reportedOn, where: revised })})`
}

/** On a cluster the table may be that of all shards; a distributed table within another is only read with GLOBAL. */
const knownBy = (fact: FactDefinition, instant: string, options: CurrentOptions): Sql => sql`
  (${identityOf(fact)}) GLOBAL IN (SELECT ${identityOf(fact)} FROM ${options.table ?? table(factTable(fact))}
    WHERE recorded_at <= ${param(INSTANT, instant)} AND import_id NOT IN (${undoneImports(instant)}))`

/** How many facts of a kind count now, over all shards. */
export async function countFacts(store: FactStore, fact: FactDefinition): Promise<number> {
  const counted = sql`SELECT count() AS n FROM (${currentFacts(fact)})`
  const rows = await store.read<{ n: string }>(fact.placement === 'account' ? sql`SELECT sum(n) AS n FROM ${store.shardLocal(counted)}` : counted)
  return Number(rows[0]?.n ?? 0)
}
