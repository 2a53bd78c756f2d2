import Papa from 'papaparse'
import { refuse } from '../../kernel/errors.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const

/** Rows as cells; `broken` holds the places in `rows` whose quotes do not close as they should. */
export interface CsvRows {
  rows: string[][]
  broken: ReadonlySet<number>
}

interface Parsed {
  data: string[][]
  errors: { row?: number }[]
  meta: { cursor: number }
}

/** No export has a row of that many characters; a quote that never closes has. */
const LONGEST_ROW = 16_000_000
const NONE: ReadonlySet<number> = new Set()

const parse = (text: string, delimiter: string, newline: string, isLast: boolean, preview = 0): Parsed => {
  const config = { delimiter, newline: newline as '\n' | '\r', quoteChar: '"', escapeChar: '"', ...(preview > 0 ? { preview } : {}) }
  return new Papa.Parser(config).parse(text, 0, !isLast) as Parsed
}

/** "\r" only for files of old that have no line feed outside quotes. A "\r" before "\n" is dropped from the last cell. */
export function detectNewline(sample: string): '\n' | '\r' {
  let quoted = false
  let sawReturn = false
  for (let i = 0; i < sample.length; i++) {
    const char = sample.charCodeAt(i)
    if (char === 34) quoted = !quoted
    else if (!quoted && char === 10) return '\n'
    else if (!quoted && char === 13) sawReturn = true
  }
  return sawReturn ? '\r' : '\n'
}

/** The delimiter that cuts the first rows into the same number of cells most often, and into most cells. */
export function detectDelimiter(sample: string, newline: '\n' | '\r'): string {
  let best = { delimiter: ',', agreement: 0, width: 1 }
  for (const delimiter of DELIMITERS) {
    const rows = parse(sample, delimiter, newline, true, 50).data.filter((row) => row.some((cell) => cell.trim() !== ''))
    const width = rows[0]?.length ?? 1
    if (width < 2) continue
    // The sample may end inside a row, so the last one has no say unless it is the only one after the header.
    const judged = rows.length > 2 ? rows.slice(0, -1) : rows
    const agreement = judged.filter((row) => row.length === width).length / judged.length
    if (agreement > best.agreement || (agreement === best.agreement && width > best.width)) best = { delimiter, agreement, width }
  }
  return best.delimiter
}

/** Spreadsheets name their delimiter in a first line "sep=;". */
export function readSeparatorLine(sample: string): { delimiter: string; length: number } | null {
  const match = /^sep=(.)(?:\r\n|\n|\r)/i.exec(sample)
  return match === null ? null : { delimiter: match[1] ?? ',', length: match[0].length }
}

export interface CsvDecoding {
  push(text: string): CsvRows
  end(): CsvRows
}

/**
 * Text to rows as it arrives, whatever the chunks cut through. A row that has not ended waits, and is looked at again only
 * when the text has doubled, so that a quote that never closes costs no more than the text is long. Throws `csv_row_endless`.
 */
export function createCsvDecoding(delimiter: string, newline: '\n' | '\r'): CsvDecoding {
  let pending = ''
  let waitUntil = 0
  let rowsBefore = 0
  const take = (isLast: boolean): CsvRows => {
    const { data, errors, meta } = parse(pending, delimiter, newline, isLast)
    pending = isLast ? '' : pending.slice(meta.cursor)
    waitUntil = pending.length * 2
    if (pending.length > LONGEST_ROW)
      throw refuse(
        'csv_row_endless',
        `A row after row ${rowsBefore + data.length} does not end within ${LONGEST_ROW} characters.`,
        'Look there for a quotation mark (") that is opened and never closed, mend it and add the file again.',
      )
    rowsBefore += data.length
    if (newline === '\n') for (const row of data) dropReturn(row)
    const broken = errors.length === 0 ? NONE : new Set(errors.map((error) => error.row ?? -1))
    return { rows: data, broken }
  }
  return {
    push(text) {
      pending += text
      return pending.length < waitUntil ? { rows: [], broken: NONE } : take(false)
    },
    end() {
      // The parser reads a quote followed by "\r" well only before a line feed, and a last line need not have one.
      if (pending !== '' && !pending.endsWith(newline)) pending += newline
      if (pending === '') return { rows: [], broken: NONE }
      const found = take(true)
      const last = found.rows.at(-1)
      if (last?.length === 1 && last[0] === '') found.rows.pop()
      return found
    },
  }
}

function dropReturn(row: string[]): void {
  const last = row[row.length - 1] ?? ''
  if (last.charCodeAt(last.length - 1) === 13) row[row.length - 1] = last.slice(0, -1)
}

/** One line of a CSV file, quoted where it must be. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\n\r]|^\s|\s$/.test(cell) || (cell === '' && cells.length === 1) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
