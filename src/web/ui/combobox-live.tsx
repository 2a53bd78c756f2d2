import { Combobox as Base } from '@base-ui/react/combobox'
import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { CHOICE, ChoiceLine, Tick } from './choice-line.tsx'
import { bestFirst } from './fit.ts'
import type { ComboboxProps } from './combobox.tsx'
import type { Wanted } from './loadable.tsx'
import type { Choice } from './select.tsx'

const OPENER = 'absolute top-0 right-0 flex h-8 w-7 items-center justify-center text-faint'

/** What is typed takes the place of the choice that stands there, until some of it has been typed. */
const selectWhole = (input: HTMLInputElement, chosen: Choice | null): void => {
  if (input.value === chosen?.label) input.select()
}

export default function LiveCombobox({
  label,
  value,
  choices,
  onChange,
  placeholder = 'Type to find',
  id,
  disabled = false,
  className = 'w-full',
  none = 'Nothing fits.',
  wanted = false,
}: ComboboxProps<string> & Wanted) {
  // Null while the choice that is in force stands in the box.
  const [typed, setTyped] = useState<string | null>(null)
  const chosen = choices.find((choice) => choice.value === value) ?? null
  return (
    <Base.Root<Choice>
      items={[...choices]}
      filteredItems={bestFirst(choices, typed ?? '', ({ label: name, value: id }) => [name, id])}
      autoHighlight
      defaultOpen={wanted}
      value={chosen}
      onValueChange={(next) => next !== null && onChange(next.value)}
      inputValue={typed ?? chosen?.label ?? ''}
      onInputValueChange={(text, { reason }) => setTyped(reason === 'input-change' ? text : null)}
      onOpenChange={(open) => !open && setTyped(null)}
      isItemEqualToValue={(a, b) => a.value === b.value}
      disabled={disabled}
    >
      <div className={`relative ${className}`}>
        <Base.Input
          id={id}
          aria-label={label}
          placeholder={placeholder}
          autoFocus={wanted}
          onFocus={(event) => selectWhole(event.currentTarget, chosen)}
          onBlur={() => setTyped(null)}
          onClick={(event) => selectWhole(event.currentTarget, chosen)}
          className="h-8 w-full rounded-md border border-edge bg-page pr-7 pl-2.5 placeholder:text-faint disabled:opacity-50"
        />
        <Base.Trigger aria-label={`Open the list of ${label.toLowerCase()}`} className={OPENER}>
          <ChevronsUpDown aria-hidden size={12} />
        </Base.Trigger>
      </div>
      <Choices none={none} />
    </Base.Root>
  )
}

function Choices({ none }: { readonly none: string }) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} collisionPadding={8} className="z-60 outline-none">
        <Base.Popup className="overlay max-h-[min(20rem,var(--available-height))] w-(--anchor-width) min-w-56 overflow-y-auto p-1">
          <Base.Empty>
            <div className="px-2 py-1.5 text-quiet">{none}</div>
          </Base.Empty>
          <Base.List>
            {(choice: Choice) => (
              <Base.Item key={choice.value} value={choice} className={CHOICE}>
                <ChoiceLine
                  tick={
                    <Base.ItemIndicator>
                      <Tick />
                    </Base.ItemIndicator>
                  }
                  label={choice.label}
                  says={choice.says}
                />
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}
