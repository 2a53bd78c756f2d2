import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { buttonClass } from './button.tsx'
import type { SelectProps } from './select.tsx'

export default function LiveSelect({ label, value, choices, onChange, prefix, size = 'normal', disabled = false, id, className }: SelectProps<string>) {
  const chosen = choices.find((choice) => choice.value === value)
  return (
    <Base.Root value={value} onValueChange={(next) => next !== null && onChange(next)} disabled={disabled} items={choices.map(({ value: item, label: text }) => ({ value: item, label: text }))}>
      <Base.Trigger id={id} aria-label={`${label}: ${chosen?.label ?? value}`} className={buttonClass('plain', size, `justify-between font-normal ${className ?? ''}`)}>
        <span className="truncate">
          {prefix !== undefined && <span className="text-quiet">{prefix} </span>}
          <Base.Value>{() => chosen?.label ?? value}</Base.Value>
        </span>
        <ChevronsUpDown aria-hidden size={12} className="text-faint" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} collisionPadding={8} className="z-60 outline-none">
          <Base.Popup className="overlay max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1 transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Base.List>
              {choices.map((choice) => (
                <Base.Item key={choice.value} value={choice.value} className="flex max-w-96 items-start gap-2 rounded-md px-2 py-1.5 outline-none select-none data-highlighted:bg-hover">
                  <span className="mt-1 w-3 shrink-0">
                    <Base.ItemIndicator>
                      <Check aria-hidden size={12} className="text-accent" />
                    </Base.ItemIndicator>
                  </span>
                  <span>
                    <Base.ItemText>{choice.label}</Base.ItemText>
                    {choice.says !== undefined && <span className="block text-sm text-quiet">{choice.says}</span>}
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
