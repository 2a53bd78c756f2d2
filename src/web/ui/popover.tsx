import { lazy, type ReactElement, type ReactNode, Suspense } from 'react'

export interface PopoverProps {
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

const Live = lazy(() => import('./popover-live.tsx'))

/** A panel at a button, for choices that are more than a list. Until it is loaded the button stands there as it will. */
export function Popover(props: PopoverProps) {
  return (
    <Suspense fallback={props.trigger}>
      <Live {...props} />
    </Suspense>
  )
}
