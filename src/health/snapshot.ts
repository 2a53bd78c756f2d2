import type { Day } from '../kernel/period.ts'
import type { FactStore } from '../facts/store.ts'
import { identifier, joinSql, param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { SNAPSHOTS } from '../ledgers/health-said.ts'
import type { Band, ShownBand } from './bands.ts'
import type { Cap } from './caps.ts'
import type { Phase } from './likelihood.ts'
import type { Reading } from './score.ts'

/**
 * How a snapshot came to be: `lived` on its day by what was known at its close; `as_known` replayed later by the same
 * knowledge; `as_if_connected` replayed as if sources had been connected all along, which is optimistic; `shadow` beside the model in force.
 */
export type SnapshotMode = 'lived' | 'as_known' | 'as_if_connected' | 'shadow'

/** An input as it was read, with what it was worth. */
export interface SnapshotInput {
  readonly id: string
  readonly reading: Reading
  /** Of 0-100; null where it does not count. */
  readonly score: number | null
  readonly nominal: number
  readonly share: number
  readonly points: number
}

/** What was said of a customer at the close of a local day. Kept for ever: a later fact never changes it. */
export interface Snapshot {
  readonly account_id: string
  readonly day: Day
  readonly mode: SnapshotMode
  /** "default@1" */
  readonly model: string
  /** ISO, UTC, microseconds. */
  readonly known_until: string
  /** After caps; null exactly where too little is known. */
  readonly score: number | null
  readonly weighted: number | null
  readonly coverage: number
  readonly confidence: number
  readonly low: number
  readonly band: ShownBand
  readonly held: Band | null
  /** The band by what is held, and by caps that no sign of their own reports. */
  readonly own_band: ShownBand
  readonly own_cap: boolean
  /** In the currency of the workspace; contracts without a rate are left out. */
  readonly arr: number
  /** Day of the decision to leave that is in force, as known. */
  readonly decided_on: Day | null
  readonly next_deadline: Day | null
  /** What hangs on that deadline. */
  readonly deadline_arr: number
  /** Null where the account has decided. */
  readonly phase: Phase | null
  /** The whole fleet moved on that day: kept back until somebody says what it was. */
  readonly is_held: boolean
  readonly inputs: readonly SnapshotInput[]
  readonly caps: readonly Cap[]
}

type Stored = Omit<Snapshot, 'inputs' | 'caps' | 'held' | 'phase'> & {
  readonly inputs: string
  readonly caps: string
  readonly held: string
  readonly phase: string
}

const toStored = (snapshot: Snapshot): Stored => ({
  ...snapshot,
  held: snapshot.held ?? '',
  phase: snapshot.phase ?? '',
  inputs: JSON.stringify(snapshot.inputs),
  caps: JSON.stringify(snapshot.caps),
})

const fromStored = (stored: Stored): Snapshot => ({
  ...stored,
  held: stored.held === '' ? null : (stored.held as Band),
  phase: stored.phase === '' ? null : (stored.phase as Phase),
  inputs: JSON.parse(stored.inputs) as SnapshotInput[],
  caps: JSON.parse(stored.caps) as Cap[],
})

/** The same snapshot written twice is one. */
export const appendSnapshots = (store: FactStore, snapshots: readonly Snapshot[]): Promise<void> => store.insert(SNAPSHOTS, 'account', snapshots.map(toStored))

export interface SnapshotsAsked {
  readonly mode?: SnapshotMode
  readonly from: Day
  /** The last day. */
  readonly until: Day
  /** All where it is left out. */
  readonly accounts?: readonly string[]
  readonly model?: string
}

/** A query of snapshots, each once: columns as they are stored. Rows of the node's own shard. */
export function snapshotsSql({ mode = 'lived', from, until, accounts, model }: SnapshotsAsked, columns?: readonly string[]): Sql {
  const conditions = [
    sql`mode = ${param('String', mode)}`,
    sql`day BETWEEN ${param('Date32', from)} AND ${param('Date32', until)}`,
    ...(accounts === undefined ? [] : [sql`account_id IN ${param('Array(String)', accounts)}`]),
    ...(model === undefined ? [] : [sql`model = ${param('String', model)}`]),
  ]
  const what = columns === undefined ? sql`*` : joinSql(columns.map(identifier), ', ')
  return sql`SELECT ${what} FROM ${table(SNAPSHOTS)} FINAL WHERE ${joinSql(conditions, ' AND ')}`
}

/** Snapshots by day, then account, streamed. */
export async function* readSnapshots(store: FactStore, asked: SnapshotsAsked): AsyncIterable<readonly Snapshot[]> {
  const rows = sql`SELECT * FROM ${store.shardLocal(snapshotsSql(asked))} ORDER BY day, account_id`
  for await (const chunk of store.readChunks<Stored>(rows)) yield chunk.map(fromStored)
}
