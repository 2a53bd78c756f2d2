import { reportedUntil } from '../books/reported-until.ts'
import { factTable } from '../facts/fact.ts'
import type { Placement } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import type { FactStore } from '../facts/store.ts'
import { readHistories } from '../health/read/read-histories.ts'
import { readRates } from '../health/read/rates.ts'
import { readMeanPoints } from '../health/said.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, dayOf } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { joinSql, param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { touchedAccounts } from '../ledgers/touched.ts'
import { keptHistories } from './kept-histories.ts'
import type { LivedDay, Scoring } from './live-day.ts'
import { liveDay } from './live-day.ts'
import type { Change, Decisions, Histories, Lives, Over, Past } from './ports.ts'
import type { Sign } from './sign.ts'
import { storedDecisions, storedPast } from './stored-days.ts'

/** What a moment of a day changes in signals. */
interface Changed {
  readonly day: Day
  /** ISO, UTC: facts recorded up to then counted. */
  readonly known_until: string
  readonly is_held: boolean
  readonly changes: readonly Change[]
  readonly lost: readonly Over[]
}

/** A day as its record is written. */
export type ClosedDay = Changed &
  Pick<LivedDay, 'accounts' | 'shift' | 'fall'> & {
    /** Where it is held: inputs by the points with which they moved accounts on the mean, what moved most first. */
    readonly moved: readonly { readonly input: string; readonly points: number }[] | null
  }

/** Where days that were closed are recorded, and signals with them. */
export interface DayRegister extends Lives, Pick<Past, 'heldSince'> {
  /** Null before the first. */
  readLast(): Promise<Day | null>
  /** In one transaction. False where the day is closed already. */
  close(day: ClosedDay): Promise<boolean>
  write(changed: Changed): Promise<void>
}

export interface Closing {
  readonly store: FactStore
  readonly register: DayRegister
  readonly settings: () => Promise<Settings>
  /** By what accounts are scored on a day, as it was known at an instant (ISO, UTC). */
  readonly scoringOn: (day: Day, known_until: string) => Promise<Scoring>
  readonly signs: readonly Sign[]
  /** Those of the team's own that were switched on at an instant. */
  readonly ownSigns?: (known_until: string) => Promise<readonly Sign[]>
  readonly clock: Clock
  /** Resolves when what is being recorded under an earlier instant than now is there. */
  readonly settled: () => Promise<void>
  /** Histories as they were told up to an instant. Default: those of the fact store. */
  readonly historiesAt?: (known_until: string, day: Day) => Promise<Histories>
  readonly signal?: AbortSignal | undefined
}

/** Days that are caught up where none was closed yet: longer ago nobody looked. */
const CAUGHT_UP = 90
/** Days that rules look back at use. */
const LOOKED_BACK = 400

const storedHistories = (store: FactStore, settings: Settings, until: string): Histories => ({
  read: (day, accounts) => readHistories(store, settings, { until, since: addDays(day, -LOOKED_BACK), ...(accounts === undefined ? {} : { accounts }) }),
})

/** The local day on which the first fact was recorded; null where there is none. */
async function firstRecorded(store: FactStore, zone: string): Promise<Day | null> {
  const firstOf = (placement: Placement): Sql => {
    const kinds = FACTS.filter((fact) => fact.placement === placement)
    const firsts = kinds.map((fact) => sql`SELECT recorded_at FROM ${table(factTable(fact))} ORDER BY recorded_at LIMIT 1`)
    return sql`SELECT recorded_at FROM (${joinSql(
      firsts.map((one) => sql`SELECT recorded_at FROM (${one})`),
      ' UNION ALL ',
    )})`
  }
  const rows = sql`SELECT recorded_at FROM (${firstOf('everywhere')}) UNION ALL SELECT recorded_at FROM ${store.shardLocal(firstOf('account'))}`
  const found = await store.read<{ day: Day }>(
    sql`SELECT toString(toDate32(toTimeZone(recorded_at, ${param('String', zone)}))) AS day FROM (${rows}) ORDER BY recorded_at LIMIT 1`,
  )
  return found[0]?.day ?? null
}

const NOTHING_LEARNT: Decisions = { learn: async () => undefined }

/** Signs of the product, and those of the team's own. */
const allSigns = async ({ signs, ownSigns }: Closing, known_until: string): Promise<readonly Sign[]> => [...signs, ...((await ownSigns?.(known_until)) ?? [])]

/** What lives a day: all that is known up to an instant, kept in memory where it is little. */
async function partsOf(closing: Closing, settings: Settings, day: Day, known_until: string) {
  const { store, register, signs, signal } = closing
  const keeping = { mode: 'lived' as const, known_until, rateOf: await readRates(store, settings, day, known_until) }
  return {
    histories: (await closing.historiesAt?.(known_until, day)) ?? keptHistories(storedHistories(store, settings, known_until)),
    past: storedPast(store, keeping, register.heldSince),
    lives: register,
    decisions: storedDecisions(store, keeping),
    scoring: await closing.scoringOn(day, known_until),
    signs,
    circumstances: { grace: Number(settings.renewal_grace_days) },
    signal,
  }
}

/** Which inputs moved accounts between two closes, on the mean of those that had a score. */
async function movedInputs(store: FactStore, against: Day, day: Day): Promise<{ input: string; points: number }[]> {
  const [before, after] = await Promise.all([readMeanPoints(store, 'lived', against), readMeanPoints(store, 'lived', day)])
  const moves = [...new Set([...before.keys(), ...after.keys()])].map((input) => ({ input, points: (after.get(input) ?? 0) - (before.get(input) ?? 0) }))
  return moves.sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.input < b.input ? -1 : 1))
}

/** Local days that are over and not closed. Before the first fact was recorded nobody knew anything: nothing was lived. */
export async function daysToClose({ store, register, settings, clock }: Closing): Promise<Day[]> {
  const { time_zone: zone } = await settings()
  const yesterday = addDays(dayOf(clock.now(), zone), -1)
  const last = await register.readLast()
  const first = last === null ? await firstRecorded(store, zone) : addDays(last, 1)
  if (first === null) return []
  const earliest = addDays(yesterday, 1 - CAUGHT_UP)
  const days: Day[] = []
  for (let day = last === null && first < earliest ? earliest : first; day <= yesterday; day = addDays(day, 1)) days.push(day)
  return days
}

/**
 * Closes a local day that is over: says how every customer was by what was known at its close, raises and ends signals, and
 * records it. Killed anywhere, the same again gives the same. False where another process closed it meanwhile.
 */
export async function closeDay(closing: Closing, day: Day): Promise<boolean> {
  const settings = await closing.settings()
  const known_until = reportedUntil(day, settings.time_zone)
  const signs = await allSigns(closing, known_until)
  const lived = await liveDay(day, await partsOf({ ...closing, signs }, settings, day, known_until))
  const moved = lived.is_held && lived.shift !== null ? await movedInputs(closing.store, lived.shift.against, day) : null
  return closing.register.close({ ...lived, known_until, moved })
}

/** Closes all days that are to be closed, the first first. `onDay` is called before each. */
export async function closeDays(closing: Closing, onDay?: (day: Day, left: number) => void): Promise<number> {
  const days = await daysToClose(closing)
  if (days.length > 0) await closing.settled()
  for (const [i, day] of days.entries()) {
    closing.signal?.throwIfAborted()
    onDay?.(day, days.length - i)
    await closeDay(closing, day)
  }
  return days.length
}

/** Lives the day that is not over by what is known now. Nothing is said of customers: that is for its close. */
async function liveNow(closing: Closing, signs: readonly Sign[], only?: readonly string[]): Promise<void> {
  const settings = await closing.settings()
  const now = closing.clock.now()
  const [day, known_until] = [dayOf(now, settings.time_zone), now.toISOString()]
  const parts = await partsOf({ ...closing, signs }, settings, day, known_until)
  const past = { ...parts.past, write: async () => undefined }
  const { is_held, changes, lost } = await liveDay(day, { ...parts, past, decisions: NOTHING_LEARNT, only })
  if (changes.length > 0 || lost.length > 0) await closing.register.write({ day, known_until, is_held, changes, lost })
}

/**
 * Raises what holds today in a workspace in which no day was closed yet, so that whoever brought years of history this morning
 * need not wait for the night. Known until now, which is what the signals say. Again with more facts: what is open and was right
 * by what is known then stays.
 */
export const openToday = async (closing: Closing): Promise<void> => liveNow(closing, await allSigns(closing, closing.clock.now().toISOString()))

/** Kinds of facts that signs of the minute rest on. */
const AT_ONCE = ['contact', 'subscription_version', 'invoice', 'ticket', 'ticket_event', 'survey_response']

/** Accounts of which something that signs of the minute rest on was recorded after an instant and up to another (ISO, UTC). */
async function accountsTold({ store }: Closing, settings: Settings, after: string, until: string): Promise<string[]> {
  const instant = (text: string) => param("DateTime64(6, 'UTC')", text)
  const told = touchedAccounts(settings, sql`recorded_at > ${instant(after)} AND recorded_at <= ${instant(until)}`, AT_ONCE)
  const rows = await store.read<{ account_id: string }>(sql`SELECT DISTINCT account_id FROM ${store.shardLocal(told)} WHERE account_id != ''`)
  return rows.map(({ account_id }) => account_id)
}

/** Raises and ends signs of the minute of accounts of which something was recorded in between. They are dated by the moment. */
export async function liveAtOnce(closing: Closing, after: string, until: string): Promise<void> {
  const accounts = await accountsTold(closing, await closing.settings(), after, until)
  if (accounts.length === 0) return
  await liveNow(
    closing,
    closing.signs.filter(({ instant }) => instant === true),
    accounts,
  )
}
