import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import { useDimensions } from '../../api.ts'
import { formatDimensionValue } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Select } from '../../ui/select.tsx'
import { isWhole, OPERATIONS, writeCondition, type Operation } from './list-address.ts'
import type { AccountColumn } from './list-data.ts'

interface FilterBuilderProps {
  readonly columns: readonly AccountColumn[]
  readonly onAdd: (filter: string) => void
}

/** A condition on any column, put together from choices. */
export function FilterBuilder({ columns, onAdd }: FilterBuilderProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="Condition"
      open={open}
      onOpenChange={setOpen}
      className="w-[22rem] max-w-[calc(100vw-2rem)]"
      trigger={
        <Button>
          <ListFilter aria-hidden size={14} className="text-faint" /> Condition
        </Button>
      }
    >
      <ConditionForm
        columns={columns}
        onAdd={(filter) => {
          onAdd(filter)
          setOpen(false)
        }}
      />
    </Popover>
  )
}

/** The values that a column is known to take. */
function useValues(column: AccountColumn | undefined): readonly string[] {
  const dimensions = useDimensions().data ?? []
  return column?.choices ?? dimensions.find(({ id }) => id === column?.id)?.values ?? []
}

function ConditionForm({ columns, onAdd }: FilterBuilderProps) {
  const [id, setId] = useState<string | null>(null)
  const [chosen, setOperation] = useState<Operation | null>(null)
  const [value, setValue] = useState('')
  const column = columns.find((one) => one.id === id)
  const values = useValues(column)
  const operations = OPERATIONS[column?.kind ?? 'number']
  const operation = operations.find((one) => one.value === chosen)?.value ?? operations[0].value
  const ready = column !== undefined && (isWhole(operation) || value.trim() !== '')
  const add = (): void => {
    if (ready) onAdd(writeCondition(column.id, operation, column.unit === 'share' && /\d$/.test(value.trim()) ? `${value.trim()}%` : value))
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Combobox
        label="Column of the condition"
        placeholder="Metric, attribute, sign of health"
        value={id}
        choices={columns.map((one) => ({ value: one.id, label: one.name, says: one.says }))}
        onChange={(next) => {
          setId(next)
          setValue('')
        }}
      />
      <div className="flex gap-2">
        <Select<Operation> label="Compare" value={operation} choices={operations} onChange={setOperation} className="w-36" />
        {isWhole(operation) ? null : values.length > 0 ? (
          <Combobox
            label="Value"
            value={value === '' ? null : value}
            choices={values.map((one) => ({ value: one, label: formatDimensionValue(one) }))}
            onChange={setValue}
            className="min-w-0 flex-1"
          />
        ) : (
          <TextInput
            aria-label="Value"
            type={column?.kind === 'day' ? 'date' : 'text'}
            inputMode={column?.kind === 'number' ? 'decimal' : undefined}
            placeholder={column?.unit === 'share' ? 'Percent' : undefined}
            value={value}
            onChange={(event) => setValue(event.target.value)}
            className="flex-1"
          />
        )}
      </div>
      <Button type="submit" look="primary" disabled={!ready}>
        Add
      </Button>
    </form>
  )
}
