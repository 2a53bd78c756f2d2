import type { Sql } from '../kernel/sql.ts'
import type { Placement } from './fact.ts'

/** Which builds hold the rows of a ledger: those of the base whose account was not touched since, and those of the delta. */
export interface LedgerBuild {
  readonly base: number
  /** 0: no account was touched since the base. */
  readonly delta: number
}

/**
 * Which builds of the ledgers are the present ones. Replacing this one record swaps all ledgers at once, so a reader sees
 * either all of the old numbers or all of the new ones; it is also the key under which answers are cached.
 */
export interface LedgerState {
  /** Number of the last build, growing with every swap. 0: nothing was built yet. */
  readonly state: number
  /** By id of the ledger. One that is not in it has no rows. */
  readonly ledgers: Readonly<Record<string, LedgerBuild>>
  /** Facts recorded up to this instant are in it. */
  readonly recorded_until: string
  /** Fingerprint of the settings and definitions it was built with. */
  readonly settings_hash: string
}

/**
 * Settings under which every query runs. Where the engine turns joins round, a constant that was selected over a LEFT JOIN
 * becomes 0 in rows without a match (ClickHouse 26.7; its issues 106923 and 109617 are of this kind). So joins stay as they are
 * written, the small side on the right.
 */
export const JOINS_AS_WRITTEN = { query_plan_join_swap_table: 'false', query_plan_optimize_join_order_limit: '0' } as const

export interface QueryOptions {
  readonly signal?: AbortSignal | undefined
  readonly maxSeconds?: number
  readonly settings?: Record<string, string | number>
  /** Done at a nearly full disk too: it gives room back, or takes hardly any. */
  readonly evenIfFull?: boolean
}

/** The store of facts and ledgers, on one node or several. Account-placed tables are sharded by account. */
export interface FactStore {
  /** Number of shards: 1 unless a cluster was given. */
  readonly shards: number
  /** Rows of a query that runs on one node. Account-placed tables in it must be wrapped by `shardLocal`. */
  read<Row>(query: Sql, options?: QueryOptions): Promise<Row[]>
  /** The same, streamed in chunks. */
  readChunks<Row>(query: Sql, options?: QueryOptions): AsyncIterable<Row[]>
  /** The same as the bytes of a file in a format of the engine's (Parquet), as they arrive. */
  readBytes(query: Sql, format: string, options?: QueryOptions): AsyncIterable<Uint8Array>
  /** The subquery `(query)`, run on every shard over its own tables, the rows put together. */
  shardLocal(query: Sql): Sql
  /** Runs a statement on every node, over the node's own tables. */
  writeEverywhere(query: Sql, options?: QueryOptions): Promise<void>
  /** Inserts rows into a table: `account` rows to the shard of their `account_id`, `everywhere` rows to all nodes. */
  insert(table: string, placement: Placement, rows: readonly object[]): Promise<void>
  /** The shard of an account, from 0. */
  shardOf(accountId: string): number
  /** Inserts rows already encoded, one text per shard; for a table that lies everywhere one text. */
  insertText(table: string, placement: Placement, columns: readonly string[], texts: readonly string[]): Promise<void>
  /** SQL condition: the account belongs to the shard the statement runs on. Always true on one node. */
  belongsHere(accountId: Sql): Sql
  /** The table as all shards hold it together, readable from any node. The table itself on one node. */
  everyShard(table: string): Sql
}

/** The same store for one caller: what it is asked ends when the signal fires, and after so many seconds where the call does not say. */
export function boundStore(store: FactStore, { signal, maxSeconds }: QueryOptions): FactStore {
  const limits = (given: QueryOptions | undefined, seconds?: number): QueryOptions => {
    const signals = [signal, given?.signal].filter((one) => one !== undefined)
    return { ...(seconds === undefined ? {} : { maxSeconds: seconds }), ...given, signal: signals.length < 2 ? signals[0] : AbortSignal.any(signals) }
  }
  return {
    ...store,
    read: (query, options) => store.read(query, limits(options, maxSeconds)),
    readChunks: (query, options) => store.readChunks(query, limits(options, maxSeconds)),
    readBytes: (query, format, options) => store.readBytes(query, format, limits(options, maxSeconds)),
    writeEverywhere: (query, options) => store.writeEverywhere(query, limits(options)),
  }
}
