/**
 * A delta: the rows of those accounts alone for which a changed fact may move something.
 *
 * In go a ledger, the build that is being made, and the accounts that are touched, noted under the name of the ledger's
 * bundle. Out come rows in the ledger's table under the number of the build, and a note of the accounts they stand for.
 *
 * Nothing that stands is rewritten. A reader takes the rows of the delta for the accounts it stands for, and those of the base
 * for all others. A ledger has one delta at a time, so a new one takes over what stood in the last. A ledger that follows
 * account days holds whole days in its delta, those of other accounts copied.
 *
 * Example: base 5 holds 10,000 accounts and delta 8 stands for 40 of them. Facts of three more arrive: build 9 derives these
 * three, copies the 40 from build 8, and the ledger is now `{ base: 5, delta: 9 }`, which stands for 43 accounts.
 */
import { factTable } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import { subscriptionVersion } from '../facts/subscription-version.ts'
import { identifier, joinSql, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { deriveWhole, insertInto, noteAs, uint } from './build.ts'
import type { Build } from './build.ts'
import { buildOf, columnsOf, derivation, isTouched, isVisible, ledgerRows, ledgerTable, accountDaysAs, touchedAs } from './ledger.ts'
import type { LedgerDefinition } from './ledger.ts'
import { factsBelow } from './lineage.ts'
import { areMostNeeded, daysReached, isNeeded, isReached, noteDays } from './account-days.ts'

/** Above this share of accounts a delta is folded into a new base: reading past more of them would cost more than it saves. */
const LARGEST_DELTA = 0.1
/** Above this share of accounts a ledger is derived whole. */
const MOST = 0.5

/** Ledgers that the same changed facts reach: they are touched in the same accounts. */
export interface Bundle {
  readonly reached: readonly string[]
  readonly ledgers: LedgerDefinition[]
}

const bundleName = (bundle: number): string => `bundle ${bundle}`
/** The accounts of a bundle and all accounts that count as one of these: the facts of both are read. */
const sourceName = (bundle: number): string => `sources of bundle ${bundle}`

/** Notes the accounts that a bundle of ledgers must derive: those touched, and those that cannot be derived without them. */
export async function noteTouched(build: Build, bundle: number, touched: Sql): Promise<void> {
  // A subscription that went from one account to another is derived with both.
  const versions = table(factTable(subscriptionVersion))
  const sharing = sql`SELECT account_id FROM ${versions} WHERE subscription_id IN (SELECT subscription_id FROM ${versions} WHERE account_id IN (${touched}))`
  // An account that was merged, now or before, is derived with the one it counts as and with all that count as it.
  const merged = sql`SELECT counted_as FROM ${table(ledgerTable(accountLedger))} WHERE account_id IN (${touched})`
  // Accounts that count as one which is itself merged go along with that one, perhaps to another shard.
  const following = sql`SELECT account_id FROM ${table(ledgerTable(accountLedger))} WHERE counted_as IN (${touched})`
  // The accounts of all shards are noted on each shard: a merged account has its history on another shard than where it is counted.
  const all = build.store.shardLocal(sql`SELECT account_id FROM (${touched}) UNION DISTINCT ${sharing} UNION DISTINCT ${merged} UNION DISTINCT ${following}`)
  await noteAs(build, 'ledger_touched', bundleName(bundle), sql`SELECT DISTINCT account_id FROM ${all}`)
  const fresh = touchedAs(build.next, bundleName(bundle))
  await noteAs(
    build,
    'ledger_touched',
    sourceName(bundle),
    sql`${fresh} UNION DISTINCT SELECT account_id FROM (${ledgerRows(accountLedger, build)}) WHERE counted_as IN (${fresh})`,
  )
}

/** Whether so many accounts are touched that deriving all of them costs less than telling them apart. */
export async function areMostTouched({ store, next }: Build, bundle: number, { ledgers }: Bundle): Promise<boolean> {
  const [counted] = await store.read<{ n: string }>(sql`SELECT count() AS n FROM (${touchedAs(next, bundleName(bundle))})`)
  const enough = Number(counted?.n) / MOST
  const named = FACTS.filter((fact) => fact.columns.account_id !== undefined && ledgers.some((ledger) => factsBelow(ledger).has(fact.id)))
  const accounts = joinSql(
    named.map((fact) => sql`SELECT account_id FROM ${table(factTable(fact))}`),
    ' UNION ALL ',
  )
  // Each shard ends with the first account too many, which is soon where few are touched.
  const someOf = store.shardLocal(sql`SELECT DISTINCT account_id FROM (${accounts}) LIMIT ${uint(Math.floor(enough) + 1)}`)
  const [known] = await store.read<{ n: string }>(sql`SELECT uniqExact(account_id) AS n FROM ${someOf}`)
  return Number(known?.n) <= enough
}

export async function deriveDelta(build: Build, ledger: LedgerDefinition, bundle: number): Promise<void> {
  const { store, next, settings } = build
  const { accountDays } = ledger
  if (accountDays !== undefined) {
    await noteDays(build, ledger, accountDays)
    if (await areMostNeeded(build, ledger, accountDays, MOST)) return deriveWhole(build, ledger)
  }
  const fresh = touchedAs(next, bundleName(bundle))
  const ofFresh = sql`account_id IN (${fresh})`
  const isFresh = accountDays === undefined ? ofFresh : sql`(${ofFresh} OR ${isReached(build, ledger, accountDays)})`
  const made = (below: LedgerDefinition): Sql =>
    below.placement === 'everywhere' ? ledgerRows(below, build) : sql`SELECT * FROM (${ledgerRows(below, build)}) WHERE ${ofFresh}`
  const orWhere = accountDays === undefined ? undefined : isNeeded(build, ledger, accountDays)
  const rows = ledger.derive(derivation(store, settings, { ...build, accounts: touchedAs(next, sourceName(bundle)), orWhere, made }))
  await insertInto(build, ledger, sql`SELECT * FROM (${rows}) WHERE ${isFresh}`)
  await takeOver(build, ledger, isFresh)
  await noteDelta(build, ledger, fresh)
}

/** Copies into the new delta the rows of the last delta, and of days that the new delta holds the rows of all other accounts. */
async function takeOver(build: Build, ledger: LedgerDefinition, isFresh: Sql): Promise<void> {
  const before = buildOf(build, ledger)
  if (before.delta === 0 && ledger.accountDays === undefined) return
  const stood = sql`state = ${uint(before.delta)}`
  const taken = ledger.accountDays === undefined ? stood : sql`(${stood} OR ${trusted(ledger.accountDays.day)} IN (${daysReached(build, ledger)}))`
  await insertInto(
    build,
    ledger,
    sql`SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} WHERE ${isVisible(ledger, before)} AND ${taken} AND NOT ${isFresh}`,
  )
}

/** Writes down which accounts and days the new delta stands for, and makes it the ledger's delta. */
async function noteDelta(build: Build, ledger: LedgerDefinition, fresh: Sql): Promise<void> {
  const { base, delta } = buildOf(build, ledger)
  await noteAs(build, 'ledger_touched', ledger.id, sql`${fresh} UNION DISTINCT ${touchedAs(delta, ledger.id)}`)
  const days = sql`${daysReached(build, ledger)} UNION ALL SELECT day FROM (${accountDaysAs(delta, ledger.id)})`
  if (ledger.accountDays !== undefined) await noteAs(build, 'ledger_touched_piece', ledger.id, sql`SELECT DISTINCT '', day FROM (${days})`)
  build.ledgers[ledger.id] = { base, delta: build.next }
}

/** Rows of the delta to those of the base: what a ledger that follows account days is folded by, whose accounts are all touched soon. */
async function readShare(build: Build, ledger: LedgerDefinition): Promise<number> {
  const { base, delta } = buildOf(build, ledger)
  const rows = sql`SELECT countIf(state = ${uint(delta)}) AS fresh, countIf(state = ${uint(base)}) AS old FROM ${table(ledgerTable(ledger))}
    WHERE state IN (${uint(base)}, ${uint(delta)})`
  const [counted] = await build.store.read<{ share: number }>(sql`SELECT sum(fresh) / greatest(sum(old), 1) AS share FROM ${build.store.shardLocal(rows)}`)
  return counted?.share ?? 0
}

/** Ids of ledgers whose delta holds more than a share of the accounts, or of the rows. */
async function readLarge(build: Build, derived: readonly LedgerDefinition[]): Promise<Set<string>> {
  const { store, next } = build
  const counted = await store.read<{ ledger: string; n: string; accounts: string }>(sql`
    SELECT ledger, count() AS n, (SELECT count() FROM (${ledgerRows(accountLedger, build)})) AS accounts FROM ledger_touched WHERE state = ${uint(next)}
      GROUP BY ledger`)
  const large = new Set(counted.filter(({ n, accounts }) => Number(n) > LARGEST_DELTA * Math.max(Number(accounts), 1000)).map(({ ledger }) => ledger))
  for (const ledger of derived.filter(({ accountDays }) => accountDays !== undefined))
    if ((await readShare(build, ledger)) > LARGEST_DELTA) large.add(ledger.id)
  return large
}

/** Ledgers whose delta has grown too large get a base of their own: the old one and the delta together. */
export async function foldLarge(build: Build, ledgers: readonly LedgerDefinition[]): Promise<void> {
  const { next } = build
  const derived = ledgers.filter(({ id }) => build.ledgers[id]?.delta === next)
  if (derived.length === 0) return
  const large = await readLarge(build, derived)
  for (const ledger of derived.filter(({ id }) => large.has(id))) {
    const { base } = buildOf(build, ledger)
    const untouched = sql`state = ${uint(base)} AND NOT ${isTouched(ledger, next)}`
    await insertInto(build, ledger, sql`SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} WHERE ${untouched}`)
    build.ledgers[ledger.id] = { base: next, delta: 0 }
  }
}
