import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  /** Names the panel for those who cannot see where it came from. */
  readonly label: string
  readonly children: ReactNode | ((close: () => void) => ReactNode)
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly align?: 'start' | 'center' | 'end'
  readonly className?: string
}

/** A panel at a button, for choices that are more than a list. */
export function Popover({ trigger, label, children, open, onOpenChange, align = 'start', className = 'w-80' }: PopoverProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner side="bottom" align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            aria-label={label}
            className={`overlay max-h-(--available-height) max-w-(--available-width) origin-(--transform-origin) overflow-y-auto p-3 transition-[opacity,scale] duration-120 ease-out outline-none data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 ${className}`}
          >
            {typeof children === 'function' ? children(() => onOpenChange(false)) : children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
