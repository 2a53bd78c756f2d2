import type { ReactNode } from 'react'

/** Says what would be here, and offers the one step that fills it. */
export function EmptyState({ title, children, actions }: { readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 py-10">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children !== undefined && <div className="max-w-[60ch] text-quiet">{children}</div>}
      {actions !== undefined && <div className="flex flex-wrap gap-2 pt-1">{actions}</div>}
    </div>
  )
}
