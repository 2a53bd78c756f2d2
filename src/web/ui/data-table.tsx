import {
  columnVisibilityFeature,
  createColumnHelper,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { TableBody } from './table-body.tsx'
import type { Column, DataTableProps, ServerSort } from './table-columns.ts'
import { TableHead } from './table-head.tsx'
import { TableTools } from './table-tools.tsx'

export const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic, text: sortFn_text },
})

function matches<Row>(row: Row, columns: readonly Column<Row>[], words: readonly string[]): boolean {
  const text = columns
    .map((column) => String(column.value(row) ?? ''))
    .join('\u0000')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

/** The rows that hold every word of the filter. */
function useFiltered<Row>(rows: readonly Row[], columns: readonly Column<Row>[], filter: string): readonly Row[] {
  return useMemo(() => {
    const words = filter
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
    return words.length === 0 ? rows : rows.filter((row) => matches(row, columns, words))
  }, [rows, columns, filter])
}

function useDefinitions<Row extends RowData>(columns: readonly Column<Row>[]) {
  return useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return helper.columns(
      columns.map((column) =>
        helper.accessor((row) => column.value(row) ?? undefined, {
          id: column.id,
          header: column.name,
          sortFn: column.numeric === true ? 'basic' : 'text',
          sortUndefined: 'last',
          sortDescFirst: column.numeric === true,
        }),
      ),
    )
  }, [columns])
}

/** Rows that can be sorted, filtered, walked with the arrow keys, opened with Enter and taken out as CSV. 100,000 feel like 100. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { rows, columns, sort = null, onSort, firstSort, tools = false } = props
  const [filter, setFilter] = useState('')
  const shown = useFiltered(rows, columns, filter)
  const table = useTable({
    features,
    columns: useDefinitions(columns),
    data: shown as Row[],
    enableSortingRemoval: false,
    manualSorting: onSort !== undefined,
    initialState: {
      sorting: firstSort === undefined ? [] : [{ id: firstSort.column, desc: firstSort.descending }],
      columnVisibility: Object.fromEntries(columns.filter((column) => column.hidden === true).map((column) => [column.id, false])),
    },
  })
  const leaves = table.getAllLeafColumns()
  const choices = columns.map((column) => ({ id: column.id, name: column.name, shown: leaves.find((leaf) => leaf.id === column.id)?.getIsVisible() !== false }))
  const visible = columns.filter((_, i) => choices[i]?.shown === true)
  const [order] = table.state.sorting
  const here = order === undefined ? null : { column: order.id, descending: order.desc }
  const current = onSort === undefined ? here : sort
  const change = onSort ?? ((next: ServerSort) => table.setSorting([{ id: next.column, desc: next.descending }]))
  const turn = (column: Column<Row>): void =>
    change({ column: column.id, descending: current?.column === column.id ? !current.descending : column.numeric === true })
  const sorted = table.getRowModel().rows.map((row) => row.original)
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <TableBody {...props} rows={sorted} columns={visible} head={<TableHead columns={visible} sort={current} onSort={turn} />} filtered={filter !== ''} />
      <TableTools
        {...props}
        rows={sorted}
        columns={visible}
        filter={filter}
        onFilter={tools ? setFilter : undefined}
        choices={tools ? choices : []}
        onChoose={(id, on) => table.setColumnVisibility((before) => ({ ...before, [id]: on }))}
      />
    </div>
  )
}
