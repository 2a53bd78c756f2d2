import { escapeFormula, unescapeFormula } from '../../kernel/spreadsheet.ts'
import { csvLine } from './csv.ts'
import type { RowBatch } from './decode.ts'
import { REFUSED_COLUMNS } from './headers.ts'

/** A file that brings the columns of refused rows back loses the apostrophes again that kept its cells from being run. */
export function unescapeRefused(batch: RowBatch, headers: readonly string[]): RowBatch {
  return headers.includes(REFUSED_COLUMNS[2]) ? { ...batch, rows: batch.rows.map((row) => row.map(unescapeFormula)) } : batch
}

export interface RefusedLine {
  file: string
  headers: readonly string[]
  row_number: number
  reason: string
  raw: readonly string[]
}

/**
 * Refused rows as a CSV file: the columns of their files as they stood, side by side where files differ, then cells beyond
 * the header, then which file, row and why.
 */
export async function* writeRefused(lines: AsyncIterable<RefusedLine>, fileHeaders: readonly (readonly string[])[], widest: number): AsyncIterable<string> {
  const brought = new Set<string>(REFUSED_COLUMNS)
  const headers = [...new Set(fileHeaders.flat())].filter((header) => !brought.has(header))
  const extra = Array.from({ length: widest }, (_, i) => `extra_cell_${i + 1}`)
  yield `\ufeff${csvLine([...headers, ...extra, ...REFUSED_COLUMNS].map(escapeFormula))}`
  for await (const line of lines) {
    const byHeader = new Map(line.headers.map((header, i) => [header, line.raw[i] ?? '']))
    const beyond = line.raw.slice(line.headers.length)
    yield csvLine(
      [...headers.map((header) => byHeader.get(header) ?? ''), ...extra.map((_, i) => beyond[i] ?? ''), line.file, String(line.row_number), line.reason].map(
        escapeFormula,
      ),
    )
  }
}
