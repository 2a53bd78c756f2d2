import { ChevronsUpDown } from 'lucide-react'
import { buttonClass } from './button.tsx'
import { loadable } from './loadable.tsx'

export interface Choice<T extends string = string> {
  readonly value: T
  readonly label: string
  /** A second line that says what choosing it means. */
  readonly says?: string
}

export interface SelectProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
  /** Shows the label inside the button: "By segment". */
  readonly prefix?: string
  readonly size?: 'normal' | 'small'
  readonly disabled?: boolean
  readonly id?: string
  readonly className?: string
}

/** The same button while the list is still on its way: nothing jumps, and a press opens the list when it is there. */
function SelectLook<T extends string>({
  label,
  value,
  choices,
  prefix,
  size = 'normal',
  disabled = false,
  id,
  className,
  onPress,
}: SelectProps<T> & { readonly onPress: () => void }) {
  const text = choices.find((choice) => choice.value === value)?.label ?? value
  return (
    <button
      type="button"
      id={id}
      aria-haspopup="listbox"
      aria-label={`${label}: ${text}`}
      disabled={disabled}
      onClick={onPress}
      className={buttonClass('plain', size, `justify-between font-normal ${className ?? ''}`)}
    >
      <span className="truncate">
        {prefix !== undefined && <span className="text-quiet">{prefix} </span>}
        {text}
      </span>
      <ChevronsUpDown aria-hidden size={12} className="text-faint" />
    </button>
  )
}

const Live = loadable<SelectProps<string>>(
  () => import('./select-live.tsx').then((module) => module.default),
  (props, onPress) => <SelectLook {...props} onPress={onPress} />,
)

/** One of a few. For more than about fifteen, or where typing is quicker, use `Combobox`. */
export function Select<T extends string>(props: SelectProps<T>) {
  return <Live {...(props as unknown as SelectProps<string>)} />
}
