import { type ReactNode, useRef } from 'react'
import { loadable } from './loadable.tsx'

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

const Live = loadable<DialogProps>(() => import('./dialog-live.tsx').then((module) => module.default))

/** A question that must be answered before going on. What can be undone needs none. */
export function Dialog(props: DialogProps) {
  const opened = useRef(false)
  if (props.open) opened.current = true
  return opened.current ? <Live {...props} /> : null
}
