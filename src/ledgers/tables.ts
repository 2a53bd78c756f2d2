import type { FactStore } from '../facts/store.ts'
import { identifier, param, sql } from '../kernel/sql.ts'
import { ledgerDdl, ledgerTable } from './ledger.ts'
import type { LedgerDefinition } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'

/** Whether the table of a ledger is not there or has the columns of an earlier version. */
async function isOutdated(store: FactStore, ledger: LedgerDefinition): Promise<boolean> {
  const present = await store.read<{ name: string; type: string }>(
    sql`SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = ${param('String', ledgerTable(ledger))} ORDER BY position`,
  )
  const declared = [['state', 'UInt64'], ...Object.entries(ledger.columns).map(([name, { type }]) => [name, type])]
  return JSON.stringify(present.map(({ name, type }) => [name, type])) !== JSON.stringify(declared)
}

/**
 * Creates the tables of ledgers. What an earlier version laid out otherwise is made anew and empty: all of it is derived
 * from facts again, since the fingerprint of the ledgers has changed too. Says whether anything was.
 */
export async function createLedgerTables(store: FactStore): Promise<boolean> {
  await store.writeEverywhere(
    sql`CREATE TABLE IF NOT EXISTS ledger_touched (state UInt64, ledger LowCardinality(String), account_id String) ENGINE = MergeTree PARTITION BY state ORDER BY (ledger, account_id)`,
  )
  let renewed = false
  for (const ledger of LEDGERS) {
    if (!(await isOutdated(store, ledger))) continue
    renewed = true
    await store.writeEverywhere(sql`DROP TABLE IF EXISTS ${identifier(ledgerTable(ledger))} SYNC`)
    await store.writeEverywhere(ledgerDdl(ledger))
  }
  return renewed
}
