import type { FactStore } from '../facts/store.ts'
import type { Day } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import type { Snapshot, SnapshotMode } from './snapshot.ts'
import { snapshotsSql } from './snapshot.ts'

/** What later days go by of what was said of an account at a close. */
export type Said = Pick<Snapshot, 'weighted' | 'held' | 'band' | 'own_band'>

/** Weighted scores at a close, of those that had one. Empty where the day was not lived. */
export async function readWeighted(store: FactStore, mode: SnapshotMode, day: Day): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  const rows = store.shardLocal(sql`SELECT account_id, weighted FROM (${snapshotsSql({ mode, from: day, until: day })}) WHERE weighted IS NOT NULL`)
  for await (const chunk of store.readChunks<{ account_id: string; weighted: number }>(sql`SELECT * FROM ${rows}`))
    for (const { account_id, weighted } of chunk) found.set(account_id, weighted)
  return found
}

interface Row extends Omit<Said, 'held'> {
  readonly account_id: string
  readonly day: Day
  readonly held: string
}

/** What was said of some accounts on some days, which need not follow each other. */
export async function readSaid(
  store: FactStore,
  mode: SnapshotMode,
  accounts: readonly string[],
  days: readonly Day[],
): Promise<(account: string, day: Day) => Said | undefined> {
  const [sorted, found] = [[...days].sort(), new Map<string, Said>()]
  const [from, until] = [sorted[0], sorted.at(-1)]
  if (from === undefined || until === undefined || accounts.length === 0) return () => undefined
  const columns = ['account_id', 'day', 'weighted', 'held', 'band', 'own_band']
  const all = snapshotsSql({ mode, from, until, accounts }, columns)
  const rows = store.shardLocal(sql`SELECT * FROM (${all}) WHERE toString(day) IN ${param('Array(String)', sorted)}`)
  for await (const chunk of store.readChunks<Row>(sql`SELECT * FROM ${rows}`))
    for (const { account_id, day, held, ...said } of chunk) found.set(`${account_id} ${day}`, { ...said, held: held === '' ? null : (held as Said['held']) })
  return (account, day) => found.get(`${account} ${day}`)
}

/** The mean of the points that each input gave the accounts that had a score at a close. */
export async function readMeanPoints(store: FactStore, mode: SnapshotMode, day: Day): Promise<ReadonlyMap<string, number>> {
  const rows = store.shardLocal(sql`
    SELECT JSONExtractString(input, 'id') AS id, sum(JSONExtractFloat(input, 'points')) AS points, count() AS n
    FROM (SELECT arrayJoin(JSONExtractArrayRaw(inputs)) AS input FROM (${snapshotsSql({ mode, from: day, until: day })}) WHERE weighted IS NOT NULL)
    GROUP BY id`)
  const means = await store.read<{ id: string; mean: number }>(sql`SELECT id, sum(points) / sum(n) AS mean FROM ${rows} GROUP BY id`)
  return new Map(means.map(({ id, mean }) => [id, mean]))
}
