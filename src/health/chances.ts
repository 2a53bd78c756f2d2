import type { FactStore } from '../facts/store.ts'
import { addDays, startOf } from '../kernel/period.ts'
import type { Day } from '../kernel/period.ts'
import { param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { HORIZON, SNAPSHOTS } from '../ledgers/health-said.ts'
import type { ShownBand } from './bands.ts'
import { readDecisions } from './account-decision.ts'
import { groupBy } from './group.ts'
import { countChances } from './likelihood.ts'
import type { AccountMonth, Chances, Phase } from './likelihood.ts'
import type { SnapshotMode } from './snapshot.ts'

/** Chances by what became of the customers of this workspace, and which of its pasts they were read from. */
export interface ReadChances extends Chances {
  /** `as_if_connected` is optimistic: days that nobody lived, as if sources had been connected all along. */
  readonly mode: Extract<SnapshotMode, 'lived' | 'as_if_connected'>
  /** First and last month end that is counted; what came of each has had its time. */
  readonly from: Day
  readonly until: Day
}

/** The last days of the months of which is known what became of each account within the horizon. */
export function maturedMonths(first: Day, last: Day): Day[] {
  const [from, until] = [addDays(first, HORIZON), addDays(last, -HORIZON)]
  const ends: Day[] = []
  for (let month = startOf('month', until); month > from; month = startOf('month', addDays(month, -1))) ends.push(addDays(month, -1))
  return ends.filter((day) => day >= from && day <= until).reverse()
}

/** Snapshots of customers who have not decided, as known on the day. */
const undecided = (mode: SnapshotMode, models: readonly string[], days: readonly Day[]): Sql => sql`
  SELECT account_id, day, toString(argMax(s.band, s.model)) AS band, toString(argMax(s.phase, s.model)) AS phase FROM ${table(SNAPSHOTS)} AS s
  WHERE s.mode = ${param('String', mode)} AND s.phase != '' AND day IN ${param('Array(Date32)', days)}
    AND (s.mode = 'lived' OR s.model IN ${param('Array(String)', models)})
  GROUP BY account_id, day`

type Cell = { readonly phase: Phase; readonly band: ShownBand; readonly n: string }

async function readMode(store: FactStore, mode: ReadChances['mode'], models: readonly string[]): Promise<ReadChances | null> {
  const span = sql`SELECT min(day) AS first, max(day) AS last, count() AS n FROM ${table(SNAPSHOTS)} WHERE mode = ${param('String', mode)}`
  const [days] = await store.read<{ first: Day; last: Day; n: string }>(
    sql`SELECT toString(min(first)) AS first, toString(max(last)) AS last, sum(n) AS n FROM ${store.shardLocal(sql`SELECT * FROM (${span}) WHERE n > 0`)}`,
  )
  const months = days === undefined || days.n === '0' ? [] : maturedMonths(days.first, days.last)
  const [from, until] = [months[0], months.at(-1)]
  if (days === undefined || from === undefined || until === undefined) return null
  const here = undecided(mode, models, months)
  const counted = store.shardLocal(sql`SELECT phase, band, count() AS n FROM (${here}) GROUP BY phase, band`)
  const cells = await store.read<Cell>(sql`SELECT phase, band, sum(n) AS n FROM ${counted} GROUP BY phase, band`)
  const decisions = (await readDecisions(store, mode)).filter(
    ({ is_whole, taken_back_on, decided_on }) => is_whole && taken_back_on === null && decided_on <= days.last,
  )
  const decidedOn = groupBy(decisions, ({ account_id }) => account_id)
  const left: AccountMonth[] = []
  const some = sql`SELECT * FROM (${here}) WHERE account_id IN ${param('Array(String)', [...decidedOn.keys()])}`
  const rows = sql`SELECT account_id, toString(day) AS day, phase, band FROM ${store.shardLocal(some)}`
  for await (const chunk of store.readChunks<{ account_id: string; day: Day; phase: Phase; band: ShownBand }>(rows))
    for (const { account_id, day, phase, band } of chunk)
      if (decidedOn.get(account_id)?.some(({ decided_on }) => decided_on > day && decided_on <= addDays(day, HORIZON)) === true) left.push({ phase, band })
  const all = cells.map(({ phase, band, n }) => ({ phase, band, n: Number(n) }))
  return { mode, from, until, ...countChances(all, left) }
}

/** Chances by the days that were lived, else by those that might have been; null where neither tells enough. `models`: those in force. */
export const readChances = async (store: FactStore, models: readonly string[]): Promise<ReadChances | null> =>
  (await readMode(store, 'lived', models)) ?? (await readMode(store, 'as_if_connected', models))
