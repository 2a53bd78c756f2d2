import { InvalidArgumentError, Option } from 'commander'
import { csv, table } from './table.ts'
import type { TableColumn } from './table.ts'

export const FORMATS = ['table', 'json', 'csv'] as const
export type Format = (typeof FORMATS)[number]

export const formatOption = (formats: readonly (Format | 'parquet')[] = FORMATS): Option =>
  new Option('--format <format>', 'how the answer is printed').choices([...formats]).default('table')

export const printOut = (text: string): void => void process.stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`)
/** Everything that is not the answer itself: progress, notes, errors. */
export const printNote = (text: string): void => void process.stderr.write(`${text}\n`)

export interface Listing<T> {
  readonly items: readonly T[]
  readonly columns: readonly (TableColumn & { readonly cell: (item: T) => string })[]
  /** Said instead of a table without rows. */
  readonly none: string
}

/** Prints a list: an array of the items as they came for `json`, the columns for `table` and `csv`. */
export function printListing<T>(format: Format, { items, columns, none }: Listing<T>): void {
  const rows = items.map((item) => columns.map((column) => column.cell(item)))
  if (format === 'json') printOut(JSON.stringify(items, null, 2))
  else if (format === 'csv')
    printOut(
      csv(
        columns.map((column) => column.title),
        rows,
      ),
    )
  else if (items.length === 0) printNote(none)
  else printOut(table(columns, rows))
}

/** For options that may be given several times. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value]

export function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Give a whole number from 1 on.')
  return count
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('Give a port from 0 (any free one) to 65535.')
  return port
}
