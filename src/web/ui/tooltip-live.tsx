import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import type { TooltipProps } from './tooltip.tsx'

export default function LiveTooltip({ says, children, side = 'top' }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children as ReactElement<Record<string, unknown>>} delay={250} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-60">
          <Base.Popup className="overlay max-w-72 px-2.5 py-1.5 text-sm text-ink transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {says}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
