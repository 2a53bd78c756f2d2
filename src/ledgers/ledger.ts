import { currentFacts } from '../facts/current.ts'
import type { CurrentOptions } from '../facts/current.ts'
import type { AnyOf, FactDefinition, Placement } from '../facts/fact.ts'
import type { FactStore, LedgerBuild, LedgerState } from '../facts/store.ts'
import type { Day } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { emptySql, param, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'

/** What a derivation may read. It sees facts and other ledgers, never a table. */
export interface Derivation {
  readonly settings: Settings
  /** First day that is left out of rows which would go on for ever. */
  readonly until: Day
  /** Current facts of the accounts being derived, their accounts not yet resolved. */
  facts(fact: FactDefinition): Sql
  /** Condition that an account (already resolved) belongs to the shard that derives. */
  here(accountId: Sql): Sql
  /** The rows of another ledger, as they are in the build being made. */
  ledger(ledger: LedgerDefinition): Sql
}

/**
 * How a ledger follows facts of one kind by account days: what one account has on one local day. Queries of account days have the
 * columns account_id and day. `before` are the rows of the ledger as they were.
 */
export interface AccountDays {
  /** Only changes of these facts are followed by account days, those of others by whole accounts. Their days are those on which they are effective. */
  readonly fact: FactDefinition
  /** The column with the day of a row. */
  readonly day: string
  /** The account days whose rows may be others when facts of some account days changed: at least those. */
  reached(changed: Sql, before: Sql, settings: Settings): Sql
  /** The account days from whose facts, and no others, all rows of the reached ones are derived. */
  needed(reached: Sql, before: Sql, settings: Settings): Sql
}

export interface LedgerDefinition {
  readonly id: string
  /** Grain and meaning, for the reference page. */
  readonly says: string
  /** `account`: sharded, rebuilt account by account. `everywhere`: small, rebuilt whole on every node. */
  readonly placement: Placement
  readonly columns: Readonly<Record<string, { readonly type: string; readonly says: string }>>
  readonly orderBy: readonly string[]
  /** Other ledgers only look something up in this one for rows they have: it gives none of them a row. */
  readonly isLookup?: true
  /** Has rows even where no fact was recorded. */
  readonly hasOwnRows?: true
  /** Kinds of facts without which the ledger has no row, where one of the kinds that give rows is not enough. */
  readonly needs?: readonly AnyOf[]
  /** Ledgers that must be built before. */
  readonly after: readonly LedgerDefinition[]
  /** For ledgers in which one day's new facts would touch most accounts. Without `accountDays` whole accounts are derived. */
  readonly accountDays?: AccountDays
  /** A query of exactly `columns`. */
  derive(from: Derivation): Sql
}

export const defineLedger = (definition: LedgerDefinition): LedgerDefinition => definition

export const ledgerTable = (ledger: LedgerDefinition): string => `ledger_${ledger.id}`

export const columnsOf = (ledger: LedgerDefinition): Sql => trusted(Object.keys(ledger.columns).join(', '))

/** The table of a ledger: one partition a build, so that a build appears and disappears whole. */
export const ledgerDdl = (ledger: LedgerDefinition): Sql =>
  trusted(`CREATE TABLE IF NOT EXISTS ${ledgerTable(ledger)} (
    state UInt64,
    ${Object.entries(ledger.columns)
      .map(([name, { type }]) => `${name} ${type}`)
      .join(',\n    ')}
  ) ENGINE = MergeTree PARTITION BY state ORDER BY (${ledger.orderBy.join(', ')}) SETTINGS allow_nullable_key = 1`)

/** Which builds hold the rows of a ledger; one that is not in the state has none. */
export const buildOf = ({ ledgers }: Pick<LedgerState, 'ledgers'>, ledger: LedgerDefinition): LedgerBuild => ledgers[ledger.id] ?? { base: 0, delta: 0 }

/** The rows of a ledger in a state, on the node's own shard. */
export const ledgerRows = (ledger: LedgerDefinition, state: Pick<LedgerState, 'ledgers'>): Sql =>
  sql`SELECT ${columnsOf(ledger)} FROM ${table(ledgerTable(ledger))} WHERE ${isVisible(ledger, buildOf(state, ledger))}`

/** Condition on the table of a ledger: the row counts in a state. */
export function isVisible(ledger: LedgerDefinition, { base, delta }: LedgerBuild): Sql {
  const [old, fresh] = [param('UInt64', base), param('UInt64', delta)]
  return delta === 0 ? sql`state = ${old}` : sql`state IN (${old}, ${fresh}) AND (state = ${fresh} OR NOT ${isTouched(ledger, delta)})`
}

/**
 * Condition that a row stands in the delta of that number, by its account or by its day. Of a day all rows do, also those of
 * accounts on which nothing changed: looking up a day costs readers nothing, looking up an account day for every row would.
 */
export function isTouched(ledger: LedgerDefinition, delta: number): Sql {
  const byAccount = sql`account_id IN (${touchedAs(delta, ledger.id)})`
  if (ledger.accountDays === undefined) return byAccount
  return sql`(${trusted(ledger.accountDays.day)} IN (SELECT day FROM (${accountDaysAs(delta, ledger.id)})) OR ${byAccount})`
}

/** Accounts that were noted in a build under a name. */
export const touchedAs = (state: number, name: string): Sql =>
  sql`SELECT account_id FROM ${table('ledger_touched')} WHERE state = ${param('UInt64', state)} AND ledger = ${param('String', name)}`

/** Account days that were noted in a build under a name. */
export const accountDaysAs = (state: number, name: string): Sql =>
  sql`SELECT account_id, day FROM ${table('ledger_touched_piece')} WHERE state = ${param('UInt64', state)} AND ledger = ${param('String', name)}`

interface DerivationOptions extends Pick<CurrentOptions, 'accounts' | 'orWhere' | 'where' | 'reportedOn' | 'knownBy'> {
  readonly until: Day
  made(ledger: LedgerDefinition): Sql
}

/** A derivation from the facts as reported on an instant or now, reading the ledgers it needs as the build has made them. */
export function derivation(store: FactStore, settings: Settings, options: DerivationOptions): Derivation {
  return {
    settings,
    until: options.until,
    here: (accountId) => store.belongsHere(accountId),
    facts: (fact) => factsWithMerged(store, fact, options),
    ledger: (ledger) => options.made(ledger),
  }
}

/**
 * Facts of the accounts, and on a cluster also those of accounts that were merged into one of them and lie on another
 * shard: a merged account's history is counted where its successor lives.
 */
function factsWithMerged(store: FactStore, fact: FactDefinition, options: CurrentOptions): Sql {
  const own = currentFacts(fact, options)
  if (fact.placement === 'everywhere' || store.shards === 1) return own
  const moved = sql`SELECT account_id FROM ${table('fact_account')} WHERE merged_into != ''`
  const also = options.where === undefined ? emptySql : sql` AND ${options.where}`
  const here = currentFacts(fact, { ...options, where: sql`account_id NOT IN (${moved})${also}` })
  const elsewhere = currentFacts(fact, { ...options, table: store.everyShard(`fact_${fact.id}`), where: sql`account_id IN (${moved})${also}` })
  return sql`${here} UNION ALL ${elsewhere}`
}
