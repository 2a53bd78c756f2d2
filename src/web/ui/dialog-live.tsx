import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { IconButton } from './button.tsx'
import type { DialogProps } from './dialog.tsx'

export default function LiveDialog({ open, onClose, title, says, children, actions, className = 'w-[30rem]' }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-shade transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={`overlay fixed top-[12dvh] left-1/2 z-50 flex max-h-[80dvh] max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col gap-3 p-5 outline-none transition-[opacity,translate] duration-150 ease-out data-ending-style:opacity-0 data-starting-style:-translate-y-2 data-starting-style:opacity-0 ${className}`}
        >
          <div className="flex items-start justify-between gap-4">
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            <Base.Close render={<IconButton label="Close" size="small" />}>
              <X aria-hidden size={14} />
            </Base.Close>
          </div>
          {says !== undefined && <Base.Description className="text-quiet">{says}</Base.Description>}
          {children !== undefined && <div className="min-h-0 overflow-y-auto">{children}</div>}
          {actions !== undefined && <div className="flex flex-wrap justify-end gap-2 pt-1">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
