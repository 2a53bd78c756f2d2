import { TextInput } from './field.tsx'
import { loadable } from './loadable.tsx'
import type { Choice } from './select.tsx'

export interface ComboboxProps<T extends string> {
  readonly label: string
  readonly value: T | null
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
  readonly placeholder?: string
  readonly id?: string
  readonly disabled?: boolean
  readonly className?: string
  /** Said when nothing fits what was typed. */
  readonly none?: string
}

const Live = loadable<ComboboxProps<string>>(
  () => import('./combobox-live.tsx').then((module) => module.default),
  ({ label, value, choices, id, disabled, placeholder = 'Type to find', className = 'w-full' }, onPress) => (
    <TextInput
      id={id}
      aria-label={label}
      placeholder={placeholder}
      readOnly
      disabled={disabled}
      value={choices.find((choice) => choice.value === value)?.label ?? ''}
      onClick={onPress}
      className={className}
    />
  ),
)

/** One of many, found by typing. */
export function Combobox<T extends string>(props: ComboboxProps<T>) {
  return <Live {...(props as unknown as ComboboxProps<string>)} />
}
