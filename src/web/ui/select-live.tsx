import { Select as Base } from '@base-ui/react/select'
import { ChevronsUpDown } from 'lucide-react'
import { buttonClass } from './button.tsx'
import { CHOICE, ChoiceLine, Tick } from './choice-line.tsx'
import type { Wanted } from './loadable.tsx'
import type { SelectProps } from './select.tsx'

export default function LiveSelect({
  label,
  value,
  choices,
  onChange,
  prefix,
  size = 'normal',
  disabled = false,
  id,
  className,
  wanted = false,
}: SelectProps<string> & Wanted) {
  const chosen = choices.find((choice) => choice.value === value)
  return (
    <Base.Root
      defaultOpen={wanted}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={disabled}
      items={choices.map(({ value: item, label: text }) => ({ value: item, label: text }))}
    >
      <Base.Trigger
        id={id}
        aria-label={`${label}: ${chosen?.label ?? value}`}
        className={buttonClass('plain', size, `justify-between font-normal ${className ?? ''}`)}
      >
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
                <Base.Item key={choice.value} value={choice.value} className={CHOICE}>
                  <ChoiceLine
                    tick={
                      <Base.ItemIndicator>
                        <Tick />
                      </Base.ItemIndicator>
                    }
                    label={<Base.ItemText>{choice.label}</Base.ItemText>}
                    says={choice.says}
                  />
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
