import { lazy, type ReactNode, Suspense, useRef } from 'react'

export interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly says?: ReactNode
  readonly children?: ReactNode
  /** Buttons, the one that acts last. */
  readonly actions?: ReactNode
  readonly className?: string
}

const Live = lazy(() => import('./dialog-live.tsx'))

/** A question that must be answered before going on. What can be undone needs none. */
export function Dialog(props: DialogProps) {
  const opened = useRef(false)
  if (props.open) opened.current = true
  return opened.current ? (
    <Suspense>
      <Live {...props} />
    </Suspense>
  ) : null
}
