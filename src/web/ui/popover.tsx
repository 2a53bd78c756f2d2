import { cloneElement, type ReactElement, type ReactNode } from 'react'
import { loadable } from './loadable.tsx'

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<{ onClick?: () => void }>
  /** Names the panel for those who cannot see where it came from. */
  readonly label: string
  readonly children: ReactNode | ((close: () => void) => ReactNode)
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly align?: 'start' | 'center' | 'end'
  readonly className?: string
}

/**
 * A panel at a button, for choices that are more than a list. Until it is loaded the button stands there as it will, and a
 * press opens the panel when it comes.
 */
export const Popover = loadable<PopoverProps>(
  () => import('./popover-live.tsx').then((module) => module.default),
  ({ trigger, onOpenChange }, onPress) =>
    cloneElement(trigger, {
      onClick: () => {
        onPress()
        onOpenChange(true)
      },
    }),
)
