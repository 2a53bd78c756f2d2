import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement } from 'react'
import type { PopoverProps } from './popover.tsx'

export default function LivePopover({ trigger, label, children, open, onOpenChange, align = 'start', className = 'w-80' }: PopoverProps) {
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
