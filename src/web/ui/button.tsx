import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'
type Size = 'normal' | 'small' | 'large'

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  plain: 'border border-line bg-page text-ink hover:bg-hover data-popup-open:bg-hover',
  quiet: 'text-quiet hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink',
  danger: 'border border-line text-alarm hover:bg-alarm-soft',
}
const SIZES: Record<Size, string> = { small: 'h-6 px-2 text-sm gap-1', normal: 'h-8 px-3 gap-1.5', large: 'h-10 px-4 text-lg gap-2' }

/** The looks of a button, for links that lead where a button would act. */
export const buttonClass = (look: Look = 'plain', size: Size = 'normal', extra?: string): string =>
  clsx(
    'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none transition-colors duration-120',
    'disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50',
    LOOKS[look],
    SIZES[size],
    extra,
  )

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: Look
  readonly size?: Size
  /** Work is going on: the button keeps its width and cannot be pressed again. */
  readonly busy?: boolean
}

export function Button({ look = 'plain', size = 'normal', busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} disabled={disabled === true || busy} aria-busy={busy || undefined} className={buttonClass(look, size, className)}>
      {busy && <span aria-hidden className="size-3 animate-spin rounded-full border-2 border-current border-t-transparent" />}
      {children}
    </button>
  )
}

interface IconButtonProps extends ButtonProps {
  /** Read aloud, and shown when the pointer rests. */
  readonly label: string
}

export function IconButton({ label, children, look = 'quiet', size = 'normal', className, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      look={look}
      size={size}
      aria-label={label}
      title={label}
      className={clsx(size === 'small' ? 'w-6' : size === 'large' ? 'w-10' : 'w-8', 'px-0!', className)}
    >
      {children}
    </Button>
  )
}
