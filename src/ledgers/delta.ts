import { factTable } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import { subscriptionVersion } from '../facts/subscription-version.ts'
import { identifier, joinSql, param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { columnsOf, insertInto, uint } from './build.ts'
import type { Build } from './build.ts'
import { derivation, ledgerRows, ledgerTable } from './ledger.ts'
import type { LedgerDefinition } from './ledger.ts'
import { factsBelow } from './lineage.ts'

/** Above this share of accounts a delta is folded into a new base: reading past more of them would cost more than it saves. */
const LARGEST_DELTA = 0.1
/** Above this share of accounts a ledger is derived whole. */
const MOST = 0.5

/** Ledgers that the same changed facts reach: they are touched in the same accounts. */
export interface Group {
  readonly reached: readonly string[]
  readonly ledgers: LedgerDefinition[]
}

const touchedBy = ({ next }: Build, name: string): Sql =>
  sql`SELECT account_id FROM ledger_touched WHERE state = ${uint(next)} AND ledger = ${param('String', name)}`
const groupName = (group: number): string => `group ${group}`
/** Those of a group and all that count as one of them: their facts are read. */
const sourceName = (group: number): string => `sources of group ${group}`

/** Notes the accounts that a group of ledgers must derive: those touched, and those that cannot be derived without them. */
export async function noteTouched(build: Build, group: number, touched: Sql): Promise<void> {
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

/** Whether so many accounts are touched that deriving all of them costs less than telling them apart. */
export async function areMostTouched({ store, next }: Build, group: number, { ledgers }: Group): Promise<boolean> {
  const [counted] = await store.read<{ n: string }>(
    sql`SELECT count() AS n FROM ledger_touched WHERE state = ${uint(next)} AND ledger = ${param('String', groupName(group))}`,
  )
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

export async function deriveDelta(build: Build, ledger: LedgerDefinition, group: number): Promise<void> {
  const { store, next, settings } = build
  const fresh = touchedBy(build, groupName(group))
  const made = (below: LedgerDefinition): Sql =>
    below.placement === 'everywhere' ? ledgerRows(below, build) : sql`SELECT * FROM (${ledgerRows(below, build)}) WHERE account_id IN (${fresh})`
  await insertInto(
    build,
    ledger,
    sql`SELECT * FROM (${ledger.derive(derivation(store, settings, { ...build, accounts: touchedBy(build, sourceName(group)), made }))}) WHERE account_id IN (${fresh})`,
  )
  const before = build.ledgers[ledger.id] ?? { base: 0, delta: 0 }
  const kept = sql`WHERE state = ${uint(before.delta)} AND account_id NOT IN (${fresh})`
  if (before.delta > 0) await insertInto(build, ledger, sql`SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} ${kept}`)
  await store.writeEverywhere(sql`
    INSERT INTO ledger_touched SELECT ${uint(next)}, ${param('String', ledger.id)}, account_id
    FROM (${fresh} UNION DISTINCT SELECT account_id FROM ledger_touched WHERE state = ${uint(before.delta)} AND ledger = ${param('String', ledger.id)})`)
  build.ledgers[ledger.id] = { base: before.base, delta: next }
}

/** Ledgers whose delta has grown too large get a base of their own: the old one and the delta together. */
export async function foldLarge(build: Build, derived: readonly LedgerDefinition[]): Promise<void> {
  if (derived.length === 0) return
  const { store, next } = build
  const counted = await store.read<{ ledger: string; touched: string; accounts: string }>(sql`
    SELECT ledger, count() AS touched, (SELECT count() FROM (${ledgerRows(accountLedger, build)})) AS accounts
    FROM ledger_touched WHERE state = ${uint(next)} GROUP BY ledger`)
  const large = new Set(counted.filter((row) => Number(row.touched) > LARGEST_DELTA * Math.max(Number(row.accounts), 1000)).map((row) => row.ledger))
  for (const ledger of derived.filter(({ id }) => large.has(id))) {
    const { base } = build.ledgers[ledger.id] ?? { base: 0 }
    await insertInto(
      build,
      ledger,
      sql`
      SELECT ${columnsOf(ledger)} FROM ${identifier(ledgerTable(ledger))} WHERE state = ${uint(base)} AND account_id NOT IN (${touchedBy(build, ledger.id)})`,
    )
    build.ledgers[ledger.id] = { base: next, delta: 0 }
  }
}
