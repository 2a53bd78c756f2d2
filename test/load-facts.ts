import type { FactDefinition } from '../src/facts/fact.ts'
import { factTable } from '../src/facts/fact.ts'
import type { FactStore } from '../src/facts/store.ts'
import { addDays, startOfDay } from '../src/kernel/period.ts'

const SINCE_ALWAYS = '1970-01-01T00:00:00.000Z'

/** A cell as the import would store it: the column's fallback for an empty one, null where there is none. */
function stored(fact: FactDefinition, name: string, cell: unknown, zone: string): unknown {
  const column = fact.columns[name]
  const text = cell === undefined || cell === null ? '' : String(cell)
  if (text === '' && name === fact.effective) return column?.type === 'date' ? '1970-01-01' : SINCE_ALWAYS
  if (column?.type === 'boolean') return /^(1|true|yes)$/i.test(text) ? 1 : 0
  if (column?.lastDay === true && text.length === 10) return startOfDay(addDays(text, 1), zone).toISOString()
  if (text !== '') return column?.type === 'date' && text.length === 7 ? `${text}-01` : text
  return column?.fallback ?? (column !== undefined && ['money', 'number', 'instant', 'date'].includes(column.type) ? null : '')
}

interface VersionTerms {
  import_id: string
  recorded_at: string
  revises?: 0 | 1
  source?: string
  row_number?: number
  deleted?: 0 | 1
}

/** Writes fact versions straight into the store: for tests of what lies behind the import. */
export async function loadFacts(
  store: FactStore,
  fact: FactDefinition,
  rows: readonly object[],
  version: VersionTerms | ((row: object, i: number) => VersionTerms),
  zone = 'UTC',
): Promise<void> {
  const names = Object.keys(fact.columns)
  await store.insert(
    factTable(fact),
    fact.placement,
    rows.map((given, i) => {
      const row = Object.fromEntries(names.map((name) => [name, stored(fact, name, (given as Record<string, unknown>)[name], zone)]))
      const identity = fact.identity.find((columns) => columns.every((name) => row[name] !== '' && row[name] !== null)) ?? fact.identity[0] ?? []
      return {
        ...row,
        source: 'files',
        source_id: identity.map((name) => encodeURIComponent(String(row[name] ?? ''))).join('|'),
        row_number: i + 1,
        deleted: 0,
        ...(typeof version === 'function' ? version(given, i) : version),
      }
    }),
  )
}
