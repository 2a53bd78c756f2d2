import { Columns3, Download } from 'lucide-react'
import { useState } from 'react'
import { counted, formatCount } from '../format.ts'
import { Button } from './button.tsx'
import { saveCsv, toCsv } from './csv.ts'
import type { DataTableProps } from './table-columns.ts'
import { DownloadMenu } from './download-menu.tsx'
import { Checkbox, TextInput } from './field.tsx'
import { Popover } from './popover.tsx'

interface TableToolsProps<Row> extends DataTableProps<Row> {
  readonly filter: string
  readonly onFilter: ((text: string) => void) | undefined
  readonly choices: readonly { id: string; name: string; shown: boolean }[]
  readonly onChoose: (id: string, shown: boolean) => void
}

/** The line under a table: how many rows, filter, columns, CSV. */
export function TableTools<Row>(props: TableToolsProps<Row>) {
  const { label, rows, total = rows.length, filter, onFilter, choices, onChoose, unit = ['row', 'rows'] } = props
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm text-quiet">
      <span className="num mr-auto" aria-live="polite">
        {rows.length < total ? `${formatCount(rows.length)} of ${counted(total, ...unit)} here` : counted(total, ...unit)}
      </span>
      {onFilter !== undefined && (
        <TextInput
          type="search"
          aria-label={`Filter ${label}`}
          placeholder="Filter"
          value={filter}
          onChange={(event) => onFilter(event.target.value)}
          className="h-6! w-36! text-sm"
        />
      )}
      {choices.length > 0 && <ColumnChoice choices={choices} onChoose={onChoose} />}
      <CsvButton {...props} />
    </div>
  )
}

function ColumnChoice({ choices, onChoose }: Pick<TableToolsProps<unknown>, 'choices' | 'onChoose'>) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="Columns"
      open={open}
      onOpenChange={setOpen}
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
  )
}

/** All rows from the server where it offers them, else those that are here. */
function CsvButton<Row>({ rows, columns, csv, downloads, total = rows.length, unit = ['row', 'rows'] }: TableToolsProps<Row>) {
  if (downloads !== undefined) return <DownloadMenu quiet items={[{ label: counted(total, ...unit), href: downloads }]} />
  if (csv === undefined) return null
  const file = `${csv}.csv`
  const header = columns.map((column) => column.name)
  const write = (): void =>
    saveCsv(
      file,
      toCsv(
        header,
        rows.map((row) => columns.map((column) => column.value(row))),
      ),
    )
  return (
    <Button size="small" look="quiet" onClick={write}>
      <Download aria-hidden size={12} /> Download CSV
    </Button>
  )
}
