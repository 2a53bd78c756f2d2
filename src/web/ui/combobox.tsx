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
  ({ className = 'w-full' }) => <div className={`h-8 rounded-md border border-edge ${className}`} />,
)

/** One of many, found by typing. */
export function Combobox<T extends string>(props: ComboboxProps<T>) {
  return <Live {...(props as unknown as ComboboxProps<string>)} />
}
