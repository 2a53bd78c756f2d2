import type { FactStore, QueryOptions } from '../facts/store.ts'
import { csvLine } from '../ingest/files/csv.ts'
import { escapeFormula } from '../kernel/spreadsheet.ts'
import type { Cell, RowTable } from '../metrics/open/row-table.ts'
import { tableQuery } from '../metrics/open/row-table.ts'

/** The engine's own limit for a reader: a large file over a slow line takes long. */
const LONGEST_SECONDS = 600
/** Rows that are written at once where they are here already. */
const AT_ONCE = 1000

type Chunks = AsyncIterable<readonly (readonly Cell[])[]>
/** The parts of a store that a file is written from. */
export type Source = Pick<FactStore, 'readChunks' | 'readBytes'>

/** The rows as they come, never all at once. Money is decimal text. */
async function* rowsOf(store: Source, table: RowTable, options: QueryOptions): Chunks {
  if ('cells' in table) {
    for (let at = 0; at < table.cells.length; at += AT_ONCE) yield table.cells.slice(at, at + AT_ONCE)
    return
  }
  for await (const chunk of store.readChunks<Record<string, Cell>>(tableQuery(table), options))
    yield chunk.map((row) => table.columns.map(({ id }) => row[id] ?? null))
}

/** What comes before the rows is held back until the first of them are there: a query that fails is then still an error answer. */
async function* framed(
  head: string,
  chunks: Chunks,
  write: (rows: readonly (readonly Cell[])[], isFirst: boolean) => string,
  tail: string,
): AsyncIterable<string> {
  let before = head
  let isFirst = true
  for await (const rows of chunks) {
    if (rows.length === 0) continue
    yield before + write(rows, isFirst)
    before = ''
    isFirst = false
  }
  if (before + tail !== '') yield before + tail
}

const csvCell = (cell: Cell): string => (cell === null ? '' : typeof cell === 'string' ? escapeFormula(cell) : String(cell))

/** A header of names and a line per row, safe to open in a spreadsheet. */
function writeCsv(store: Source, table: RowTable, options: QueryOptions): AsyncIterable<string> {
  const head = csvLine(table.columns.map(({ name }) => escapeFormula(name)))
  return framed(head, rowsOf(store, table, options), (rows) => rows.map((row) => csvLine(row.map(csvCell))).join(''), '')
}

/** An array of objects by column id, one a line. */
function writeJson(store: Source, table: RowTable, options: QueryOptions): AsyncIterable<string> {
  const line = (row: readonly Cell[]): string => JSON.stringify(Object.fromEntries(table.columns.map(({ id }, i) => [id, row[i] ?? null])))
  return framed('[', rowsOf(store, table, options), (rows, isFirst) => `${isFirst ? '\n' : ',\n'}${rows.map(line).join(',\n')}`, '\n]\n')
}

export type ExportFormat = 'csv' | 'json' | 'parquet'

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

/** A table as the bytes of a file, made as they are taken. */
export function writeTable(store: Source, table: RowTable, format: ExportFormat, signal?: AbortSignal): AsyncIterable<string | Uint8Array> {
  const options = { maxSeconds: LONGEST_SECONDS, signal }
  if (format === 'csv') return writeCsv(store, table, options)
  return format === 'json' ? writeJson(store, table, options) : store.readBytes(tableQuery(table), 'Parquet', options)
}

/** Records as they are, one a line of an array. */
export async function* writeRecords(records: readonly object[]): AsyncIterable<string> {
  yield `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`
}
