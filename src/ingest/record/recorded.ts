import type { FactDefinition } from '../../facts/fact.ts'
import { factTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { emptySql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { BinnacleError } from '../../kernel/errors.ts'
import type { RecordedCount, StoredFile, StoredImport } from './records.ts'
import { ROWS_PER_FILE } from '../files/types.ts'

/** A fact that lies on all shards is counted on each. */
export const copiesOf = (store: FactStore, fact: FactDefinition): number => (fact.placement === 'everywhere' ? store.shards : 1)

/** Versions that the store holds of a fact, by import and file: of one import, or of all. */
export async function countVersions(store: FactStore, fact: FactDefinition, importId?: string): Promise<(RecordedCount & { readonly alive: number })[]> {
  const where: Sql = importId === undefined ? emptySql : sql`WHERE import_id = ${param('String', importId)}`
  const rows = await store.read<{ import_id: string; position: string; alive: string; n: string }>(
    sql`SELECT import_id, intDiv(row_number, ${trusted(String(ROWS_PER_FILE))}) + 1 AS position, countIf(deleted = 0) AS alive, count() AS n
      FROM ${store.everyShard(factTable(fact))} ${where} GROUP BY import_id, position`,
    { maxSeconds: 600 },
  )
  return rows.map(({ import_id, position, alive, n }) => ({ import_id, fact: fact.id, position: Number(position), rows: Number(n), alive: Number(alive) }))
}

const several = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** Throws `staged_rows_missing` unless every row that was read as a fact stands staged. */
export function checkStaged(store: FactStore, fact: FactDefinition, files: readonly StoredFile[], found: number): void {
  // Files that were read before rows were counted have no count.
  if (files.some(({ staged }) => staged === null)) return
  const wanted = files.reduce((sum, { staged }) => sum + (staged?.[fact.id] ?? 0), 0) * copiesOf(store, fact)
  if (found === wanted) return
  throw new BinnacleError('staged_rows_missing', `Of ${several(wanted, 'row')} that became ${fact.plural} the fact store holds ${found}.`, {
    cure: `Take out and add again: ${files.map(({ name }) => name).join(', ')}.`,
    status: 500,
    details: { fact: fact.id, staged: wanted, found },
  })
}

/** Facts of which fewer versions stand under an import than its dry run said would. */
export function shortOf(record: StoredImport, counted: readonly (RecordedCount & { readonly alive: number })[], copies: (fact: string) => number): string[] {
  const short = record.files.flatMap(({ position, counts }) =>
    counts.filter(({ fact, new: fresh, changed }) => {
      const held = counted.find((one) => one.fact === fact && one.position === position)?.alive ?? 0
      return held < (fresh + changed) * copies(fact)
    }),
  )
  return [...new Set(short.map(({ fact }) => fact))]
}

export const notRecorded = (fact: FactDefinition, missing: number): BinnacleError =>
  new BinnacleError('facts_not_recorded', `${several(missing, 'staged row')} did not become ${fact.plural}.`, {
    cure: 'Commit again: what is recorded is not recorded twice.',
    retry: true,
    status: 503,
    details: { fact: fact.id, missing },
  })
