import { Columns3, ArrowUp, X } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox, TextInput } from '../../ui/field.tsx'
import { bestFirst } from '../../ui/fit.ts'
import { Popover } from '../../ui/popover.tsx'
import type { AccountColumn } from './list-data.ts'

interface ColumnChooserProps {
  readonly offered: { readonly columns: readonly AccountColumn[]; readonly usual: readonly string[] } | undefined
  readonly shown: readonly AccountColumn[]
  /** None: the usual ones. */
  readonly onChange: (columns: string[]) => void
}

const GROUPS = [
  { of: 'health', name: 'Health' },
  { of: 'account', name: 'Account' },
  { of: 'attribute', name: 'Attributes' },
  { of: 'metric', name: 'Metrics' },
] as const

/** Which columns are shown, and in which order. */
export function ColumnChooser(props: ColumnChooserProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="Columns of the list"
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-80 max-w-[calc(100vw-2rem)]"
      trigger={
        <Button>
          <Columns3 aria-hidden size={14} className="text-faint" /> Columns
        </Button>
      }
    >
      <Choices {...props} />
    </Popover>
  )
}

function Choices({ offered, shown, onChange }: ColumnChooserProps) {
  const [text, setText] = useState('')
  const ids = shown.map(({ id }) => id)
  const others = (offered?.columns ?? []).filter(({ id }) => !ids.includes(id) && id !== 'name')
  const fitting = text.trim() === '' ? others : bestFirst(others, text, ({ name, id }) => [name, id])
  const add = (id: string): void => {
    onChange([...ids, id])
    setText('')
  }
  return (
    <div className="flex flex-col gap-2">
      <TextInput
        type="search"
        aria-label="Find a column"
        placeholder="Find a metric or attribute"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex max-h-96 flex-col gap-3 overflow-y-auto p-0.5">
        {text.trim() === '' && (
          <Group name="Shown">
            {shown.map((column, at) => (
              <div key={column.id} className="flex items-center gap-1">
                <span className="min-w-0 flex-1 truncate">{column.name}</span>
                <IconButton
                  label={`Move ${column.name} up`}
                  size="small"
                  disabled={at === 0}
                  onClick={() => onChange(ids.with(at, ids[at - 1] ?? '').with(at - 1, column.id))}
                >
                  <ArrowUp aria-hidden size={12} />
                </IconButton>
                <IconButton
                  label={`Hide ${column.name}`}
                  size="small"
                  disabled={ids.length === 1}
                  onClick={() => onChange(ids.filter((id) => id !== column.id))}
                >
                  <X aria-hidden size={12} />
                </IconButton>
              </div>
            ))}
          </Group>
        )}
        {GROUPS.map(({ of, name }) => {
          const some = fitting.filter((column) => column.of === of)
          return some.length === 0 ? null : (
            <Group key={of} name={name}>
              {some.map((column) => (
                <Checkbox key={column.id} label={<span title={column.says}>{column.name}</span>} checked={false} onChange={() => add(column.id)} />
              ))}
            </Group>
          )
        })}
        {fitting.length === 0 && <p className="text-quiet">Nothing fits.</p>}
      </div>
      <Button size="small" look="quiet" onClick={() => onChange([])}>
        Show the usual columns
      </Button>
    </div>
  )
}

function Group({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div role="group" aria-label={name} className="flex flex-col gap-1.5">
      <p className="text-sm text-quiet">{name}</p>
      {children}
    </div>
  )
}
