import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import type { RowPage } from '../../contract/question.ts'
import { useLedgerState, useOverview } from '../api.ts'
import { longerFor, waitOf } from '../book-query.ts'
import { columnsFor, type Row } from './row-columns.ts'
import type { Column, ServerSort } from './table-columns.ts'
import { DataTable } from './data-table.tsx'
import type { FileFormat } from './download-menu.tsx'
import { Failure, Outdated } from './failure.tsx'
import { Skeleton } from './skeleton.tsx'

const LIMIT = 200

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

/** Rows as the contract carries them: columns say what they hold, a row of an account opens the account. */
export function PageTable({ columns, rows, total, onAccount, totals = false, hide, lead, ...rest }: PageTableProps) {
  const { reporting_currency: reporting = null, time_zone: zone } = useOverview().data ?? {}
  const account = columns.findIndex((column) => column.id === 'account_id')
  const shown = useMemo(
    () =>
      arranged(columnsFor({ columns, rows, totals: totals && rows.length === total, reporting, zone }), lead ?? []).map((column) =>
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
