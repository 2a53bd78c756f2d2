import type { FactStore } from '../../facts/store.ts'
import { notFound } from '../../kernel/errors.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { ROWS_PER_STAGE } from '../record/batch.ts'
import { KEPT_ROWS } from '../record/kept-rows.ts'
import { stageId } from './records.ts'
import type { Records, StoredImport } from './records.ts'
import type { RefusedLine } from './refused-csv.ts'
import { writeRefused } from './refused-csv.ts'
import type { RefusedRow } from './types.ts'

interface Row {
  stage: string
  row_number: string
  reason: string
  column: string
  raw: string[]
}

/** A row of a file as it stood. */
export interface KeptRow {
  file: string
  row_number: number
  headers: string[]
  raw: string[]
}

export function createRefusedRows(store: FactStore, records: Records) {
  const refusedIn = (record: StoredImport, select: Sql): Sql => {
    const stages = record.files.filter((file) => file.refused > 0).map((file) => stageId(file.id, file.reading))
    return sql`SELECT ${select} FROM ${table(KEPT_ROWS)} WHERE import_id = ${param('String', record.id)}
      AND file_id IN ${param('Array(String)', stages)} AND outcome = 'refused'`
  }
  const columns = sql`file_id AS stage, row_number, reason, column, raw`
  const inOrder = sql`ORDER BY file_id, row_number LIMIT 1 BY file_id, row_number`
  const fileOfStage = (record: StoredImport, stage: string) => record.files.find((file) => stage.startsWith(`${file.id}:`))

  async function listRefused(
    id: string,
    { offset, limit }: { offset: number; limit: number },
    signal?: AbortSignal,
  ): Promise<{ total: number; rows: RefusedRow[] }> {
    const record = await records.one(id)
    const total = record.files.reduce((sum, file) => sum + file.refused, 0)
    if (total === 0) return { total, rows: [] }
    const rows = await store.read<Row>(sql`${refusedIn(record, columns)} ${inOrder} LIMIT ${param('UInt64', limit)} OFFSET ${param('UInt64', offset)}`, {
      signal,
    })
    return {
      total,
      rows: rows.map((row) => ({
        file: fileOfStage(record, row.stage)?.name ?? '',
        row_number: Number(row.row_number),
        reason: row.reason,
        column: row.column,
        raw: row.raw,
      })),
    }
  }

  /** The refused rows of an import, or of one of its files, as a CSV file that can be mended and added again. */
  async function* exportRefused(id: string, fileId?: string, signal?: AbortSignal): AsyncIterable<string> {
    const found = await records.one(id)
    const record = { ...found, files: found.files.filter((file) => file.refused > 0 && (fileId === undefined || file.id === fileId)) }
    const [widest] = await store.read<{ n: string }>(refusedIn(record, sql`max(length(raw)) AS n`), { signal })
    const narrowest = Math.min(...record.files.map((file) => file.headers.length))
    const lines = async function* (): AsyncIterable<RefusedLine> {
      if (record.files.length === 0) return
      for await (const rows of store.readChunks<Row>(sql`${refusedIn(record, columns)} ${inOrder}`, { maxSeconds: 600, signal }))
        for (const row of rows) {
          const file = fileOfStage(record, row.stage)
          yield { file: file?.name ?? '', headers: file?.headers ?? [], row_number: Number(row.row_number), reason: row.reason, raw: row.raw }
        }
    }
    yield* writeRefused(
      lines(),
      record.files.map((file) => file.headers),
      Math.max(0, Number(widest?.n ?? 0) - narrowest),
    )
  }

  /** The row of a file that a fact came from, by the fact's `import_id` and `row_number`. Throws `not_found`. */
  async function readKeptRow(importId: string, factRow: number): Promise<KeptRow> {
    const record = await records.one(importId)
    const file = record.files.find((candidate) => candidate.position === Math.floor(factRow / ROWS_PER_STAGE) + 1)
    const row = factRow % ROWS_PER_STAGE
    const [kept] =
      file === undefined
        ? []
        : await store.read<{ raw: string[] }>(sql`
      SELECT raw FROM ${table(KEPT_ROWS)} WHERE import_id = ${param('String', importId)} AND file_id = ${param('String', file.id)}
        AND row_number = ${param('UInt64', row)} LIMIT 1`)
    if (file === undefined || kept === undefined) throw notFound('row', String(factRow), 'Rows of an import are kept as long as the import.')
    return { file: file.name, row_number: row, headers: file.headers, raw: kept.raw }
  }

  return { listRefused, exportRefused, readKeptRow }
}
