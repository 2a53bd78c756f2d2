import { inArray } from 'drizzle-orm'
import type { FactStore } from '../../facts/store.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { factBatch } from '../../stores/schema/batches.ts'
import type { WorkspaceDatabase } from '../../stores/workspace.ts'
import { ROWS_PER_STAGE } from './batch.ts'
import { KEPT_ROWS, sayKept } from './kept-rows.ts'

type Row = Readonly<Record<string, unknown>>

/** Where a fact came from: the line of a file and the line as it stood, or the row of a batch; undefined where it is not kept any more. */
export interface Trace {
  readonly line: number
  readonly file: string | undefined
  readonly as_it_stood: string | undefined
}

/** Adds to each version of a fact the file it came from, the line, and the line as it stood. */
export async function traceRows<T extends Row>(db: WorkspaceDatabase, store: FactStore, rows: readonly T[]): Promise<(T & Trace)[]> {
  const placed = rows.map((row) => ({
    row,
    batch: String(row.import_id),
    position: Math.floor(Number(row.row_number) / ROWS_PER_STAGE) + 1,
    line: Number(row.row_number) % ROWS_PER_STAGE,
  }))
  const ids = [...new Set(placed.map(({ batch }) => batch))]
  if (ids.length === 0) return []
  const found = await db.select({ id: factBatch.id, source: factBatch.source, stages: factBatch.stages }).from(factBatch).where(inArray(factBatch.id, ids))
  const stages = found.flatMap(({ id, source, stages: own }) => (own ?? []).map((stage) => ({ ...stage, batch: id, isTyped: source !== null })))
  const lines = placed.map(({ line }) => line)
  const kept = await store.read<{ file_id: string; row_number: string; raw: string[] }>(sql`
    SELECT file_id, row_number, raw FROM ${table(KEPT_ROWS)} WHERE import_id IN ${param('Array(String)', ids)}
      AND file_id IN ${param(
        'Array(String)',
        stages.map((stage) => stage.kept.as),
      )} AND row_number IN ${param('Array(UInt64)', lines)}`)
  const raws = new Map(kept.map((row) => [`${row.file_id} ${row.row_number}`, row.raw]))
  return placed.map(({ row, batch, position, line }) => {
    const stage = stages.find((each) => each.batch === batch && each.position === position)
    const raw = raws.get(`${stage?.kept.as} ${line}`)
    return { ...row, line, file: stage?.name, as_it_stood: raw && sayKept(raw, stage?.isTyped === true) }
  })
}
