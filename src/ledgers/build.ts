import type { FactStore, LedgerBuild } from '../facts/store.ts'
import type { Day } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { identifier, param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { columnsOf, derivation, ledgerRows, ledgerTable } from './ledger.ts'
import type { LedgerDefinition } from './ledger.ts'
import { accountRuns } from './account-runs.ts'

const building = { max_execution_time: 0, max_bytes_before_external_sort: 1_000_000_000, max_bytes_before_external_group_by: 1_000_000_000 }

/** A state of the ledgers while that state is being made. */
export interface Build {
  readonly store: FactStore
  readonly settings: Settings
  readonly next: number
  readonly until: Day
  readonly reportedOn: string | undefined
  /** Facts first heard of after this instant are left out. */
  readonly knownBy: string | undefined
  /** The state before; ledgers that were derived are already those of the new one. */
  readonly ledgers: Record<string, LedgerBuild>
}

export const uint = (value: number): Sql => param('UInt64', value)

export const insertInto = ({ store, next }: Build, ledger: LedgerDefinition, rows: Sql): Promise<void> =>
  store.writeEverywhere(
    sql`INSERT INTO ${identifier(ledgerTable(ledger))} (state, ${columnsOf(ledger)}) SELECT ${uint(next)}, ${columnsOf(ledger)} FROM (${rows})`,
    { settings: building },
  )

/** Writes down accounts, or account days, under a name. `what` is a query of just the columns of the table after state and name. */
export const noteAs = ({ store, next }: Build, touched: 'ledger_touched' | 'ledger_touched_piece', name: string, what: Sql): Promise<void> =>
  store.writeEverywhere(sql`INSERT INTO ${identifier(touched)} SELECT ${uint(next)}, ${param('String', name)}, * FROM (${what})`)

export async function deriveWhole(build: Build, ledger: LedgerDefinition): Promise<void> {
  const { store, settings } = build
  const made = (below: LedgerDefinition): Sql => ledgerRows(below, build)
  // Rows that follow account days rest on the facts of their own account alone.
  const runs = ledger.accountDays === undefined ? [undefined] : await accountRuns(store, ledger.accountDays.fact)
  for (const where of runs) await insertInto(build, ledger, ledger.derive(derivation(store, settings, { ...build, where, made })))
  build.ledgers[ledger.id] = { base: build.next, delta: 0 }
}
