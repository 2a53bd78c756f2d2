import { refuse } from '../../kernel/errors.ts'
import { createCsvDecoding, detectDelimiter, detectNewline, readSeparatorLine } from './csv.ts'
import { nameHeaders } from './headers.ts'
import { createJsonLinesDecoding } from './json-lines.ts'
import type { Encoding } from './text-decoder.ts'
import { createTextDecoding } from './text-decoder.ts'

export const BROKEN_QUOTES = 'has a quotation mark in the wrong place: put cells with quotes in them between quotes and double the inner ones'
export const NO_JSON = 'is no JSON object: write one object per line'

/** Rows of a file with their numbers: for CSV as a spreadsheet counts them, the header being row 1; for JSON the line. */
export interface RowBatch {
  rows: string[][]
  numbers: number[]
  /** Places in `rows` that cannot be trusted, with the reason. */
  broken: ReadonlyMap<number, string>
}

export interface DecodedFile {
  readonly format: 'csv' | 'ndjson'
  readonly delimiter: string | null
  /** Headers known so far; a JSON file may add some at its end. */
  headers(): string[]
  encoding(): Encoding
  bytesRead(): number
  /** Batches of some thousand rows, as the bytes arrive. The first is there before the rest is read. */
  readonly batches: AsyncIterable<RowBatch>
}

const SNIFF_CHARACTERS = 256 * 1024
const MOST_COLUMNS = 2000
const CLEAN: ReadonlyMap<number, string> = new Map()

const isBlank = (row: readonly string[]): boolean => {
  for (const cell of row) if (cell !== '' && cell.trim() !== '') return false
  return true
}

function refuseBinary(head: string): void {
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw refuse('file_is_spreadsheet', 'This is a spreadsheet or an archive, not a text file.', 'Save each sheet as CSV (UTF-8) and add those files.')
  if (head.startsWith('\u001f‹')) throw refuse('file_is_compressed', 'This file is compressed.', 'Unpack it and add the files in it.')
}

async function* csvBatches(texts: AsyncIterable<string>, delimiter: string, setHeaders: (headers: string[]) => void): AsyncIterable<RowBatch> {
  let decoding: ReturnType<typeof createCsvDecoding> | null = null
  let record = 0
  let headed = false
  const number = (found: { rows: string[][]; broken: ReadonlySet<number> }): RowBatch => {
    const batch = { rows: [] as string[][], numbers: [] as number[], broken: CLEAN as Map<number, string> }
    found.rows.forEach((row, i) => {
      record++
      if (isBlank(row)) return
      if (!headed) {
        headed = true
        if (row.length > MOST_COLUMNS) throw refuse('too_many_columns', `The file has ${row.length} columns.`, `Export at most ${MOST_COLUMNS} columns.`)
        setHeaders(nameHeaders(row))
        return
      }
      if (found.broken.has(i)) batch.broken = new Map(batch.broken).set(batch.rows.length, BROKEN_QUOTES)
      batch.rows.push(row)
      batch.numbers.push(record)
    })
    return batch
  }
  for await (const text of texts) {
    decoding ??= createCsvDecoding(delimiter, detectNewline(text))
    yield number(decoding.push(text))
  }
  if (decoding !== null) yield number(decoding.end())
}

async function* jsonBatches(texts: AsyncIterable<string>, decoding: ReturnType<typeof createJsonLinesDecoding>): AsyncIterable<RowBatch> {
  const number = ({ rows, numbers, broken }: ReturnType<typeof decoding.push>): RowBatch => ({
    rows,
    numbers,
    broken: broken.size === 0 ? CLEAN : new Map([...broken].map((place) => [place, NO_JSON])),
  })
  for await (const text of texts) yield number(decoding.push(text))
  yield number(decoding.end())
}

/**
 * A file's rows as its bytes arrive: CSV with any of `, ; tab |`, or JSON lines. Memory is bounded by the longest row.
 * Throws `file_empty`, `file_is_spreadsheet`, `file_is_compressed`, `json_is_list`, `too_many_columns`, `csv_row_endless`.
 */
export async function decodeFile(bytes: AsyncIterable<Uint8Array>): Promise<DecodedFile> {
  const text = createTextDecoding()
  const source = bytes[Symbol.asyncIterator]()
  let bytesRead = 0
  let ended = false
  const next = async (): Promise<string> => {
    const { value, done } = await source.next()
    if (done === true) {
      ended = true
      return text.end()
    }
    bytesRead += (value as Uint8Array).byteLength
    return text.push(value as Uint8Array)
  }
  let head = ''
  while (!ended && head.length < SNIFF_CHARACTERS) head += await next()
  refuseBinary(head)
  const start = head.trimStart()
  if (start === '' && ended) throw refuse('file_empty', 'The file is empty.', 'Export it again; a file needs a header and may then have any number of rows.')
  if (/^\[\s*\{/.test(start)) throw refuse('json_is_list', 'The file is one JSON list.', 'Write one JSON object per line, without a list around them.')

  const separator = readSeparatorLine(head)
  if (separator !== null) head = head.slice(separator.length)
  const texts = async function* (): AsyncIterable<string> {
    try {
      yield head
      head = ''
      while (!ended) yield await next()
    } finally {
      if (!ended) await source.return?.()
    }
  }
  const shared = { encoding: text.encoding, bytesRead: () => bytesRead }
  if (start.startsWith('{')) {
    const decoding = createJsonLinesDecoding()
    return { format: 'ndjson', delimiter: null, headers: () => nameHeaders(decoding.keys()), batches: jsonBatches(texts(), decoding), ...shared }
  }
  const delimiter = separator?.delimiter ?? detectDelimiter(head, detectNewline(head))
  let headers: string[] = []
  const batches = csvBatches(texts(), delimiter, (found) => (headers = found))
  return { format: 'csv', delimiter, headers: () => headers, batches, ...shared }
}
