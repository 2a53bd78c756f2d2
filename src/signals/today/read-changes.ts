import { readSnapshots, snapshotsSql } from '../../health/snapshot.ts'
import type { Snapshot } from '../../health/snapshot.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { LastSaid } from './read-accounts.ts'
import { TOLD_CHANGE, explainChange } from './score-changes.ts'
import type { ScoreChange } from './score-changes.ts'

type Store = Pick<Book, 'store'>

/** As many changes as are explained one by one. */
const MOST = 100

async function dayBefore({ store }: Store, { day, mode }: LastSaid): Promise<Day | null> {
  const here = sql`SELECT maxOrNull(day) AS last FROM ${table('health_snapshot')} WHERE mode = ${param('String', mode)} AND day < ${param('Date32', day)}`
  const [found] = await store.read<{ day: Day | null }>(sql`SELECT max(last) AS day FROM ${store.shardLocal(here)}`)
  return found?.day ?? null
}

async function changedAccounts(
  { store }: Store,
  { day, mode }: LastSaid,
  before: Day,
  accounts: readonly string[] | null,
): Promise<{ id: string; total: number }[]> {
  const columns = ['account_id', 'score', 'band', 'arr']
  const side = (of: Day) => snapshotsSql({ mode, from: of, until: of, ...(accounts === null ? {} : { accounts }) }, columns)
  const here = sql`
    SELECT a.account_id AS id, a.arr * greatest(abs(ifNull(a.score, 0) - ifNull(b.score, 0)), 1) AS weight
    FROM (${side(day)}) AS a INNER JOIN (${side(before)}) AS b ON b.account_id = a.account_id
    WHERE isNull(a.score) != isNull(b.score) OR abs(ifNull(a.score, 0) - ifNull(b.score, 0)) >= ${param('Float64', TOLD_CHANGE)} OR a.band != b.band`
  const rows = await store.read<{ id: string; total: string }>(
    sql`SELECT id, count() OVER () AS total FROM ${store.shardLocal(here)} ORDER BY weight DESC, id LIMIT ${param('UInt32', MOST)}`,
  )
  return rows.map(({ id, total }) => ({ id, total: Number(total) }))
}

/** Scores that moved between the last two days of which something is said, those first where most ARR moved, and how many did. */
export async function readScoreChanges(book: Store, last: LastSaid, accounts: readonly string[] | null): Promise<{ changes: ScoreChange[]; total: number }> {
  const before = await dayBefore(book, last)
  const changed = before === null ? [] : await changedAccounts(book, last, before, accounts)
  if (before === null || changed.length === 0) return { changes: [], total: 0 }
  const found = new Map<string, Snapshot>()
  for (const day of [before, last.day])
    for await (const chunk of readSnapshots(book.store, { mode: last.mode, from: day, until: day, accounts: changed.map(({ id }) => id) }))
      for (const snapshot of chunk) found.set(`${snapshot.account_id} ${day}`, snapshot)
  const changes = changed.flatMap(({ id }) => {
    const [from, until] = [found.get(`${id} ${before}`), found.get(`${id} ${last.day}`)]
    return from === undefined || until === undefined ? [] : [explainChange(from, until)]
  })
  return { changes, total: changed[0]?.total ?? 0 }
}

/** Scores and bands at the close of a day, for what is held against another day. */
export async function readScores({ store }: Store, { mode }: LastSaid, day: Day): Promise<Map<string, Pick<Snapshot, 'score' | 'weighted' | 'band' | 'arr'>>> {
  const rows = sql`SELECT * FROM ${store.shardLocal(snapshotsSql({ mode, from: day, until: day }, ['account_id', 'score', 'weighted', 'band', 'arr']))}`
  const found = new Map<string, Pick<Snapshot, 'score' | 'weighted' | 'band' | 'arr'>>()
  for await (const chunk of store.readChunks<Pick<Snapshot, 'account_id' | 'score' | 'weighted' | 'band' | 'arr'>>(rows))
    for (const { account_id, ...row } of chunk) found.set(account_id, row)
  return found
}
