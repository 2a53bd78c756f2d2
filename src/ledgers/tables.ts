import type { FactStore, LedgerState } from '../facts/store.ts'
import { identifier, joinSql, param, sql, trusted } from '../kernel/sql.ts'
import { ledgerDdl, ledgerTable } from './ledger.ts'
import type { LedgerDefinition } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'

/** What was derived anew since the base of each ledger, every node knows of all accounts. */
const TOUCHED = { ledger_touched: 'account_id String', ledger_touched_piece: 'account_id String, day Date32' }

/** Tables that have a partition for each build. */
export const BUILD_TABLES: readonly string[] = [...LEDGERS.map(ledgerTable), ...Object.keys(TOUCHED)]

const layout = (columns: readonly (readonly [name: string, type: string])[]): string => columns.map((column) => column.join(' ')).join(', ')

/** Ledgers whose tables are not there or have the columns of an earlier version. */
async function outdated(store: FactStore): Promise<{ ledger: LedgerDefinition; isThere: boolean }[]> {
  const found = await store.read<{ table: string; name: string; type: string }>(
    sql`SELECT table, name, type FROM system.columns WHERE database = currentDatabase() AND table IN ${param('Array(String)', LEDGERS.map(ledgerTable))}
      ORDER BY table, position`,
  )
  return LEDGERS.flatMap((ledger) => {
    const present = found.filter((row) => row.table === ledgerTable(ledger)).map(({ name, type }) => [name, type] as const)
    const wanted = [['state', 'UInt64'], ...Object.entries(ledger.columns).map(([name, { type }]) => [name, type] as const)] as const
    return layout(present) === layout(wanted) ? [] : [{ ledger, isThere: present.length > 0 }]
  })
}

/**
 * Creates the tables of ledgers. What an earlier version laid out otherwise is made anew and empty: all of it is derived
 * from facts again, since the fingerprint of the ledgers has changed too. Says whether anything was.
 */
export async function createLedgerTables(store: FactStore): Promise<boolean> {
  await Promise.all(
    Object.entries(TOUCHED).map(([name, keys]) =>
      store.writeEverywhere(
        trusted(
          `CREATE TABLE IF NOT EXISTS ${name} (state UInt64, ledger LowCardinality(String), ${keys}) ENGINE = MergeTree PARTITION BY state ORDER BY (ledger, account_id)`,
        ),
        { evenIfFull: true },
      ),
    ),
  )
  const renewed = await outdated(store)
  const renew = async ({ ledger, isThere }: { ledger: LedgerDefinition; isThere: boolean }): Promise<void> => {
    if (isThere) await store.writeEverywhere(sql`DROP TABLE IF EXISTS ${identifier(ledgerTable(ledger))} SYNC`, { evenIfFull: true })
    await store.writeEverywhere(ledgerDdl(ledger), { evenIfFull: true })
  }
  await Promise.all(renewed.map(renew))
  return renewed.length > 0
}

/** Rows of the builds that a state shows, over all shards, by table and build: "ledger_mrr_movement 7". */
export async function countBuilds(store: FactStore, { ledgers }: Pick<LedgerState, 'ledgers'>): Promise<Record<string, number>> {
  const shown = [...new Set(Object.values(ledgers).flatMap(({ base, delta }) => [base, delta]))].filter((build) => build !== 0)
  if (shown.length === 0) return {}
  const builds = param('Array(UInt64)', shown.map(String))
  const counts = BUILD_TABLES.map(
    (name) => sql`SELECT ${param('String', name)} AS name, state, count() AS n FROM ${store.everyShard(name)} WHERE state IN ${builds} GROUP BY state`,
  )
  const rows = await store.read<{ name: string; state: string; n: string }>(joinSql(counts, ' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, state, n }) => [`${name} ${state}`, Number(n)]))
}
