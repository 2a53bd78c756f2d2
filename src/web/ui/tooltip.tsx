import { lazy, type ReactElement, type ReactNode, Suspense } from 'react'

export interface TooltipProps {
  readonly says: ReactNode
  readonly children: ReactElement
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
}

const Live = lazy(() => import('./tooltip-live.tsx'))

/** Text beside what the pointer rests on or the focus is at. The child must be able to take focus. */
export function Tooltip(props: TooltipProps) {
  return (
    <Suspense fallback={props.children}>
      <Live {...props} />
    </Suspense>
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
