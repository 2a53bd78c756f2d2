import { daysBetween } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { SNAPSHOTS } from '../../ledgers/health-said.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { ShownBand } from '../bands.ts'
import { bindingCap } from '../caps.ts'
import type { Cap } from '../caps.ts'
import { snapshotsSql } from '../snapshot.ts'
import type { SnapshotMode } from '../snapshot.ts'
import type { AccountStanding } from '../standing/account-standing.ts'
import type { Candidate } from './hour.ts'

/** The health of a customer, whether it is how it stands now or what was said of it on a day. */
export interface Told extends Candidate {
  readonly score: number | null
  readonly low: number
  readonly coverage: number
  readonly confidence: number
  readonly trend: number | null
  readonly model: string
  readonly binding: Cap | null
  readonly deadline_arr: number | null
}

/** What is told of accounts on a day. */
export interface ToldOn {
  readonly rows: ReadonlyMap<string, Told>
  /** Why there is none of an account that is not among them. */
  readonly otherwise: string
  /** What is to be known of all of it. */
  readonly note: string | null
}

export const toldNow = (rows: ReadonlyMap<string, AccountStanding>): ToldOn => ({
  rows: new Map([...rows].filter(([, { is_customer }]) => is_customer)),
  otherwise: 'Only customers are scored',
  note: null,
})

interface SaidRow {
  readonly account_id: string
  readonly score: number | null
  readonly weighted: number | null
  readonly low: number
  readonly coverage: number
  readonly confidence: number
  readonly band: ShownBand
  readonly model: string
  readonly arr: number
  readonly decided_on: Day | null
  readonly next_deadline: Day | null
  readonly deadline_arr: number
  readonly caps: string
}

const COLUMNS: readonly (keyof SaidRow)[] = [
  'account_id',
  'score',
  'weighted',
  'low',
  'coverage',
  'confidence',
  'band',
  'model',
  'arr',
  'decided_on',
  'next_deadline',
  'deadline_arr',
  'caps',
]

/** Snapshots that a day may be told by, the better first, and what is to be known of them. */
const MODES: readonly (readonly [mode: SnapshotMode, note: string])[] = [
  ['lived', 'Health is as it was said at the close of that day.'],
  ['as_known', 'Health was worked out later, by what was known at the close of that day.'],
  ['as_if_connected', 'Health was worked out later, as if all sources had been connected then: optimistic.'],
]

const toTold = ({ weighted, caps, ...row }: SaidRow, day: Day): Told => ({
  ...row,
  score: row.score,
  trend: null,
  churn_probability: null,
  binding: bindingCap(weighted, JSON.parse(caps) as Cap[]),
  deadline_days: row.next_deadline === null ? null : daysBetween(day, row.next_deadline),
})

/** The best snapshots of a day and how many there are; null where nothing was said. */
export async function readSaidBy({ store }: Pick<Book, 'store'>, day: Day): Promise<{ mode: SnapshotMode; note: string; accounts: number } | null> {
  const here = sql`SELECT toString(mode) AS mode, count() AS accounts FROM ${table(SNAPSHOTS)} WHERE day = ${param('Date32', day)} GROUP BY mode`
  const rows = await store.read<{ mode: SnapshotMode; accounts: string }>(
    sql`SELECT mode, sum(accounts) AS accounts FROM ${store.shardLocal(here)} GROUP BY mode`,
  )
  const [best] = MODES.flatMap(([mode, note]) => rows.filter((row) => row.mode === mode).map(({ accounts }) => ({ mode, note, accounts: Number(accounts) })))
  return best ?? null
}

export const NOTHING_SAID: ToldOn = { rows: new Map(), otherwise: 'Nothing was said of its health on this day', note: null }

/** What was said of accounts at the close of a day, by its snapshots of one mode. */
export async function readToldOn({ store }: Pick<Book, 'store'>, day: Day, { mode, note }: { mode: SnapshotMode; note: string }): Promise<ToldOn> {
  const rows = new Map<string, Told>()
  for await (const chunk of store.readChunks<SaidRow>(sql`SELECT * FROM ${store.shardLocal(snapshotsSql({ mode, from: day, until: day }, COLUMNS))}`))
    for (const row of chunk) rows.set(row.account_id, toTold(row, day))
  return { ...NOTHING_SAID, rows, note }
}
