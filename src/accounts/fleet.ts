import { currentColumn } from '../facts/current.ts'
import { factTable } from '../facts/fact.ts'
import { invoice } from '../facts/invoice.ts'
import type { FactStore } from '../facts/store.ts'
import { surveyResponse } from '../facts/survey-response.ts'
import { ticket } from '../facts/ticket.ts'
import { usageEvent } from '../facts/usage-event.ts'
import type { Fleet } from '../health/account-day.ts'
import type { Arrival } from '../health/known.ts'
import { LAG, usualLag } from '../health/known.ts'
import { groupBy } from '../health/group.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { isNamed } from '../ledgers/use-events.ts'
import { localDay } from '../ledgers/local-day.ts'
import { usageDayLedger } from '../ledgers/usage-day-ledger.ts'
import type { Book } from '../metrics/kit/book.ts'

/** What all accounts have in common that the health of one is read by, as it was known at one moment. */
export interface KnownFleet {
  /** As it stands on a day up to the one that it was read for. */
  on(day: Day): Fleet
  /** Days that each source of use usually comes late; as known now without what came before it was connected. */
  readonly lags: ReadonlyMap<string, number>
}

/** Days before the one asked for of which the newest facts are known at the least. */
const FLEET_DAYS = 120

export interface FleetAsked {
  /** The last day that is looked at. */
  readonly day: Day
  /** The first; days before it are not known. */
  readonly back_to?: Day | undefined
  /** Local day by whose close, and instant by which facts were known. */
  readonly known_by: Day
  readonly known_until: string
  /** Nothing was recorded since: the ledgers of now say the same. */
  readonly is_present: boolean
}

const INSTANT = "DateTime64(6, 'UTC')"

/** The distinct days of a column up to a day: all of the last, and the newest before them. */
async function readDays(store: FactStore, days: Sql, { day: until, back_to }: FleetAsked): Promise<Day[]> {
  const usual = addDays(until, -FLEET_DAYS)
  const window = param('Date32', back_to !== undefined && back_to < usual ? back_to : usual)
  const here = sql`SELECT DISTINCT if(value >= ${window}, value, toDate32('1970-01-01')) AS old, value FROM (${days}) WHERE value <= ${param('Date32', until)}`
  const newest = sql`SELECT max(value) AS value FROM (${here}) GROUP BY old`
  const rows = await store.read<{ value: Day }>(sql`SELECT DISTINCT toString(value) AS value FROM ${store.shardLocal(newest)} ORDER BY value`)
  return rows.map(({ value }) => value)
}

/** The day on which each source of use was heard of first. */
async function readFirstRecorded(store: FactStore, settings: Settings): Promise<Map<string, Day>> {
  const here = sql`SELECT toString(source) AS source, min(recorded_at) AS first FROM ${table(factTable(usageEvent))} GROUP BY source`
  const rows = await store.read<{ source: string; first: Day }>(
    sql`SELECT source, toString(${localDay({ settings }, 'min(first)')}) AS first FROM ${store.shardLocal(here)} GROUP BY source`,
  )
  return new Map(rows.map(({ source, first }) => [source, first]))
}

/** When use came that was recorded lately, and when the newest use came where little was. */
async function readArrivals({ store, settings }: Book, { known_by, known_until, is_present }: FleetAsked): Promise<Map<string, Arrival[]>> {
  const of = (column: string): Sql => localDay({ settings }, column)
  const isUse = sql`deleted = 0 AND is_internal = 0 AND occurred_at <= recorded_at + toIntervalHour(24) AND NOT ${isNamed(settings.idle_events)}`
  const recorded = sql`SELECT toString(source) AS source, ${of('occurred_at')} AS effective_on, ${of('recorded_at')} AS recorded_on
    FROM ${table(factTable(usageEvent))} WHERE ${isUse} AND recorded_at <= ${param(INSTANT, known_until)}`
  const counted = (rows: Sql): Sql => sql`SELECT source, effective_on, recorded_on, count() AS events FROM (${rows}) GROUP BY source, effective_on, recorded_on`
  const lately = sql`${recorded} AND recorded_at >= ${param(INSTANT, `${addDays(known_by, -LAG.days - 1)}T00:00:00.000000Z`)}`
  const last = sql`${recorded} ORDER BY recorded_at DESC LIMIT ${param('UInt32', LAG.rows)} BY source`
  const read = (rows: Sql) =>
    store.read<Arrival & { source: string; events: string }>(
      sql`SELECT source, toString(effective_on) AS effective_on, toString(recorded_on) AS recorded_on, sum(events) AS events
        FROM ${store.shardLocal(counted(rows))} GROUP BY source, effective_on, recorded_on`,
    )
  const enough = (rows: readonly { events: string }[]): boolean => rows.reduce((sum, { events }) => sum + Number(events), 0) >= LAG.rows
  const found = groupBy(await read(lately), ({ source }) => source)
  const isQuiet = found.size === 0 || [...found.values()].some((rows) => !enough(rows))
  const before = isQuiet ? groupBy(await read(last), ({ source }) => source) : new Map<string, (Arrival & { source: string; events: string })[]>()
  const sources = new Set([...found.keys(), ...before.keys()])
  const live = is_present ? await readFirstRecorded(store, settings) : new Map<string, Day>()
  return new Map(
    [...sources].map((source) => {
      const recent = found.get(source) ?? []
      const rows = enough(recent) ? recent : (before.get(source) ?? [])
      // What was there before its source was connected says nothing of how late it comes.
      const told = rows.filter(({ effective_on }) => effective_on >= (live.get(source) ?? ''))
      return [source, told.map(({ effective_on, recorded_on, events }) => ({ effective_on, recorded_on, events: Number(events) }))]
    }),
  )
}

const newestOf = (days: readonly Day[], until: Day): Day | null => days.findLast((day) => day <= until) ?? null

/** Reads what the fleet has in common. Costs a look at all use that came lately; nothing of it is of one account. */
export async function readFleet(book: Book, asked: FleetAsked): Promise<KnownFleet> {
  const { store, settings, ledger } = book
  const reported = asked.is_present ? undefined : asked.known_until
  const own = (column: string): Sql => localDay({ settings }, column)
  const use = asked.is_present ? sql`SELECT day AS value FROM (${ledger(usageDayLedger)})` : currentColumn(usageEvent, own('occurred_at'), reported)
  const first = (days: Sql): Promise<Day | null> =>
    store
      .read<{ value: Day | null }>(sql`SELECT minOrNull(value) AS value FROM ${store.shardLocal(sql`SELECT minOrNull(value) AS value FROM (${days})`)}`)
      .then(([row]) => row?.value ?? null)
  const [uses, tickets, response, bill, arrivals] = await Promise.all([
    readDays(store, use, asked),
    readDays(store, currentColumn(ticket, own('created_at'), reported), asked),
    first(currentColumn(surveyResponse, own('answered_at'), reported)),
    first(currentColumn(invoice, sql`toDate32(due_on)`, reported)),
    readArrivals(book, asked),
  ])
  return {
    on: (day) => ({
      first_use: null,
      newest_use: newestOf(uses, day),
      newest_ticket: newestOf(tickets, day),
      has_responses: response !== null && response <= day,
      has_invoices: bill !== null,
    }),
    lags: new Map([...arrivals].map(([source, rows]) => [source, usualLag(rows, asked.known_by)])),
  }
}
