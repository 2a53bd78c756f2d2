import { factTable } from '../../facts/fact.ts'
import { readPieces } from '../../facts/read-pieces.ts'
import { usageEvent } from '../../facts/usage-event.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import { emptySql, param, sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { localDay } from '../../ledgers/local-day.ts'
import { usageDayLedger } from '../../ledgers/usage-day-ledger.ts'
import { isUse } from '../../ledgers/use-events.ts'
import { IN_ORDER, byCountedAccount } from '../../metrics/rows/use.ts'
import { KNOWN_USE } from '../account-day.ts'
import { groupBy } from '../group.ts'
import { LAG, completeUntil, usualLag, withoutHistory } from '../known.ts'
import type { Arrival } from '../known.ts'
import { WINDOWS } from '../readings.ts'
import { dayParam, days, ofWanted, plain } from './frame.ts'
import type { StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'

/** Days that each source of use usually comes late. */
export type Lags = ReadonlyMap<string, number>

interface ArrivalRow {
  readonly source: string
  readonly effective_on: Day
  readonly recorded_on: Day
  readonly events: string
}

function arrivals({ book, until }: StandingFrame, internal: readonly string[], where: Sql): Sql {
  const here = sql`
    SELECT toString(source) AS source, toString(${localDay(book, 'occurred_at')}) AS effective_on, toString(${localDay(book, 'recorded_at')}) AS recorded_on,
      count() AS events
    FROM ${table(factTable(usageEvent))}
    WHERE deleted = 0 AND recorded_at <= ${param("DateTime64(6, 'UTC')", until)} AND ${isUse(book.settings)}
      AND account_id NOT IN ${param('Array(String)', internal)}${where}
    GROUP BY source, effective_on, recorded_on`
  return sql`SELECT * FROM ${book.store.shardLocal(here)}`
}

/** Of most sources the last days say it; only of those that were silent since is all looked at that they ever sent. */
export async function readLags(frame: StandingFrame, accounts: RawAccounts): Promise<Lags> {
  const { book, known_by } = frame
  const internal = [...accounts.internal]
  const since = param('Date32', addDays(known_by, -LAG.days))
  const known = sql`SELECT DISTINCT toString(source) AS source FROM ${table(factTable(usageEvent))} WHERE deleted = 0`
  const [sources, lately] = await Promise.all([
    book.store.read<{ source: string }>(sql`SELECT DISTINCT source FROM ${book.store.shardLocal(known)}`),
    book.store.read<ArrivalRow>(arrivals(frame, internal, sql` AND recorded_at >= toDateTime64(${since}, 6, 'UTC')`)),
  ])
  const from = addDays(known_by, 1 - LAG.days)
  const arrivalsOf = (rows: readonly ArrivalRow[]): Required<Arrival>[] =>
    rows.map(({ effective_on, recorded_on, events }) => ({ effective_on, recorded_on, events: Number(events) }))
  const counted = groupBy(lately, ({ source }) => source)
  const isEnough = (source: string): boolean =>
    withoutHistory(arrivalsOf(counted.get(source) ?? [])).reduce((sum, { events = 1, recorded_on }) => sum + (recorded_on >= from ? events : 0), 0) >= LAG.rows
  const silent = sources.map(({ source }) => source).filter((source) => !isEnough(source))
  const ever = silent.length === 0 ? [] : await book.store.read<ArrivalRow>(arrivals(frame, internal, sql` AND source IN ${param('Array(String)', silent)}`))
  const all = new Map([...counted, ...groupBy(ever, ({ source }) => source)])
  return new Map([...all].map(([source, rows]) => [source, usualLag(arrivalsOf(rows), known_by)]))
}

/** The lag of all sources, where it is the same. */
function commonLag(lags: Lags): number | null {
  const [first = 0, ...others] = new Set(lags.values())
  return others.length === 0 ? first : null
}

/** The largest lag of the sources that ever sent use for an account; nobody is asked where all sources come equally late. */
async function readLagOf(frame: StandingFrame, lags: Lags, accounts: RawAccounts): Promise<(account: string) => number> {
  const common = commonLag(lags)
  if (common !== null) return () => common
  const { book } = frame
  const late = [...lags.keys()].filter((source) => (lags.get(source) ?? 0) > 0)
  const here = sql`
    SELECT DISTINCT account_id, toString(source) AS source FROM ${table(factTable(usageEvent))}
    WHERE ${isUse(book.settings)} AND source IN ${param('Array(String)', late)}${ofWanted(frame, 'raw')}`
  const lagOf = new Map<string, number>()
  const rows = sql`SELECT account_id, source FROM ${book.store.shardLocal(here)}`
  for await (const piece of readPieces<string>(book.store, rows, plain('account_id', 'source')))
    piece['account_id']?.forEach((named, i) => {
      const account = accounts.countedAs.get(named) ?? named
      lagOf.set(account, Math.max(lagOf.get(account) ?? 0, lags.get(piece['source']?.[i] ?? '') ?? 0))
    })
  return (account) => lagOf.get(account) ?? 0
}

/** Use in windows that end on a day: of each account its first day of all, days with use, people. */
function usedUntil(frame: StandingFrame, until: Day): Sql {
  const { book } = frame
  const end = dayParam(until)
  const within = (days: number): Sql => sql`day > ${dayParam(addDays(until, -days))} AND day <= ${end}`
  const wanted = frame.only === null ? emptySql : ofWanted(frame, 'raw')
  const used = byCountedAccount(
    book,
    usageDayLedger,
    (rows, isMerged) => sql`
    SELECT account_id, min(first) AS first_day, bitCount(groupBitOr(days)) AS active_days, countIf(is_recent) AS users
    FROM (
      SELECT account_id, user_id, min(day) AS first, max(${within(KNOWN_USE)}) AS is_recent,
        groupBitOr(if(${within(WINDOWS.use)}, bitShiftLeft(toUInt32(1), toUInt8(toInt32(${end}) - toInt32(day))), toUInt32(0))) AS days
      FROM (${rows}) WHERE day <= ${dayParam(frame.day)}${isMerged ? emptySql : wanted} GROUP BY account_id, user_id ${IN_ORDER})
    GROUP BY account_id`,
  )
  const here = frame.only === null ? used : sql`SELECT * FROM (${used}) WHERE 1${ofWanted(frame)}`
  return sql`SELECT * FROM ${book.store.shardLocal(here)}`
}

/** Use of each account in windows that end where its sources can be taken to be complete. */
export async function readUse(frame: StandingFrame, lags: Lags, accounts: RawAccounts): Promise<void> {
  const lagOf = await readLagOf(frame, lags, accounts)
  const common = commonLag(lags)
  for (const lag of new Set(common === null ? [0, ...lags.values()] : [common])) {
    const until = completeUntil(frame.day, frame.known_by, [lag])
    const rows = usedUntil(frame, until)
    for await (const piece of readPieces<string | number>(frame.book.store, rows, { ...plain('account_id', 'active_days', 'users'), ...days('first_day') }))
      piece['account_id']?.forEach((named, i) => {
        const account = accounts.of(String(named))
        if (account === null || lagOf(account.account_id) !== lag) return
        account.use.first = String(piece['first_day']?.[i])
        account.use.until = until
        account.use.active_days = Number(piece['active_days']?.[i])
        account.use.users = Number(piece['users']?.[i])
      })
  }
}
