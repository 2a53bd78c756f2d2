import { Columns3, Download } from 'lucide-react'
import { useState } from 'react'
import { counted, formatCount } from '../format.ts'
import { Button, buttonClass } from './button.tsx'
import { saveCsv, toCsv } from './csv.ts'
import type { DataTableProps } from './data-table.tsx'
import { Checkbox, TextInput } from './field.tsx'
import { Popover } from './popover.tsx'

interface TableToolsProps<Row> extends DataTableProps<Row> {
  readonly filter: string
  readonly onFilter: ((text: string) => void) | undefined
  readonly choices: readonly { id: string; name: string; shown: boolean }[]
  readonly onChoose: (id: string, shown: boolean) => void
}

/** The line under a table: how many rows, filter, columns, CSV. */
export function TableTools<Row>({ label, rows, columns, total, csv, csvHref, filter, onFilter, choices, onChoose, unit = ['row', 'rows'] }: TableToolsProps<Row>) {
  const [choosing, setChoosing] = useState(false)
  const count = total ?? rows.length
  const write = () => saveCsv(`${csv ?? 'table'}.csv`, toCsv(columns.map((column) => column.name), rows.map((row) => columns.map((column) => column.value(row)))))
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm text-quiet">
      <span className="num mr-auto" aria-live="polite">
        {rows.length < count ? `${formatCount(rows.length)} of ${counted(count, ...unit)} here` : counted(count, ...unit)}
      </span>
      {onFilter !== undefined && (
        <TextInput type="search" aria-label={`Filter ${label}`} placeholder="Filter" value={filter} onChange={(event) => onFilter(event.target.value)} className="h-6! w-36! text-sm" />
      )}
      {choices.length > 0 && (
        <Popover
          label="Columns"
          open={choosing}
          onOpenChange={setChoosing}
          align="end"
          className="w-56"
          trigger={
            <Button size="small" look="quiet">
              <Columns3 aria-hidden size={12} /> Columns
            </Button>
          }
        >
          <div className="flex flex-col gap-1.5">
            {choices.map((choice) => (
              <Checkbox key={choice.id} label={choice.name} checked={choice.shown} onChange={(event) => onChoose(choice.id, event.target.checked)} />
            ))}
          </div>
        </Popover>
      )}
      {csvHref !== undefined ? (
        <a href={csvHref} download={`${csv ?? 'table'}.csv`} className={buttonClass('quiet', 'small')}>
          <Download aria-hidden size={12} /> CSV
        </a>
      ) : (
        csv !== undefined && (
          <Button size="small" look="quiet" onClick={write}>
            <Download aria-hidden size={12} /> CSV
          </Button>
        )
      )}
    </div>
  )
}
