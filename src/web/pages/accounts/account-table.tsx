import { useMemo } from 'react'
import { hrefOf } from '../../api.ts'
import { useNarrow } from '../../ui/narrow.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Select } from '../../ui/select.tsx'
import type { Column, ServerSort } from '../../ui/table-columns.ts'
import { CellShown, digitsFor, totalShown } from './cells.tsx'
import type { AccountColumn, AccountRow, AccountTotal, ListAsked } from './list-data.ts'
import type { Selection } from './selection.ts'

interface AccountTableProps {
  readonly columns: readonly AccountColumn[]
  readonly rows: readonly AccountRow[]
  readonly total: number
  readonly totals: readonly AccountTotal[] | undefined
  readonly sort: string
  readonly onSort: (sort: string) => void
  readonly asked: ListAsked
  readonly selection: Selection
  readonly loading: boolean
  readonly onMore: (() => void) | undefined
  readonly onOpen: (id: string) => void
  readonly empty: string
}

type Row = AccountRow & { readonly index: number }

const readSort = (sort: string): ServerSort => (sort.startsWith('-') ? { column: sort.slice(1), descending: true } : { column: sort, descending: false })
const writeSort = ({ column, descending }: ServerSort): string => (descending ? `-${column}` : column)

/** A box per row; with the shift key held, all from the one before. */
const selectColumn = ({ has, toggle }: Selection): Column<Row> => ({
  id: 'select',
  name: 'Chosen',
  width: 36,
  pinned: 0,
  head: <span className="sr-only">Chosen</span>,
  value: () => null,
  show: (row) => (
    <input
      type="checkbox"
      aria-label={`Choose ${row.name}`}
      checked={has(row.account_id)}
      onChange={() => undefined}
      onClick={(event) => {
        event.stopPropagation()
        toggle(row.index, event.shiftKey)
      }}
      className="block size-3.5 accent-accent"
    />
  ),
})

const nameColumn = (pinned: number): Column<Row> => ({
  id: 'name',
  name: 'Account',
  width: 200,
  pinned,
  value: (row) => row.name,
  show: (row) => <span className="font-medium">{row.name}</span>,
})

/** Reasons are sentences. */
const widthOf = ({ id, kind }: AccountColumn): number => (id === 'hour_reason' ? 460 : kind === 'number' ? 132 : kind === 'day' ? 112 : 128)

function valueColumn(column: AccountColumn, at: number, { rows, total, totals }: Pick<AccountTableProps, 'rows' | 'total' | 'totals'>): Column<Row> {
  const digits = digitsFor(
    column,
    rows.map(({ cells }) => cells[at] ?? null),
  )
  const sum = totalShown(totals?.[at], column, digits, total)
  return {
    id: column.id,
    name: column.name,
    says: column.says,
    numeric: column.kind === 'number',
    width: widthOf(column),
    value: (row) => row.cells[at] ?? null,
    show: (row) => <CellShown row={row} at={at} column={column} digits={digits} />,
    ...(sum === null
      ? {}
      : {
          total: (
            <span title={sum.says === '' ? undefined : sum.says} className="flex items-baseline justify-end gap-1.5">
              {sum.of !== null && <span className="min-w-0 truncate text-sm font-normal text-faint">{sum.of}</span>}
              <span className="shrink-0">{sum.text}</span>
            </span>
          ),
        }),
  }
}

/** On a narrow screen an account stands beside one of its values: the one that the list is sorted by. */
function narrowed(columns: readonly AccountColumn[], sort: ServerSort): number {
  const sorted = columns.findIndex(({ id }) => id === sort.column)
  return sorted === -1 ? columns.findIndex(({ id }) => id !== 'name') : sorted
}

export function AccountTable(props: AccountTableProps) {
  const { columns, rows, total, totals, sort, onSort, asked, selection, onOpen, onMore, loading, empty } = props
  const narrow = useNarrow()
  const order = readSort(sort)
  const placed = useMemo(() => rows.map((row, index): Row => ({ ...row, index })), [rows])
  const alone = narrowed(columns, order)
  const values = columns.flatMap((column, at) => (column.id === 'name' || (narrow && at !== alone) ? [] : [valueColumn(column, at, { rows, total, totals })]))
  const shown = narrow ? [{ ...nameColumn(0), width: 190 }, ...values] : [selectColumn(selection), nameColumn(36), ...values]
  return (
    <>
      {narrow && columns.length > 1 && (
        <Select
          label="Value"
          prefix="By"
          value={order.column}
          choices={[{ value: 'name', label: 'Account' }, ...columns.filter(({ id }) => id !== 'name').map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(column) => onSort(writeSort({ column, descending: columns.find(({ id }) => id === column)?.kind === 'number' }))}
        />
      )}
      <DataTable<Row>
        label="Accounts"
        rows={placed}
        columns={shown}
        rowKey={(row) => row.account_id}
        onOpen={(row) => onOpen(row.account_id)}
        total={total}
        onMore={onMore}
        loading={loading}
        sort={order}
        onSort={(next) => onSort(writeSort(next))}
        downloads={(format) => hrefOf('exportAccounts', {}, { ...asked, sort, format })}
        unit={['account', 'accounts']}
        maxHeight={narrow ? 'calc(100dvh - 20rem)' : 'calc(100dvh - 13.5rem)'}
        empty={empty}
      />
    </>
  )
}
