import { escapeFormula } from '../kernel/spreadsheet.ts'

/** One column of a printed table. */
export interface TableColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** Never cut: what is copied from here. */
  readonly whole?: boolean
}

const GAP = '  '
/** A column of text is not made narrower than this. */
const NARROWEST = 8

const width = (text: string): number => Array.from(text).length

function pad(text: string, to: number, align: TableColumn['align']): string {
  const space = ' '.repeat(Math.max(0, to - width(text)))
  return align === 'right' ? space + text : text + space
}

const cut = (text: string, to: number): string =>
  width(text) <= to
    ? text
    : `${Array.from(text)
        .slice(0, Math.max(0, to - 1))
        .join('')
        .trimEnd()}…`

/** Widths that fit: the widest columns of text give way first, numbers never, for a number that was cut is another number. */
function fitted(widths: readonly number[], canShrink: readonly boolean[], most: number): number[] {
  const fit = [...widths]
  for (let over = fit.reduce((sum, one) => sum + one + GAP.length, -GAP.length) - most; over > 0; over--) {
    const widest = fit.reduce((best, one, i) => (canShrink[i] === true && one > NARROWEST && one > (fit[best] ?? 0) ? i : best), -1)
    if (widest === -1) break
    fit[widest] = (fit[widest] ?? 0) - 1
  }
  return fit
}

/** How wide a table may be: as the terminal is; elsewhere nothing is cut. */
export const screenWidth = (): number => (process.stdout.isTTY ? (process.stdout.columns ?? Infinity) : Infinity)

/** Aligned text with a line of titles, no wider than `most`; columns that are empty in every row are left out. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[], most: number = screenWidth()): string {
  const shown = columns.map((column, i) => ({ column, i })).filter(({ i }) => rows.length === 0 || rows.some((row) => (row[i] ?? '') !== ''))
  const wanted = shown.map(({ column, i }) => Math.max(width(column.title), ...rows.map((row) => width(row[i] ?? ''))))
  const widths = fitted(
    wanted,
    shown.map(({ column }) => column.align !== 'right' && column.whole !== true),
    most,
  )
  const line = (cells: readonly string[]): string =>
    shown
      .map(({ column, i }, at) => pad(cut(cells[i] ?? '', widths[at] ?? 0), widths[at] ?? 0, column.align))
      .join(GAP)
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
