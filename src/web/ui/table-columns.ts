import type { ReactNode } from 'react'
import type { FileFormat } from './download-menu.tsx'

export type CellValue = string | number | boolean | null

export interface Column<Row> {
  readonly id: string
  readonly name: string
  /** What is sorted, filtered and written to CSV. */
  readonly value: (row: Row) => CellValue
  readonly show?: (row: Row) => ReactNode
  /** Numbers stand at the right with figures of one width. */
  readonly numeric?: boolean
  /** In pixels; a column without one shares what is left. */
  readonly width?: number
  readonly total?: ReactNode
  readonly says?: string
  /** Stands in the head in the place of the name, which then does not sort. */
  readonly head?: ReactNode
  /** Stays in sight where the others are scrolled to, so many pixels from the left. */
  readonly pinned?: number
  /** Not shown until it is chosen. */
  readonly hidden?: boolean
}

export interface ServerSort {
  readonly column: string
  readonly descending: boolean
}

export interface DataTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row, index: number) => string
  readonly onOpen?: ((row: Row) => void) | undefined
  /** How many there are when not all of them are here yet. */
  readonly total?: number
  /** Asks for the next ones; called when the end comes into sight. */
  readonly onMore?: (() => void) | undefined
  readonly loading?: boolean
  /** Where the server keeps the order: what it is now, and how to change it. */
  readonly sort?: ServerSort | null
  readonly onSort?: (sort: ServerSort) => void
  readonly firstSort?: ServerSort
  /** Name of the CSV file; without it there is no button. */
  readonly csv?: string
  /** Where the server makes a file of all rows, when not all are here. */
  readonly downloads?: ((format: FileFormat) => string) | undefined
  /** Filter box and column choice. */
  readonly tools?: boolean
  readonly maxHeight?: number | string
  readonly empty?: ReactNode
  readonly unit?: readonly [one: string, many: string]
}

/** Where a cell of the column stands, and what it looks like there. */
export const pin = <Row>({ pinned }: Column<Row>, className: string): { className: string; style?: { left: number } } =>
  pinned === undefined ? { className } : { className: `${className} sticky z-1 bg-page`, style: { left: pinned } }
