/**
 * Refreshing ledgers: from facts that changed to a state that every reader sees at once (docs/decisions/0003).
 *
 * In go the store, the settings and which rows of facts changed; out comes a new state: for each ledger the builds that hold
 * its rows. A refresh goes by these steps:
 * 1. Which kinds of facts changed, and which ledgers rest on them. All others keep the builds they have.
 * 2. Ledgers that lie on every node are derived whole: who counts as whom decides what else is touched.
 * 3. Ledgers that the same kinds reach are a bundle. The accounts that the changed rows touch are noted once for each bundle.
 * 4. Each ledger is derived into a delta of these accounts, or whole where they are most of all.
 * 5. A delta that grew too large is folded into a new base, and the pointer to the state is swapped.
 *
 * Example: an import of 200 tickets of 50 accounts changes `ticket` and `ticket_event`. The ledger of tickets gets a delta of
 * 50 accounts; those of revenue, use and surveys are not looked at.
 */
import { FACTS } from '../facts/facts.ts'
import { readKindsWith } from '../facts/held.ts'
import type { FactStore, LedgerState } from '../facts/store.ts'
import { addMonths } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { identifier, joinSql, param, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { deriveWhole } from './build.ts'
import type { Build } from './build.ts'
import { areMostTouched, deriveDelta, foldLarge, noteTouched } from './delta.ts'
import type { Bundle } from './delta.ts'
import type { LedgerDefinition } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'
import { factsBelow, isSurelyEmpty, ledgersFingerprint } from './lineage.ts'
import { noteChangedDays } from './account-days.ts'
import { BUILD_TABLES } from './tables.ts'
import { touchedAccounts, touchesEverything } from './touched.ts'

/** Where the pointer to the present ledgers is kept, and numbers for new builds. */
export interface LedgerRegister {
  readLedgerState(): Promise<LedgerState>
  nextLedgerBuild(): Promise<number>
  swapLedgerState(next: LedgerState, from: LedgerState): Promise<void>
}

/** Fact rows that changed: a condition on the tables of facts, and the kinds that hold any. */
interface Changed {
  readonly which: Sql
  readonly facts: readonly string[]
}

export interface Refresh {
  /** Only accounts that these imports and other batches reach are derived again; without `changed` all are. `facts` are the kinds that the batches hold. */
  readonly changed?: { readonly imports: readonly string[]; readonly facts: readonly string[] }
  /** Facts recorded up to this instant are in the build. */
  readonly recordedUntil: string
}

/** Rows that go on for ever are made so many months past the last fact that was recorded. */
const MONTHS_AHEAD = 4

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
  const { changed, recordedUntil } = refresh
  const which = sql`import_id IN ${param('Array(String)', [...(changed?.imports ?? [])])}`
  const built = await buildLedgers(store, register, settings, present, { recordedUntil, ...(changed && { changed: { which, facts: changed.facts } }) })
  // A batch may follow after one that was recorded later, which stays in the numbers.
  const state = recordedUntil < present.recorded_until ? { ...built, recorded_until: present.recorded_until } : built
  await register.swapLedgerState(state, present)
  return state
}

/**
 * The ledgers as they were reported on an instant: beside the present ones, which they differ from only in accounts of
 * which something was recorded or taken back since (`facts` are the kinds of it). Gone with `dropBuild`, or else the refresh
 * after the next. To be run by one process at a time.
 */
export async function buildAsReported(
  store: FactStore,
  register: LedgerRegister,
  settings: Settings,
  reportedOn: string,
  facts: readonly string[],
): Promise<LedgerState> {
  const present = await register.readLedgerState()
  return buildLedgers(store, register, settings, present, { recordedUntil: reportedOn, reportedOn, changed: { which: changedSince(reportedOn), facts } })
}

/**
 * The ledgers from all that is known now, but of what was known on an instant alone: its corrections count, and nothing
 * first heard of since. With `buildAsReported` it tells corrections from news. Beside the present ones, as that is.
 */
export async function buildCorrected(
  store: FactStore,
  register: LedgerRegister,
  settings: Settings,
  knownBy: string,
  facts: readonly string[],
): Promise<LedgerState> {
  const present = await register.readLedgerState()
  return buildLedgers(store, register, settings, present, { recordedUntil: present.recorded_until, knownBy, changed: { which: changedSince(knownBy), facts } })
}

/** The ledgers from all that is known now under other settings. Beside the present ones, as with `buildAsReported`. */
export async function buildUnder(store: FactStore, register: LedgerRegister, settings: Settings): Promise<LedgerState> {
  const present = await register.readLedgerState()
  return buildLedgers(store, register, settings, present, { recordedUntil: present.recorded_until })
}

interface BuildOptions extends Pick<Refresh, 'recordedUntil'> {
  readonly changed?: Changed
  readonly reportedOn?: string
  readonly knownBy?: string
}

async function buildLedgers(
  store: FactStore,
  register: LedgerRegister,
  settings: Settings,
  present: LedgerState,
  { changed, recordedUntil, reportedOn, knownBy }: BuildOptions,
): Promise<LedgerState> {
  const hash = ledgersFingerprint(settings)
  const next = await register.nextLedgerBuild()
  // Never less far than a base reaches, which stays beside a delta.
  const latest = recordedUntil > present.recorded_until ? recordedUntil : present.recorded_until
  const build: Build = {
    store,
    settings,
    next,
    until: addMonths(`${latest.slice(0, 7)}-01`, MONTHS_AHEAD),
    reportedOn,
    knownBy,
    ledgers: { ...present.ledgers },
  }
  if (changed === undefined || present.state === 0 || present.settings_hash !== hash) await deriveAll(build)
  else await deriveChanged(build, changed)
  return { state: next, ledgers: build.ledgers, recorded_until: recordedUntil, settings_hash: hash }
}

/** Rows of a fact that were recorded, or whose import was taken back, after an instant. */
export const changedSince = (reportedOn: string): Sql => {
  const instant = param("DateTime64(6, 'UTC')", reportedOn)
  return sql`(recorded_at > ${instant} OR import_id IN (SELECT import_id FROM ${table('fact_undo')} WHERE recorded_at > ${instant}))`
}

/** Derives each ledger as soon as the ledgers below it are there, two at a time. */
async function inOrder(ledgers: readonly LedgerDefinition[], derive: (ledger: LedgerDefinition) => Promise<void>): Promise<void> {
  const begun = new Map<LedgerDefinition, Promise<void>>()
  const waiting = [...ledgers]
  const lane = async (): Promise<void> => {
    for (let ledger = waiting.shift(); ledger !== undefined; ledger = waiting.shift()) {
      const next = ledger
      const done = Promise.all(next.after.map((below) => begun.get(below))).then(() => derive(next))
      begun.set(next, done)
      await done
    }
  }
  await Promise.all([lane(), lane()])
}

/** Ledgers that may have a row; the others have none, and never had one, since facts are never removed. */
async function readLedgersWithFacts({ store }: Build): Promise<LedgerDefinition[]> {
  const holding = await readKindsWith(store, FACTS, trusted('1'))
  return LEDGERS.filter((ledger) => !isSurelyEmpty(ledger, holding))
}

async function deriveAll(build: Build): Promise<void> {
  const some = await readLedgersWithFacts(build)
  for (const ledger of LEDGERS) if (!some.includes(ledger)) build.ledgers[ledger.id] = { base: build.next, delta: 0 }
  await inOrder(some, (ledger) => deriveWhole(build, ledger))
}

async function deriveChanged(build: Build, { which, facts }: Changed): Promise<void> {
  const kinds = FACTS.filter(({ id }) => facts.includes(id))
  const changed = [...(await readKindsWith(build.store, kinds, which))]
  const reachedOf = (ledger: LedgerDefinition): string[] => changed.filter((fact) => factsBelow(ledger).has(fact)).sort()
  const below = (await readLedgersWithFacts(build)).filter((ledger) => reachedOf(ledger).length > 0)
  // Those that lie everywhere first: they rest on no other, and who counts as whom decides which accounts are touched.
  const everywhere = below.filter(({ placement }) => placement === 'everywhere')
  await inOrder(everywhere, (ledger) => deriveWhole(build, ledger))

  const byAccount = below.filter(({ placement }) => placement === 'account')
  const bundles = new Map<string, Bundle>()
  for (const ledger of byAccount) {
    const reached = reachedOf(ledger).filter((fact) => fact !== ledger.accountDays?.fact.id)
    if (reached.some(touchesEverything)) continue
    const bundle = bundles.get(reached.join(' ')) ?? { reached, ledgers: [] }
    bundle.ledgers.push(ledger)
    bundles.set(reached.join(' '), bundle)
  }
  const delta = new Map<LedgerDefinition, number>()
  for (const [number, bundle] of [...bundles.values()].entries()) {
    await noteTouched(build, number, touchedAccounts(build.settings, which, bundle.reached))
    if (!(await areMostTouched(build, number, bundle))) for (const ledger of bundle.ledgers) delta.set(ledger, number)
  }
  const byDay = new Map([...delta.keys()].flatMap(({ accountDays }) => (accountDays === undefined ? [] : [[accountDays.fact.id, accountDays]])))
  for (const accountDays of byDay.values()) await noteChangedDays(build, accountDays, which)
  await inOrder(byAccount, (ledger) => {
    const number = delta.get(ledger)
    return number === undefined ? deriveWhole(build, ledger) : deriveDelta(build, ledger, number)
  })
  await foldLarge(build, [...delta.keys()])
}

/** Removes one build. Does nothing where there is none. */
export async function dropBuild(store: FactStore, build: number): Promise<void> {
  await dropBuilds(store, (one) => one === build)
}

/** Removes builds that nobody reads: left by a kill in the middle, or two swaps old. */
async function dropBuilds(store: FactStore, unread: (build: number) => boolean): Promise<void> {
  const found = await store.read<{ name: string; state: string }>(
    joinSql(
      BUILD_TABLES.map((name) => sql`SELECT DISTINCT ${param('String', name)} AS name, state FROM ${store.everyShard(name)}`),
      ' UNION ALL ',
    ),
  )
  const drop = async (name: string): Promise<void> => {
    const old = found
      .filter((row) => row.name === name)
      .map((row) => Number(row.state))
      .filter(unread)
    const parts = joinSql(
      old.map((build) => sql`DROP PARTITION ${trusted(String(build))}`),
      ', ',
    )
    if (old.length > 0) await store.writeEverywhere(sql`ALTER TABLE ${identifier(name)} ${parts}`, { evenIfFull: true })
  }
  await Promise.all(BUILD_TABLES.map(drop))
}
