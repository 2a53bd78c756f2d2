import { Dialog as Base } from '@base-ui/react/dialog'
import { ArrowLeft, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { IconButton } from './button.tsx'

interface DrawerProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  /** Steps back inside the drawer; without it there is no arrow. */
  readonly onBack?: (() => void) | undefined
  readonly children: ReactNode
  readonly actions?: ReactNode
}

const WIDE = '(min-width: 1024px)'
const subscribe = (listener: () => void): (() => void) => {
  const query = matchMedia(WIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
/** There is room for a drawer beside the page, which then stays in use. */
export const useWide = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches)

/** What had the focus when the drawer came gets it back when the drawer is gone, also when Back took it away. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof Element && before.isConnected)
        requestAnimationFrame(() => document.activeElement === document.body && (before as HTMLElement | SVGElement).focus())
    },
    [before],
  )
}

/** A panel from the right. On a wide screen the page beside it stays in use: the next number can be opened at once. */
export function Drawer({ open, onClose, title, onBack, children, actions }: DrawerProps) {
  const wide = useWide()
  const panel = useRef<HTMLDivElement>(null)
  useFocusBack()
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} modal={!wide} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup
          ref={panel}
          initialFocus={panel}
          className="fixed inset-y-0 right-0 z-40 flex w-full max-w-full flex-col border-l border-line bg-raised shadow-overlay outline-none transition-transform duration-180 ease-out data-ending-style:translate-x-full data-starting-style:translate-x-full sm:w-[42rem]"
        >
          <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-3">
            {onBack !== undefined && (
              <IconButton label="Back" onClick={onBack}>
                <ArrowLeft aria-hidden size={16} />
              </IconButton>
            )}
            <Base.Title className="min-w-0 flex-1 truncate px-1 text-lg font-semibold">{title}</Base.Title>
            {actions}
            <Base.Close render={<IconButton label="Close" />}>
              <X aria-hidden size={16} />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
