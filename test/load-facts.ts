import { factById } from '../src/facts/facts.ts'
import { factTable } from '../src/facts/fact.ts'
import type { FactStore } from '../src/facts/store.ts'

/** Writes fact versions straight into the store: for tests of what lies behind the import. */
export async function loadFacts(
  store: FactStore,
  factId: string,
  rows: readonly Record<string, unknown>[],
  version: { import_id: string; recorded_at: string },
): Promise<void> {
  const fact = factById(factId)
  if (fact === undefined) throw new Error(`no fact ${factId}`)
  const identity = (row: Record<string, unknown>): string =>
    (fact.identity.find((columns) => columns.every((name) => row[name] !== undefined && row[name] !== '')) ?? fact.identity[0] ?? []).map((name) => String(row[name] ?? '')).join('|')
  await store.insert(
    factTable(fact),
    fact.placement,
    rows.map((row, i) => ({ [fact.effective]: '1970-01-01', ...row, source: 'files', source_id: identity(row), row_number: i + 1, deleted: 0, ...version })),
  )
}
