import type { ReactElement, ReactNode } from 'react'
import { loadable } from './loadable.tsx'

export interface TooltipProps {
  readonly says: ReactNode
  readonly children: ReactElement
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
}

/** Text beside what the pointer rests on or the focus is at. The child must be able to take focus. */
export const Tooltip = loadable<TooltipProps>(
  () => import('./tooltip-live.tsx').then((module) => module.default),
  ({ children }) => children,
)

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
