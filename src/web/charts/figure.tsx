import { ClipboardCopy, Ellipsis, Image as ImageIcon, Table2 } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { IconButton } from '../ui/button.tsx'
import { saveFile, toCsv } from '../ui/csv.ts'
import type { CellValue } from '../ui/table-columns.ts'
import { Menu } from '../ui/menu.tsx'
import { showFailure, showToast } from '../ui/toast.tsx'
import { useWidth } from './size.ts'

/** The numbers of a chart as rows: shown in its place, and copied. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly CellValue[])[]
  /** As they are read on the page, when that is not the plain number. */
  readonly shown?: readonly (readonly string[])[]
}

/** Below this width a chart may be drawn lying down. */
export const NARROW = 560

interface FigureProps {
  readonly name: string
  /** What the chart shows, in a sentence for those who do not see it. */
  readonly sentence: string
  readonly table: ChartTable
  readonly height: number
  /** The height on a narrow screen, where it is another. */
  readonly narrow?: number
  readonly children: (width: number) => ReactNode
  /** Said in place of a chart that would show nothing. */
  readonly empty?: string | undefined
  /** It is a table already. */
  readonly tabular?: boolean
}

async function copyPicture(name: string, chart: Element | null | undefined): Promise<void> {
  if (chart === null || chart === undefined) return
  const { toPng } = await import('./picture.ts')
  const picture = await toPng(chart)
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
    showToast({ title: 'Picture copied' })
  } catch {
    saveFile(`${name}.png`, picture)
  }
}

async function copyTable(name: string, table: ChartTable): Promise<void> {
  const text = toCsv(table.columns, table.rows)
  try {
    await navigator.clipboard.writeText(text)
    showToast({ title: 'Table copied as CSV' })
  } catch {
    saveFile(`${name}.csv`, new Blob([text], { type: 'text/csv' }))
  }
}

/** Every chart stands in one of these: it has a sentence, a table behind it, and can be taken out as picture or CSV. */
export function Figure({ name, sentence, table, height, narrow = height, children, empty, tabular = false }: FigureProps) {
  const [asTable, setAsTable] = useState(false)
  const [ref, width] = useWidth<HTMLDivElement>()
  const figure = useRef<HTMLElement>(null)
  return (
    <figure ref={figure} aria-label={name} className="group/figure relative m-0 min-w-0">
      <figcaption className="sr-only">{sentence}</figcaption>
      <div className="absolute -top-9 right-0 flex items-center gap-2">
        <Menu
          trigger={
            <IconButton label={`More of ${name}`} size="small">
              <Ellipsis aria-hidden size={14} />
            </IconButton>
          }
          items={[
            ...(tabular
              ? []
              : [
                  {
                    id: 'table',
                    label: asTable ? 'Show the chart' : 'Show as table',
                    icon: <Table2 aria-hidden size={14} />,
                    onSelect: () => setAsTable(!asTable),
                  },
                ]),
            { id: 'csv', label: 'Copy as CSV', icon: <ClipboardCopy aria-hidden size={14} />, onSelect: () => void copyTable(name, table).catch(showFailure) },
            {
              id: 'png',
              label: 'Copy as picture',
              icon: <ImageIcon aria-hidden size={14} />,
              disabled: asTable,
              onSelect: () => void copyPicture(name, figure.current?.querySelector('[data-chart]')).catch(showFailure),
            },
          ]}
        />
      </div>
      <div ref={ref} className="relative" style={asTable ? undefined : { minHeight: width > 0 && width < NARROW ? narrow : height }}>
        {empty !== undefined && !asTable ? (
          <p className="flex items-center justify-center text-quiet" style={{ height: width > 0 && width < NARROW ? narrow : height }}>
            {empty}
          </p>
        ) : asTable ? (
          <PlainTable name={name} table={table} />
        ) : (
          width > 0 && children(width)
        )}
      </div>
    </figure>
  )
}

export function PlainTable({ name, table }: { readonly name: string; readonly table: ChartTable }) {
  return (
    <div className="max-h-96 overflow-auto" role="region" aria-label={`${name} as a table`} tabIndex={0}>
      <table className="w-full border-collapse">
        <thead className="sticky top-0 bg-page">
          <tr>
            {table.columns.map((column, i) => (
              <th key={column} scope="col" className={`border-b border-line px-2 py-1 text-sm text-quiet ${i === 0 ? '' : 'text-right!'}`}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, r) => (
            <tr key={r}>
              {row.map((cell, i) => (
                <td key={i} className={`border-b border-line px-2 py-1 whitespace-nowrap ${i === 0 ? '' : 'num text-right'}`}>
                  {table.shown?.[r]?.[i] ?? (cell === null ? '–' : String(cell))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
