import { isUnit } from '../../kernel/words/units.ts'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import type { RowPage } from '../../contract/question.ts'
import { useLedgerState, useOverview } from '../api.ts'
import { longerFor, waitOf } from '../book-query.ts'
import { formatDay, formatInstant, formatMoney, formatPlain, formatValue, humanise, moneyDigits } from '../format.ts'
import type { CellValue, Column, ServerSort } from './table-columns.ts'
import { DataTable } from './data-table.tsx'
import type { FileFormat } from './download-menu.tsx'
import { Failure, Outdated } from './failure.tsx'
import { Skeleton } from './skeleton.tsx'

const LIMIT = 200
type Row = RowPage['rows'][number]

interface RowsTableProps {
  readonly label: string
  /** Names the rows: another key, another table. */
  readonly queryKey: readonly unknown[]
  readonly read: (page: { offset: number; limit: number; seconds?: number }, signal: AbortSignal) => Promise<RowPage>
  readonly onAccount?: (id: string) => void
  readonly csv?: string
  readonly downloads?: (format: FileFormat) => string
  readonly maxHeight?: number
  readonly empty?: ReactNode
  readonly unit?: readonly [string, string]
  /** Ids of columns that are only shown when they are chosen. */
  readonly hide?: readonly string[]
  /** Ids of columns that stand right after the first: in sight also where the others are scrolled to. */
  readonly lead?: readonly string[]
  readonly tools?: boolean
  /** Money columns are added up below the last row, once all rows are here. */
  readonly totals?: boolean
  readonly sort?: ServerSort | null
  readonly onSort?: (sort: ServerSort) => void
}

/** Pages of rows from the server as one table: the next page is asked for when the end comes into sight. */
export function RowsTable({ label, queryKey, read, ...rest }: RowsTableProps) {
  const key = ['rows', useLedgerState(), ...queryKey]
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => read({ offset: pageParam, limit: LIMIT, ...waitOf(key) }, signal),
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const refetch = (): void => void query.refetch()
  const failure = query.isError && <Failure error={query.error} onRetry={refetch} onLonger={longerFor(key, refetch)} />
  if (query.data === undefined) return failure === false ? <Skeleton className="h-64" /> : failure
  const [first] = query.data.pages
  if (first === undefined) return null
  const rows = query.data.pages.flatMap((page) => page.rows)
  return (
    <>
      {failure}
      <Outdated when={query.isPlaceholderData} skeleton={<Skeleton className="h-64" />}>
        <PageTable
          label={label}
          columns={first.columns}
          rows={rows}
          total={first.total}
          loading={query.isFetching}
          onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          {...rest}
        />
      </Outdated>
    </>
  )
}

interface PageTableProps extends Omit<RowsTableProps, 'queryKey' | 'read'> {
  readonly columns: RowPage['columns']
  readonly rows: readonly Row[]
  readonly total: number
  readonly loading?: boolean
  readonly onMore?: (() => void) | undefined
}

/** Columns whose cells are words of the product, not of the customer. */
const WORDS = ['kind', 'reason', 'status', 'part', 'fact', 'attribute']
const ACCOUNT_NAMES = ['account_name', 'name', 'account']

/** Rows as the contract carries them: columns say what they hold, a row of an account opens the account. */
export function PageTable({ columns, rows, total, onAccount, totals = false, hide, lead, ...rest }: PageTableProps) {
  const { reporting_currency: reporting = null, time_zone: zone } = useOverview().data ?? {}
  const account = columns.findIndex((column) => column.id === 'account_id')
  const shown = useMemo(
    () =>
      arranged(columnsFor(columns, rows, totals && rows.length === total, reporting, zone), lead ?? []).map((column) =>
        hide?.includes(column.id) === true ? { ...column, hidden: true } : column,
      ),
    [columns, rows, total, totals, reporting, zone, hide, lead],
  )
  const open =
    account === -1 || onAccount === undefined ? undefined : (row: Row) => typeof row[account] === 'string' && row[account] !== '' && onAccount(row[account])
  return <DataTable<Row> {...rest} rows={rows} columns={shown} total={total} rowKey={(_, index) => String(index)} onOpen={open} />
}

/** The columns in their order, those of `lead` right after the first that is shown. */
function arranged(columns: readonly Column<Row>[], lead: readonly string[]): Column<Row>[] {
  const at = columns.findIndex((column) => column.hidden !== true) + 1
  const moved = lead.flatMap((id) => columns.slice(at).filter((column) => column.id === id))
  return [...columns.slice(0, at), ...moved, ...columns.slice(at).filter((column) => !moved.includes(column))]
}

function columnsFor(columns: RowPage['columns'], rows: readonly Row[], totals: boolean, reporting: string | null, zone: string | undefined): Column<Row>[] {
  const named = columns.some((column) => ACCOUNT_NAMES.includes(column.id))
  const currencyAt = columns.findIndex((column) => column.id === 'currency')
  const unitAt = columns.findIndex((column) => column.id === 'unit')
  return columns.map((column, i): Column<Row> => {
    const numbers = rows.flatMap((row) =>
      typeof row[i] === 'number' ? [row[i]] : typeof row[i] === 'string' && column.type === 'money' ? [Number(row[i])] : [],
    )
    const native = column.id.includes('native')
    const digits = moneyDigits(numbers)
    const currency = native || (currencyAt !== -1 && !column.id.includes('reporting')) ? null : reporting
    const cell = (row: Row): CellValue => row[i] ?? null
    const base: Column<Row> = {
      id: column.id,
      name: column.name === '' ? humanise(column.id) : column.name,
      value: cell,
      width: ACCOUNT_NAMES.includes(column.id) ? Math.max(104, widthOf(column.name, rows, i)) : widthOf(column.name, rows, i),
      hidden: (column.id === 'account_id' && named) || (unitAt !== -1 && (i === unitAt || column.id === 'metric' || rows.every((row) => row[i] === null))),
    }
    switch (column.type) {
      case 'money':
        return {
          ...base,
          numeric: true,
          width: Math.max(104, widthOf(column.name, [], i)),
          value: (row) => (row[i] === null || row[i] === undefined ? null : Number(row[i])),
          show: (row) =>
            row[i] === null || row[i] === undefined
              ? null
              : formatMoney(Number(row[i]), native ? textAt(row, currencyAt) : (currency ?? textAt(row, currencyAt)), digits),
          ...(totals && !native && currencyAt === -1 && numbers.length > 1
            ? {
                total: formatMoney(
                  numbers.reduce((sum, value) => sum + value, 0),
                  currency,
                  digits,
                ),
              }
            : {}),
        }
      case 'number':
        return {
          ...base,
          numeric: true,
          width: Math.max(IN_UNIT.includes(column.id) && unitAt !== -1 ? 104 : 72, Math.min(base.width ?? 0, 132)),
          show: (row) =>
            numberText(
              row[i],
              IN_UNIT.includes(column.id)
                ? textOf(row, unitAt)
                : column.id === 'attainment'
                  ? 'share'
                  : column.id === 'adds' && rows.every((one) => textOf(one, unitAt) === 'money')
                    ? 'money'
                    : '',
              reporting,
            ),
        }
      case 'day':
        return { ...base, width: 104, show: (row) => (typeof row[i] === 'string' && row[i] !== '' ? dated(row[i], formatDay(row[i])) : null) }
      case 'instant':
        return { ...base, width: 148, show: (row) => (typeof row[i] === 'string' && row[i] !== '' ? dated(row[i], formatInstant(row[i], zone)) : null) }
      case 'boolean':
        return base
      case 'text':
        return { ...base, ...(WORDS.includes(column.id) ? { show: (row) => (typeof row[i] === 'string' && row[i] !== '' ? humanise(row[i]) : null) } : {}) }
    }
  })
}

/** Numbers in the unit that the row itself names. */
const IN_UNIT = ['value', 'floor', 'target']
const textOf = (row: Row, index: number): string => (typeof row[index] === 'string' ? row[index] : '')

function numberText(cell: Row[number] | undefined, unit: string, reporting: string | null): string | null {
  if (cell === null || cell === undefined) return null
  return isUnit(unit) ? formatValue(Number(cell), unit, unit === 'money' ? reporting : null) : `${formatPlain(Number(cell))}${unit === '' ? '' : ` ${unit}`}`
}

/** Wide enough for what the column holds, within reason. */
function widthOf(name: string, rows: readonly Row[], at: number): number {
  const longest = Math.max(name.length, ...rows.slice(0, 200).map((row) => String(row[at] ?? '').length))
  return Math.round(Math.min(240, Math.max(56, longest * 7.3 + 22)))
}

/** A history without a date begins with its first value. */
const dated = (value: string, text: string): string => (value < '1970-01-02' ? 'Undated' : text)

const textAt = (row: Row, index: number): string | null => (index !== -1 && typeof row[index] === 'string' && row[index].length === 3 ? row[index] : null)
