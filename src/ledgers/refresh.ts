import type { FactStore, LedgerState } from '../facts/store.ts'
import { REBUILDING_SETTINGS, settingsHash } from '../kernel/settings.ts'
import type { Settings } from '../kernel/settings.ts'
import { identifier, joinSql, param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { derivation, ledgerDdl, ledgerRows, ledgerTable } from './ledger.ts'
import type { LedgerDefinition } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'

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
 * rebuilt since the last base go into a new delta. Readers keep the old state until the swap, and one state longer.
 */
export async function refreshLedgers(store: FactStore, register: LedgerRegister, settings: Settings, refresh: Refresh): Promise<LedgerState> {
  const present = await register.readLedgerState()
  const hash = settingsHash(settings, REBUILDING_SETTINGS)
  const next = await register.nextLedgerBuild()
  const whole = refresh.touched === undefined || present.state === 0 || present.settings_hash !== hash
  await dropStates(store, (state) => state !== present.state && state !== present.base && state !== present.delta)
  if (whole) await buildAll(store, settings, next)
  else await buildDelta(store, settings, present, next, refresh.touched ?? sql``)
  const folded = !whole && (await foldIfLarge(store, present, next))
  const state: LedgerState = {
    state: next,
    base: whole || folded ? next : present.base,
    delta: whole || folded ? 0 : next,
    recorded_until: refresh.recordedUntil,
    settings_hash: hash,
  }
  await register.swapLedgerState(state)
  return state
}

const columnsOf = (ledger: LedgerDefinition): Sql => trusted(Object.keys(ledger.columns).join(', '))

const insertInto = (store: FactStore, ledger: LedgerDefinition, state: number, rows: Sql): Promise<void> =>
  store.writeEverywhere(
    sql`INSERT INTO ${identifier(ledgerTable(ledger))} (state, ${columnsOf(ledger)}) SELECT ${uint(state)}, ${columnsOf(ledger)} FROM (${rows})`,
    { settings: build },
  )

const made =
  (state: number, accounts?: Sql) =>
  (ledger: LedgerDefinition): Sql =>
    sql`
  SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} WHERE state = ${uint(state)}
  ${accounts !== undefined && ledger.placement === 'account' ? sql`AND account_id IN (${accounts})` : sql``}`

async function buildAll(store: FactStore, settings: Settings, state: number): Promise<void> {
  for (const ledger of LEDGERS) await insertInto(store, ledger, state, ledger.derive(derivation(store, settings, { made: made(state) })))
}

async function buildDelta(store: FactStore, settings: Settings, present: LedgerState, next: number, touched: Sql): Promise<void> {
  for (const ledger of LEDGERS.filter((ledger) => ledger.placement === 'everywhere'))
    await insertInto(store, ledger, next, ledger.derive(derivation(store, settings, { made: made(next) })))

  // An account that was merged, now or before, is derived with the one it counts as and with all that count as it.
  const now = made(next)(accountLedger)
  const before = ledgerRows(accountLedger, present)
  const counted = sql`
    SELECT account_id FROM (${touched})
    UNION DISTINCT SELECT counted_as FROM (${now}) WHERE account_id IN (${touched})
    UNION DISTINCT SELECT counted_as FROM (${before}) WHERE account_id IN (${touched})`
  const carriedOver = present.delta === 0 ? sql`` : sql`UNION DISTINCT SELECT account_id FROM ledger_touched WHERE state = ${uint(present.delta)}`
  await store.writeEverywhere(sql`INSERT INTO ledger_touched SELECT ${uint(next)}, account_id FROM (${counted} ${carriedOver})`)

  const fresh = sql`SELECT account_id FROM (${counted})`
  const rawAccounts = sql`${fresh} UNION DISTINCT SELECT account_id FROM (${now}) WHERE counted_as IN (${fresh})`
  for (const ledger of LEDGERS.filter((ledger) => ledger.placement === 'account')) {
    if (present.delta !== 0)
      await insertInto(
        store,
        ledger,
        next,
        sql`
        SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} WHERE state = ${uint(present.delta)} AND account_id NOT IN (${fresh})`,
      )
    const from = derivation(store, settings, { accounts: rawAccounts, made: (other) => made(next, fresh)(other) })
    await insertInto(store, ledger, next, sql`SELECT * FROM (${ledger.derive(from)}) WHERE account_id IN (${fresh})`)
  }
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
