import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

interface FieldProps {
  readonly label: string
  readonly says?: ReactNode
  readonly error?: string | undefined
  /** Gets the id to put on the control, and the id of its description. */
  readonly children: (control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode
  readonly className?: string
}

/** A control with its label, its explanation and what is wrong with it. */
export function Field({ label, says, error, children, className }: FieldProps) {
  const id = useId()
  const described = error !== undefined || says !== undefined ? `${id}-says` : undefined
  return (
    <div className={clsx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error === undefined ? undefined : true })}
      {described !== undefined && (
        <p id={described} className={clsx('text-sm', error === undefined ? 'text-quiet' : 'text-alarm')}>
          {error ?? says}
        </p>
      )}
    </div>
  )
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      type="text"
      autoComplete="off"
      {...rest}
      className={clsx('h-8 w-full min-w-0 rounded-md border border-edge bg-page px-2.5 aria-invalid:border-alarm disabled:opacity-50', className)}
    />
  )
}

/** A native box: it is what every reader and keyboard already knows. */
export function Checkbox({ label, className, ...rest }: Omit<ComponentProps<'input'>, 'type'> & { readonly label: ReactNode }) {
  return (
    <label className={clsx('flex items-center gap-2', className)}>
      <input type="checkbox" {...rest} className="size-3.5 accent-accent" />
      <span className="min-w-0">{label}</span>
    </label>
  )
}
