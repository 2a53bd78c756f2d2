import { subscriptionVersion } from '../facts/subscription-version.ts'
import { factTable } from '../facts/fact.ts'
import type { FactStore, LedgerBuild, LedgerState } from '../facts/store.ts'
import { addMonths } from '../kernel/period.ts'
import type { Day } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { identifier, joinSql, param, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { derivation, ledgerRows, ledgerTable } from './ledger.ts'
import type { LedgerDefinition } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'
import { factsBelow, ledgersFingerprint } from './lineage.ts'
import { touchedAccounts, touchesEverything } from './touched.ts'

/** Where the pointer to the present ledgers is kept, and numbers for new builds. */
export interface LedgerRegister {
  readLedgerState(): Promise<LedgerState>
  nextLedgerBuild(): Promise<number>
  swapLedgerState(next: LedgerState): Promise<void>
}

/** Fact rows that changed: a condition on the tables of facts, and the kinds that hold any. */
export interface Changed {
  readonly which: Sql
  readonly facts: readonly string[]
}

export interface Refresh {
  /** Only what these rows reach is derived again; without it everything is. */
  readonly changed?: Changed
  /** Facts recorded up to this instant are in the build. */
  readonly recordedUntil: string
}

/** Rows that go on for ever are made so many months past the last fact that was recorded. */
const MONTHS_AHEAD = 4
/** Above this share of accounts a delta is folded into a new base: reading past more of them would cost more than it saves. */
const LARGEST_DELTA = 0.1

const uint = (value: number): Sql => param('UInt64', value)
const building = { max_execution_time: 0, max_bytes_before_external_sort: 1_000_000_000, max_bytes_before_external_group_by: 1_000_000_000 }

/**
 * Derives ledgers and swaps them in. With `changed`, only ledgers below these facts are derived, and of them only the
 * accounts that were touched: their rows and those of accounts touched since the ledger's base go into a new delta.
 * Readers keep the old state until the swap, and one state longer. To be run by one process at a time.
 */
export async function refreshLedgers(store: FactStore, register: LedgerRegister, settings: Settings, refresh: Refresh): Promise<LedgerState> {
  const present = await register.readLedgerState()
  const read = new Set(Object.values(present.ledgers).flatMap(({ base, delta }) => [base, delta]))
  // Builds newer than the present one are as-reported ones, which may be being read until the swap.
  await dropBuilds(store, (build) => build < present.state && !read.has(build))
  const state = await buildLedgers(store, register, settings, present, refresh)
  await register.swapLedgerState(state)
  return state
}

/**
 * The ledgers as they were reported on an instant: beside the present ones, which they differ from only in accounts of
 * which something was recorded or taken back since (`facts` are the kinds of it). Gone with `dropBuild`, or else the refresh
 * after the next. To be run by one process at a time.
 */
export async function buildAsReported(store: FactStore, register: LedgerRegister, settings: Settings, reportedOn: string, facts: readonly string[]): Promise<LedgerState> {
  const present = await register.readLedgerState()
  return buildLedgers(store, register, settings, present, { recordedUntil: reportedOn, reportedOn, changed: { which: changedSince(reportedOn), facts } })
}

interface Build {
  readonly store: FactStore
  readonly settings: Settings
  readonly next: number
  readonly until: Day
  readonly reportedOn: string | undefined
  /** The state before; ledgers that were derived are already those of the new one. */
  readonly ledgers: Record<string, LedgerBuild>
}

async function buildLedgers(
  store: FactStore,
  register: LedgerRegister,
  settings: Settings,
  present: LedgerState,
  { changed, recordedUntil, reportedOn }: Refresh & { readonly reportedOn?: string },
): Promise<LedgerState> {
  const hash = ledgersFingerprint(settings)
  const next = await register.nextLedgerBuild()
  // Never less far than a base reaches, which stays beside a delta.
  const latest = recordedUntil > present.recorded_until ? recordedUntil : present.recorded_until
  const build: Build = { store, settings, next, until: addMonths(`${latest.slice(0, 7)}-01`, MONTHS_AHEAD), reportedOn, ledgers: { ...present.ledgers } }
  if (changed === undefined || present.state === 0 || present.settings_hash !== hash) await deriveAll(build)
  else await deriveChanged(build, changed)
  return { state: next, ledgers: build.ledgers, recorded_until: recordedUntil, settings_hash: hash }
}

/** Rows of a fact that were recorded, or whose import was taken back, after an instant. */
const changedSince = (reportedOn: string): Sql => {
  const instant = param("DateTime64(6, 'UTC')", reportedOn)
  return sql`(recorded_at > ${instant} OR import_id IN (SELECT import_id FROM fact_undo WHERE recorded_at > ${instant}))`
}

const columnsOf = (ledger: LedgerDefinition): Sql => trusted(Object.keys(ledger.columns).join(', '))

const insertInto = ({ store, next }: Build, ledger: LedgerDefinition, rows: Sql): Promise<void> =>
  store.writeEverywhere(
    sql`INSERT INTO ${identifier(ledgerTable(ledger))} (state, ${columnsOf(ledger)}) SELECT ${uint(next)}, ${columnsOf(ledger)} FROM (${rows})`,
    { settings: building },
  )

async function deriveWhole(build: Build, ledger: LedgerDefinition): Promise<void> {
  await insertInto(build, ledger, ledger.derive(derivation(build.store, build.settings, { ...build, made: (below) => ledgerRows(below, build) })))
  build.ledgers[ledger.id] = { base: build.next, delta: 0 }
}

/** Every ledger as soon as those it is derived from are there, two at a time. */
async function deriveAll(build: Build): Promise<void> {
  const begun = new Map<LedgerDefinition, Promise<void>>()
  const waiting = [...LEDGERS]
  const lane = async (): Promise<void> => {
    for (let ledger = waiting.shift(); ledger !== undefined; ledger = waiting.shift()) {
      const next = ledger
      const done = Promise.all(next.after.map((below) => begun.get(below))).then(() => deriveWhole(build, next))
      begun.set(next, done)
      await done
    }
  }
  await Promise.all([lane(), lane()])
}

/** Ledgers that the same changed facts reach are touched in the same accounts. */
async function deriveChanged(build: Build, { which, facts }: Changed): Promise<void> {
  const groups = new Map<string, number>()
  const derived: LedgerDefinition[] = []
  for (const ledger of LEDGERS) {
    const reached = facts.filter((fact) => factsBelow(ledger).has(fact))
    if (reached.length === 0) continue
    if (ledger.placement === 'everywhere' || reached.some(touchesEverything)) {
      await deriveWhole(build, ledger)
      continue
    }
    const key = reached.join(' ')
    const group = groups.get(key) ?? groups.size
    if (!groups.has(key)) {
      groups.set(key, group)
      await noteTouched(build, group, touchedAccounts(build.settings, which, reached))
    }
    await deriveDelta(build, ledger, group)
    derived.push(ledger)
  }
  await foldLarge(build, derived)
}

const touchedBy = ({ next }: Build, name: string): Sql => sql`SELECT account_id FROM ledger_touched WHERE state = ${uint(next)} AND ledger = ${param('String', name)}`
const groupName = (group: number): string => `group ${group}`
/** Those of a group and all that count as one of them: their facts are read. */
const sourceName = (group: number): string => `sources of group ${group}`

/** Notes the accounts that a group of ledgers must derive: those touched, and those that cannot be derived without them. */
async function noteTouched(build: Build, group: number, touched: Sql): Promise<void> {
  // A subscription that went from one account to another is derived with both.
  const versions = table(factTable(subscriptionVersion))
  const sharing = sql`SELECT account_id FROM ${versions} WHERE subscription_id IN (SELECT subscription_id FROM ${versions} WHERE account_id IN (${touched}))`
  // An account that was merged, now or before, is derived with the one it counts as and with all that count as it.
  const merged = sql`SELECT counted_as FROM ledger_account WHERE account_id IN (${touched})`
  const note = (name: string, accounts: Sql): Promise<void> =>
    build.store.writeEverywhere(sql`INSERT INTO ledger_touched SELECT ${uint(build.next)}, ${param('String', name)}, account_id FROM (${accounts})`)
  await note(groupName(group), sql`SELECT account_id FROM (${touched}) UNION DISTINCT ${sharing} UNION DISTINCT ${merged}`)
  const fresh = touchedBy(build, groupName(group))
  await note(sourceName(group), sql`${fresh} UNION DISTINCT SELECT account_id FROM (${ledgerRows(accountLedger, build)}) WHERE counted_as IN (${fresh})`)
}

async function deriveDelta(build: Build, ledger: LedgerDefinition, group: number): Promise<void> {
  const { store, next, settings } = build
  const fresh = touchedBy(build, groupName(group))
  const made = (below: LedgerDefinition): Sql => (below.placement === 'everywhere' ? ledgerRows(below, build) : sql`SELECT * FROM (${ledgerRows(below, build)}) WHERE account_id IN (${fresh})`)
  await insertInto(build, ledger, sql`SELECT * FROM (${ledger.derive(derivation(store, settings, { ...build, accounts: touchedBy(build, sourceName(group)), made }))}) WHERE account_id IN (${fresh})`)
  const before = build.ledgers[ledger.id] ?? { base: 0, delta: 0 }
  const kept = sql`WHERE state = ${uint(before.delta)} AND account_id NOT IN (${fresh})`
  if (before.delta > 0) await insertInto(build, ledger, sql`SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} ${kept}`)
  await store.writeEverywhere(sql`
    INSERT INTO ledger_touched SELECT ${uint(next)}, ${param('String', ledger.id)}, account_id
    FROM (${fresh} UNION DISTINCT SELECT account_id FROM ledger_touched WHERE state = ${uint(before.delta)} AND ledger = ${param('String', ledger.id)})`)
  build.ledgers[ledger.id] = { base: before.base, delta: next }
}

/** Ledgers whose delta has grown too large get a base of their own: the old one and the delta together. */
async function foldLarge(build: Build, derived: readonly LedgerDefinition[]): Promise<void> {
  if (derived.length === 0) return
  const { store, next } = build
  const counted = await store.read<{ ledger: string; touched: string; accounts: string }>(sql`
    SELECT ledger, count() AS touched, (SELECT count() FROM (${ledgerRows(accountLedger, build)})) AS accounts
    FROM ledger_touched WHERE state = ${uint(next)} GROUP BY ledger`)
  const large = new Set(counted.filter((row) => Number(row.touched) > LARGEST_DELTA * Math.max(Number(row.accounts), 1000)).map((row) => row.ledger))
  for (const ledger of derived.filter(({ id }) => large.has(id))) {
    const { base } = build.ledgers[ledger.id] ?? { base: 0 }
    await insertInto(build, ledger, sql`
      SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} WHERE state = ${uint(base)} AND account_id NOT IN (${touchedBy(build, ledger.id)})`)
    build.ledgers[ledger.id] = { base: next, delta: 0 }
  }
}

/** Removes one build. Does nothing where there is none. */
export async function dropBuild(store: FactStore, build: number): Promise<void> {
  await dropBuilds(store, (one) => one === build)
}

/** Removes builds that nobody reads: left by a kill in the middle, or two swaps old. */
async function dropBuilds(store: FactStore, unread: (build: number) => boolean): Promise<void> {
  const tables = [...LEDGERS.map(ledgerTable), 'ledger_touched']
  const found = await store.read<{ name: string; state: string }>(
    joinSql(tables.map((name) => sql`SELECT DISTINCT ${param('String', name)} AS name, state FROM ${store.everyShard(name)}`), ' UNION ALL '),
  )
  const drop = async (name: string): Promise<void> => {
    const old = found.filter((row) => row.name === name).map((row) => Number(row.state)).filter(unread)
    const parts = joinSql(old.map((build) => sql`DROP PARTITION ${trusted(String(build))}`), ', ')
    if (old.length > 0) await store.writeEverywhere(sql`ALTER TABLE ${identifier(name)} ${parts}`)
  }
  await Promise.all(tables.map(drop))
}
