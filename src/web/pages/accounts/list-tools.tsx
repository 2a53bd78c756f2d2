import { X } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { FilterBuilder } from './filter-builder.tsx'
import { sayCondition, WHICH, type ListChoice } from './list-address.ts'
import type { AccountColumn } from './list-data.ts'
import { SegmentMenu } from './segment-menu.tsx'

interface ListToolsProps {
  readonly choice: ListChoice
  readonly onChange: (change: Partial<ListChoice>) => void
  /** All conditions of the list, those of the question among them. */
  readonly where: readonly string[]
  /** Shows another list, in the place of all filters. */
  readonly onOpen: (choice: Omit<ListChoice, 'find'>) => void
  readonly offered: { readonly columns: readonly AccountColumn[]; readonly usual: readonly string[] } | undefined
  readonly shown: readonly AccountColumn[]
}

/** Above the list: who is listed, what is looked for, which filters hold, which columns are shown. */
export function ListTools({ choice, onChange, where, onOpen, offered, shown }: ListToolsProps) {
  const nameOf = (id: string): string => [...shown, ...(offered?.columns ?? [])].find((column) => column.id === id)?.name ?? id
  return (
    <div className="flex flex-wrap items-center gap-2">
      <TextInput
        type="search"
        aria-label="Find an account"
        placeholder="Name or ID"
        value={choice.find}
        onChange={(event) => onChange({ find: event.target.value })}
        className="max-w-56 max-sm:max-w-full"
      />
      <Segmented label="Which accounts" value={choice.which} choices={WHICH} onChange={(which) => onChange({ which })} />
      {choice.filters.map((filter) => (
        <span key={filter} className="inline-flex h-8 max-w-full items-center rounded-md bg-accent-soft pl-2.5">
          <span className="truncate">{sayCondition(filter, nameOf)}</span>
          <IconButton
            label={`Remove the filter ${sayCondition(filter, nameOf)}`}
            size="small"
            className="mx-1"
            onClick={() => onChange({ filters: choice.filters.filter((one) => one !== filter) })}
          >
            <X aria-hidden size={12} />
          </IconButton>
        </span>
      ))}
      <FilterBuilder columns={offered?.columns ?? []} onAdd={(filter) => onChange({ filters: [...choice.filters.filter((one) => one !== filter), filter] })} />
      <span className="ml-auto" />
      <SegmentMenu choice={choice} where={where} onOpen={onOpen} />
      <ColumnChooser offered={offered} shown={shown} onChange={(columns) => onChange({ columns })} />
    </div>
  )
}
