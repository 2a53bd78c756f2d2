import { and, eq, inArray } from 'drizzle-orm'
import type { FactStore } from '../../facts/store.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { importFile } from '../../stores/schema/import-files.ts'
import type { WorkspaceDatabase } from '../../stores/workspace.ts'
import { ROWS_PER_FILE } from '../files/types.ts'

type Row = Readonly<Record<string, unknown>>

/** Where a fact came from: the line of a file and the line as it stood; undefined where the file is not there any more. */
export interface Trace {
  readonly line: number
  readonly file: string | undefined
  readonly as_it_stood: string | undefined
}

/** Adds to each version of a fact the file it came from, the line, and the line as it stood. */
export async function traceRows<T extends Row>(db: WorkspaceDatabase, store: FactStore, rows: readonly T[]): Promise<(T & Trace)[]> {
  const placed = rows.map((row) => ({
    row,
    import: String(row.import_id),
    position: Math.floor(Number(row.row_number) / ROWS_PER_FILE) + 1,
    line: Number(row.row_number) % ROWS_PER_FILE,
  }))
  const imports = [...new Set(placed.map((one) => one.import))]
  if (imports.length === 0) return []
  const files = await db
    .select({ id: importFile.id, import: importFile.import_id, position: importFile.position, name: importFile.name })
    .from(importFile)
    .where(and(inArray(importFile.import_id, imports), eq(importFile.state, 'staged')))
  const ids = files.map(({ id }) => id)
  const lines = placed.map(({ line }) => line)
  const kept = await store.read<{ file_id: string; row_number: string; raw: string[] }>(sql`
    SELECT file_id, row_number, raw FROM ${table('import_row')}
    WHERE import_id IN ${param('Array(String)', imports)} AND file_id IN ${param('Array(String)', ids)} AND row_number IN ${param('Array(UInt64)', lines)}`)
  const texts = new Map(kept.map((row) => [`${row.file_id} ${row.row_number}`, row.raw.join(',')]))
  return placed.map(({ row, line, ...one }) => {
    const file = files.find((each) => each.import === one.import && each.position === one.position)
    return { ...row, line, file: file?.name, as_it_stood: texts.get(`${file?.id} ${line}`) }
  })
}
