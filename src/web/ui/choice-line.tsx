import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

export const CHOICE = 'flex max-w-96 items-start gap-2 rounded-md px-2 py-1.5 outline-none select-none data-highlighted:bg-hover'
export const Tick = () => <Check aria-hidden size={12} className="text-accent" />

/** A choice in a list: a tick, a label, and what choosing it means. */
export function ChoiceLine({ tick, label, says }: { readonly tick: ReactNode; readonly label: ReactNode; readonly says: string | undefined }) {
  return (
    <>
      <span className="mt-1 w-3 shrink-0">{tick}</span>
      <span>
        {label}
        {says !== undefined && <span className="block text-sm text-quiet">{says}</span>}
      </span>
    </>
  )
}
