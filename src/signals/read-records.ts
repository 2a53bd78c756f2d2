import type { FactStore } from '../facts/store.ts'
import { readDecisions } from '../health/account-decision.ts'
import type { ShownBand } from '../health/bands.ts'
import { groupBy } from '../health/group.ts'
import { snapshotsSql } from '../health/snapshot.ts'
import { addDays } from '../kernel/period.ts'
import type { Day } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import type { ReplayKeeper } from './keep-replays.ts'
import type { PastRecord } from './record.ts'
import { FALSE_GREEN_DAYS, monthEnds, recordOf } from './record.ts'
import { decisionsInForce } from './replay-past.ts'
import type { TodaySources } from './today/sources.ts'

/** How good warnings were, and how that came to be known. */
export interface KnownRecord extends PastRecord {
  /** `lived` on the days themselves; the others are replays, of which `as_if_connected` is optimistic. */
  readonly mode: 'lived' | 'as_known' | 'as_if_connected'
}

interface Row {
  readonly account_id: string
  readonly day: Day
  readonly score: number | null
  readonly band: ShownBand
  readonly arr: number
  readonly decided_on: Day | null
}

async function readRows(store: FactStore, days: readonly Day[]): Promise<Row[]> {
  const [sorted, found] = [[...new Set(days)].sort(), [] as Row[]]
  const [from, until] = [sorted[0], sorted.at(-1)]
  if (from === undefined || until === undefined) return found
  const all = snapshotsSql({ from, until }, ['account_id', 'day', 'score', 'band', 'arr', 'decided_on'])
  const rows = store.shardLocal(sql`SELECT * FROM (${all}) WHERE toString(day) IN ${param('Array(String)', sorted)}`)
  for await (const chunk of store.readChunks<Row>(sql`SELECT * FROM ${rows} ORDER BY day, account_id`)) found.push(...chunk)
  return found
}

/** The record of the days that were lived; null before the first. */
async function livedRecord(sources: Pick<TodaySources, 'books' | 'livedDays' | 'readSignals'>): Promise<KnownRecord | null> {
  const { store } = sources.books
  const days = await sources.livedDays()
  if (days === null) return null
  const [from, until] = [days.first.day, days.last.day]
  const [{ signals }, kept] = await Promise.all([sources.readSignals({ from, until: addDays(until, 1) }), readDecisions(store, 'lived')])
  const decisions = decisionsInForce(kept)
  const rows = await readRows(store, [...monthEnds(from, until), ...decisions.map(({ day }) => addDays(day, -FALSE_GREEN_DAYS))])
  const byDay = groupBy(rows, ({ day }) => day)
  const bands = new Map(rows.map(({ account_id, day, band }) => [`${account_id} ${day}`, band]))
  return {
    mode: 'lived',
    ...recordOf({
      from,
      until,
      signals: signals.map(({ account_id, kind, raised_on, close_reason, ground_now }) => ({
        account: account_id,
        kind,
        raised: raised_on,
        why: close_reason,
        ground_now,
      })),
      decisions,
      scoresOn: (day) =>
        (byDay.get(day) ?? []).map(({ account_id, score, band, arr, decided_on }) => ({
          account: account_id,
          score,
          band,
          arr,
          has_decided: decided_on !== null,
        })),
      bandOn: (account, day) => bands.get(`${account} ${day}`) ?? null,
    }),
  }
}

/** All that is known of how good warnings were: as it was lived, then as replays say. Never mixed. */
export async function readRecords(
  sources: Pick<TodaySources, 'books' | 'livedDays' | 'readSignals'>,
  replays: Pick<ReplayKeeper, 'read'>,
): Promise<KnownRecord[]> {
  const records = await Promise.all([livedRecord(sources), replays.read('as_known'), replays.read('as_if_connected')])
  return records.filter((record) => record !== null)
}
