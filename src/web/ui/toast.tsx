import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { toFailure } from '../api.ts'
import { Button, IconButton } from './button.tsx'

interface Toast {
  readonly id: number
  readonly title: string
  readonly says?: string
  readonly action?: { readonly label: string; readonly onSelect: () => void }
  readonly tone: 'plain' | 'alarm'
}

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()
const change = (next: readonly Toast[]): void => {
  toasts = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const dismiss = (id: number): void => change(toasts.filter((toast) => toast.id !== id))

/** A short note that something was done, with the way to undo it. Errors stay until they are dismissed. */
export function showToast(toast: { title: string; says?: string; action?: Toast['action'] }): void {
  const id = nextId++
  change([...toasts, { ...toast, id, tone: 'plain' }])
  setTimeout(() => dismiss(id), toast.action === undefined ? 6_000 : 12_000)
}

export function showFailure(error: unknown): void {
  const failure = toFailure(error)
  change([...toasts, { id: nextId++, title: failure.message, says: failure.cure, tone: 'alarm' }])
}

/** Stands once in the frame of the app. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div
      role="region"
      aria-label="Notes"
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-20 z-70 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2 md:bottom-4"
    >
      {shown.map((toast) => (
        <div key={toast.id} className={`overlay pointer-events-auto flex items-start gap-2 p-3 ${toast.tone === 'alarm' ? 'border-alarm!' : ''}`}>
          <div className="min-w-0 flex-1">
            <p className="font-medium">{toast.title}</p>
            {toast.says !== undefined && <p className="text-quiet">{toast.says}</p>}
          </div>
          {toast.action !== undefined && (
            <Button
              size="small"
              onClick={() => {
                toast.action?.onSelect()
                dismiss(toast.id)
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton label="Dismiss" size="small" onClick={() => dismiss(toast.id)}>
            <X aria-hidden size={12} />
          </IconButton>
        </div>
      ))}
    </div>
  )
}
