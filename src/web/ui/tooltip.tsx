import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

/** Text beside what the pointer rests on or the focus is at. The child must be able to take focus. */
export function Tooltip({ says, children, side = 'top' }: { readonly says: ReactNode; readonly children: ReactElement; readonly side?: 'top' | 'bottom' | 'left' | 'right' }) {
  return (
    <Base.Root>
      <Base.Trigger render={children as ReactElement<Record<string, unknown>>} delay={250} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-60">
          <Base.Popup className="overlay max-w-72 px-2.5 py-1.5 text-sm text-ink transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0">{says}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** A short text that explains itself when pointed at, focused or tapped. */
export function Hint({ says, children, className }: { readonly says: ReactNode; readonly children: ReactNode; readonly className?: string }) {
  return (
    <Tooltip says={says}>
      <button type="button" className={className ?? 'underline decoration-dotted decoration-edge underline-offset-3'}>
        {children}
      </button>
    </Tooltip>
  )
}
