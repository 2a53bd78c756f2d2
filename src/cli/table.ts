import { escapeFormula } from '../kernel/spreadsheet.ts'

/** One column of a printed table. */
export interface TableColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
}

const width = (text: string): number => Array.from(text).length

function pad(text: string, to: number, align: TableColumn['align']): string {
  const space = ' '.repeat(Math.max(0, to - width(text)))
  return align === 'right' ? space + text : text + space
}

/** Aligned text with a line of titles; columns that are empty in every row are left out. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const shown = columns.map((column, i) => ({ column, i })).filter(({ i }) => rows.length === 0 || rows.some((row) => (row[i] ?? '') !== ''))
  const widths = shown.map(({ column, i }) => Math.max(width(column.title), ...rows.map((row) => width(row[i] ?? ''))))
  const line = (cells: readonly string[]): string =>
    shown
      .map(({ column, i }, at) => pad(cells[i] ?? '', widths[at] ?? 0, column.align))
      .join('  ')
      .trimEnd()
  return [line(columns.map((column) => column.title)), ...rows.map(line)].join('\n')
}

/** One cell of CSV (RFC 4180), safe to open in a spreadsheet. */
const csvCell = (cell: string): string => {
  const value = escapeFormula(cell)
  return /[",\r\n]/.test(value) || value !== value.trim() ? `"${value.replaceAll('"', '""')}"` : value
}

export const csv = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')
