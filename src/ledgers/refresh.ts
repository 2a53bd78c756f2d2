import { factTable } from '../facts/fact.ts'
import type { FactStore, LedgerState } from '../facts/store.ts'
import { subscriptionVersion } from '../facts/subscription-version.ts'
import { addMonths } from '../kernel/period.ts'
import type { Day } from '../kernel/period.ts'
import { REBUILDING_SETTINGS, settingsHash } from '../kernel/settings.ts'
import type { Settings } from '../kernel/settings.ts'
import { identifier, joinSql, param, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { derivation, ledgerDdl, ledgerRows, ledgerTable } from './ledger.ts'
import type { LedgerDefinition } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'
import { touchedAccounts } from './touched.ts'

/** Where the pointer to the present ledgers is kept, and numbers for new builds. */
export interface LedgerRegister {
  readLedgerState(): Promise<LedgerState>
  nextLedgerBuild(): Promise<number>
  swapLedgerState(next: LedgerState): Promise<void>
}

export interface Refresh {
  /** A subquery of raw account ids whose facts changed; without it everything is derived again. */
  readonly touched?: Sql
  /** Facts recorded up to this instant are in the build. */
  readonly recordedUntil: string
}

/** Rows that go on for ever are made so many months past the last fact that was recorded. */
const MONTHS_AHEAD = 4
/** Above this share of accounts a delta is folded into a new base: reading past more of them would cost more than it saves. */
const LARGEST_DELTA = 0.1

const uint = (value: number): Sql => param('UInt64', value)
const build = { max_execution_time: 0, max_bytes_before_external_sort: 1_000_000_000, max_bytes_before_external_group_by: 1_000_000_000 }

export async function createLedgerTables(store: FactStore): Promise<void> {
  await store.writeEverywhere(
    sql`CREATE TABLE IF NOT EXISTS ledger_touched (state UInt64, account_id String) ENGINE = MergeTree PARTITION BY state ORDER BY account_id`,
  )
  for (const ledger of LEDGERS) await store.writeEverywhere(ledgerDdl(ledger))
}

/**
 * Derives ledgers and swaps them in. With `touched`, only these accounts are derived: their rows and those of accounts
 * rebuilt since the last base go into a new delta. Readers keep the old state until the swap, and one state longer. To be
 * run by one process at a time.
 */
export async function refreshLedgers(store: FactStore, register: LedgerRegister, settings: Settings, refresh: Refresh): Promise<LedgerState> {
  const present = await register.readLedgerState()
  // Builds newer than the present one are as-reported ones, which may be being read until the swap.
  await dropStates(store, (state) => state < present.state && state !== present.base && state !== present.delta)
  const state = await buildLedgers(store, register, settings, present, refresh)
  await register.swapLedgerState(state)
  return state
}

/**
 * The ledgers as they were reported on an instant: beside the present ones, which they differ from only in accounts of
 * which something was recorded or taken back since. Gone with `dropBuild`, or else the refresh after the next. To be run by
 * one process at a time.
 */
export async function buildAsReported(store: FactStore, register: LedgerRegister, settings: Settings, reportedOn: string): Promise<LedgerState> {
  const present = await register.readLedgerState()
  const touched = touchedAccounts(store, settings, changedSince(reportedOn))
  return buildLedgers(store, register, settings, present, { recordedUntil: reportedOn, reportedOn, touched })
}

async function buildLedgers(
  store: FactStore,
  register: LedgerRegister,
  settings: Settings,
  present: LedgerState,
  { touched, recordedUntil, reportedOn }: Refresh & { readonly reportedOn?: string },
): Promise<LedgerState> {
  const hash = settingsHash(settings, REBUILDING_SETTINGS)
  const next = await register.nextLedgerBuild()
  // Never less far than the base reaches, which stays beside a delta.
  const latest = recordedUntil > present.recorded_until ? recordedUntil : present.recorded_until
  const until = addMonths(`${latest.slice(0, 7)}-01`, MONTHS_AHEAD)
  const reading = { store, settings, next, until, ...(reportedOn === undefined ? {} : { reportedOn }) }
  const whole = touched === undefined || present.state === 0 || present.settings_hash !== hash
  if (whole) await buildAll(reading)
  else await buildDelta(reading, present, touched)
  const folded = !whole && (await foldIfLarge(store, present, next))
  return {
    state: next,
    base: whole || folded ? next : present.base,
    delta: whole || folded ? 0 : next,
    recorded_until: recordedUntil,
    settings_hash: hash,
  }
}

interface Reading {
  readonly store: FactStore
  readonly settings: Settings
  readonly next: number
  readonly until: Day
  readonly reportedOn?: string
}

/** Rows of a fact that were recorded, or whose import was taken back, after an instant. */
const changedSince = (reportedOn: string): Sql => {
  const instant = param("DateTime64(6, 'UTC')", reportedOn)
  return sql`(recorded_at > ${instant} OR import_id IN (SELECT import_id FROM fact_undo WHERE recorded_at > ${instant}))`
}

const columnsOf = (ledger: LedgerDefinition): Sql => trusted(Object.keys(ledger.columns).join(', '))

const insertInto = (store: FactStore, ledger: LedgerDefinition, state: number, rows: Sql): Promise<void> =>
  store.writeEverywhere(
    sql`INSERT INTO ${identifier(ledgerTable(ledger))} (state, ${columnsOf(ledger)}) SELECT ${uint(state)}, ${columnsOf(ledger)} FROM (${rows})`,
    { settings: build },
  )

/** The rows that a build has made so far. */
const made =
  (state: number) =>
  (ledger: LedgerDefinition): Sql =>
    sql`SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} WHERE state = ${uint(state)}`

async function buildAll({ store, settings, next, until, reportedOn }: Reading): Promise<void> {
  const from = derivation(store, settings, { made: made(next), until, ...(reportedOn === undefined ? {} : { reportedOn }) })
  for (const ledger of LEDGERS) await insertInto(store, ledger, next, ledger.derive(from))
}

async function buildDelta({ store, settings, next, until, reportedOn }: Reading, present: LedgerState, touched: Sql): Promise<void> {
  const as = reportedOn === undefined ? { until } : { until, reportedOn }
  const whole = derivation(store, settings, { made: made(next), ...as })
  for (const ledger of LEDGERS.filter(({ placement }) => placement === 'everywhere')) await insertInto(store, ledger, next, ledger.derive(whole))

  // A subscription that went from one account to another is derived with both.
  const versions = table(factTable(subscriptionVersion))
  const sharing = sql`SELECT account_id FROM ${versions} WHERE subscription_id IN (SELECT subscription_id FROM ${versions} WHERE account_id IN (${touched}))`
  // An account that was merged, now or before, is derived with the one it counts as and with all that count as it.
  const now = made(next)(accountLedger)
  const before = ledgerRows(accountLedger, present)
  const counted = sql`
    SELECT account_id FROM (${touched} UNION DISTINCT ${sharing})
    UNION DISTINCT SELECT counted_as FROM (${now}) WHERE account_id IN (${touched})
    UNION DISTINCT SELECT counted_as FROM (${before}) WHERE account_id IN (${touched})`
  await store.writeEverywhere(sql`INSERT INTO ledger_touched SELECT ${uint(next)}, account_id FROM (${counted})`)
  const fresh = sql`SELECT account_id FROM ledger_touched WHERE state = ${uint(next)}`
  const rawAccounts = sql`${fresh} UNION DISTINCT SELECT account_id FROM (${now}) WHERE counted_as IN (${fresh})`
  const from = derivation(store, settings, { accounts: rawAccounts, made: made(next), ...as })
  const derived = LEDGERS.filter(({ placement }) => placement === 'account')
  for (const ledger of derived) await insertInto(store, ledger, next, sql`SELECT * FROM (${ledger.derive(from)}) WHERE account_id IN (${fresh})`)
  if (present.delta === 0) return
  for (const ledger of derived)
    await insertInto(
      store,
      ledger,
      next,
      sql`
      SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} WHERE state = ${uint(present.delta)} AND account_id NOT IN (${fresh})`,
    )
  await store.writeEverywhere(sql`
    INSERT INTO ledger_touched SELECT ${uint(next)}, account_id FROM ledger_touched WHERE state = ${uint(present.delta)} AND account_id NOT IN (${fresh})`)
}

/** True when the delta had grown too large and was folded with the base into a base of its own. */
async function foldIfLarge(store: FactStore, present: LedgerState, next: number): Promise<boolean> {
  const [size] = await store.read<{ touched: string; accounts: string }>(sql`
    SELECT (SELECT count() FROM ledger_touched WHERE state = ${uint(next)}) AS touched,
      (SELECT count() FROM ${identifier(ledgerTable(accountLedger))} WHERE state = ${uint(next)}) AS accounts`)
  if (size === undefined || Number(size.touched) <= LARGEST_DELTA * Math.max(Number(size.accounts), 1000)) return false
  for (const ledger of LEDGERS.filter((ledger) => ledger.placement === 'account'))
    await insertInto(
      store,
      ledger,
      next,
      sql`
      SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))}
      WHERE state = ${uint(present.base)} AND account_id NOT IN (SELECT account_id FROM ledger_touched WHERE state = ${uint(next)})`,
    )
  return true
}

/** Removes one build. Does nothing where there is none. */
export async function dropBuild(store: FactStore, build: number): Promise<void> {
  await dropStates(store, (state) => state === build)
}

/** Removes builds that nobody reads: left by a kill in the middle, or two swaps old. */
async function dropStates(store: FactStore, unread: (state: number) => boolean): Promise<void> {
  for (const table of [...LEDGERS.map(ledgerTable), 'ledger_touched']) {
    const rows = await store.read<{ state: string }>(sql`SELECT DISTINCT state FROM ${store.everyShard(table)}`)
    const old = rows.map((row) => Number(row.state)).filter(unread)
    if (old.length > 0)
      await store.writeEverywhere(
        sql`ALTER TABLE ${identifier(table)} ${joinSql(
          old.map((state) => sql`DROP PARTITION ${trusted(String(state))}`),
          ', ',
        )}`,
      )
  }
}
