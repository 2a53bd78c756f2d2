import { factTable } from '../src/facts/fact.ts'
import { FACTS } from '../src/facts/facts.ts'
import type { FactStore } from '../src/facts/store.ts'
import { defaultSettings } from '../src/kernel/settings.ts'
import { param, sql, table } from '../src/kernel/sql.ts'
import { touchedAccounts } from '../src/ledgers/touched.ts'

/** How many versions of each fact an import recorded. */
export async function recordedByFact(store: FactStore, importId: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const fact of FACTS) {
    const count = sql`SELECT count() AS n FROM ${table(factTable(fact))} WHERE import_id = ${param('String', importId)}`
    const [row] = await store.read<{ n: string }>(fact.placement === 'account' ? sql`SELECT sum(n) AS n FROM ${store.shardLocal(count)}` : count)
    if (Number(row?.n ?? 0) > 0) counts.set(fact.id, Number(row?.n))
  }
  return counts
}

/** The accounts whose ledgers an import moves, in the order of their ids. */
export async function touchedBy(store: FactStore, importId: string): Promise<string[]> {
  const touched = touchedAccounts(
    defaultSettings,
    sql`import_id = ${param('String', importId)}`,
    FACTS.map(({ id }) => id),
  )
  const rows = await store.read<{ account_id: string }>(sql`SELECT DISTINCT account_id FROM ${store.shardLocal(touched)} ORDER BY account_id`)
  return rows.map((row) => row.account_id)
}
