import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { formatCount } from '../format.ts'
import { pin, type Column, type DataTableProps } from './table-columns.ts'

const ROW = 32

interface TableBodyProps<Row> extends DataTableProps<Row> {
  readonly head: ReactNode
  readonly filtered: boolean
}

function useRowKeys(count: number, onOpen: ((index: number) => void) | undefined, scrollTo: (index: number) => void) {
  const [current, setCurrent] = useState(0)
  const body = useRef<HTMLTableSectionElement>(null)
  const focus = (index: number): void => {
    setCurrent(index)
    scrollTo(index)
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true }))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + 10,
      PageUp: current - 10,
      Home: 0,
      End: count - 1,
    }
    const next = steps[event.key]
    if (next !== undefined) {
      event.preventDefault()
      focus(Math.max(0, Math.min(count - 1, next)))
    } else if (event.key === 'Enter' && event.target instanceof HTMLTableRowElement) onOpen?.(current)
  }
  return { body, current: Math.min(current, Math.max(0, count - 1)), setCurrent, onKeyDown }
}

/** Asks for more rows when the end of those that are here comes into sight. */
function useMore(
  last: number,
  count: number,
  { total = count, loading = false, onMore }: { total?: number; loading?: boolean; onMore?: (() => void) | undefined },
): void {
  const wanted = onMore !== undefined && !loading && count < total && last >= count - 20
  useEffect(() => {
    if (wanted) onMore?.()
  }, [wanted, onMore])
}

/** The rows in sight, and room for the others above and below: the table stays a table for those who read it aloud. */
export function TableBody<Row>(props: TableBodyProps<Row>) {
  const { label, rows, columns, rowKey, onOpen, total = rows.length, maxHeight = 480, head } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: ROW + 4,
  })
  const open = onOpen === undefined ? undefined : (index: number) => rows[index] !== undefined && onOpen(rows[index])
  const { body, current, setCurrent, onKeyDown } = useRowKeys(rows.length, open, (index) => virtual.scrollToIndex(index))
  const items = virtual.getVirtualItems()
  useMore(items.at(-1)?.index ?? 0, rows.length, props)
  const least = columns.reduce((sum, column) => sum + (column.width ?? 140), 0)
  return (
    <div ref={scroller} className="overflow-auto border-b border-line" style={{ maxHeight }}>
      <table aria-label={label} aria-rowcount={total + 1} className="w-full table-fixed border-collapse" style={{ minWidth: least }}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={column.width === undefined ? undefined : { width: column.width }} />
          ))}
        </colgroup>
        {head}
        <tbody ref={body} onKeyDown={onKeyDown}>
          <Spacer height={items[0]?.start ?? 0} columns={columns.length} />
          {items.map(({ index }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <tr
                key={rowKey(row, index)}
                data-row={index}
                aria-rowindex={index + 2}
                tabIndex={index === current ? 0 : -1}
                onFocus={() => setCurrent(index)}
                onClick={open === undefined ? undefined : () => open(index)}
                className={`group h-8 border-t border-line -outline-offset-2 ${open === undefined ? '' : 'hover:bg-hover'}`}
              >
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row} />
                ))}
              </tr>
            )
          })}
          <Spacer height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} columns={columns.length} />
          {rows.length === 0 && <NoRows {...props} />}
        </tbody>
        {rows.length > 0 && <Totals columns={columns} count={total} />}
      </table>
    </div>
  )
}

function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  )
}

function NoRows<Row>({ columns, loading = false, filtered, empty = 'No rows.' }: TableBodyProps<Row>) {
  return (
    <tr>
      <td colSpan={columns.length} className="px-2 py-4 text-quiet">
        {loading ? 'Loading …' : filtered ? 'No row fits the filter.' : empty}
      </td>
    </tr>
  )
}

function Totals<Row>({ columns, count }: { readonly columns: readonly Column<Row>[]; readonly count: number }) {
  if (columns.every((column) => column.total === undefined)) return null
  return (
    <tfoot className="sticky bottom-0 z-2 bg-page shadow-[inset_0_1px_0_var(--color-line)]">
      <tr>
        {columns.map((column, i) => (
          <td
            key={column.id}
            {...pin(column, `h-8 truncate shadow-[inset_0_1px_0_var(--color-line)] px-2 font-medium ${column.numeric === true ? 'num text-right' : ''}`)}
          >
            {column.total ?? (i === columns.findIndex(({ head: own }) => own === undefined) ? `Total of ${formatCount(count)}` : null)}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const value = column.value(row)
  const text = value === null ? '' : typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)
  return (
    <td
      {...pin(column, `truncate px-2 ${column.numeric === true ? 'num text-right' : ''} ${column.pinned === undefined ? '' : 'group-hover:bg-hover'}`)}
      title={typeof value === 'string' ? value : undefined}
    >
      {column.show?.(row) ?? text}
    </td>
  )
}
