import { ArrowDown, ArrowUp } from 'lucide-react'
import { pin, type Column, type ServerSort } from './table-columns.ts'

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly sort: ServerSort | null
  readonly onSort: (column: Column<Row>) => void
}

/** Sticks to the top of the rows; a click sorts, a second turns the order round. */
export function TableHead<Row>({ columns, sort, onSort }: TableHeadProps<Row>) {
  return (
    <thead className="sticky top-0 z-10 bg-page shadow-[inset_0_-1px_0_var(--color-line)]">
      <tr>
        {columns.map((column) => {
          if (column.head !== undefined)
            return (
              <th key={column.id} scope="col" {...pin(column, 'h-8 px-2')}>
                {column.head}
              </th>
            )
          const sorted = sort?.column === column.id
          const Arrow = sort?.descending === true ? ArrowDown : ArrowUp
          return (
            <th key={column.id} scope="col" aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'} {...pin(column, 'h-8 p-0')}>
              <button
                type="button"
                title={column.says}
                onClick={() => onSort(column)}
                className={`flex h-8 w-full items-center gap-1 px-2 text-sm text-quiet -outline-offset-2 hover:text-ink ${column.numeric === true ? 'justify-end' : ''}`}
              >
                <span className="truncate">{column.name}</span>
                {sorted && <Arrow aria-hidden size={12} className="shrink-0" />}
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
