import type { ReactNode } from 'react'

/** A page under the header: `wide` takes the whole width, else lines stay readable. */
export function Page({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return <div className={`flex flex-col gap-8 px-4 pt-4 pb-16 md:px-6 ${wide ? '' : 'max-w-[72rem]'}`}>{children}</div>
}

interface SectionProps {
  readonly title: string
  /** One line that says what is shown. */
  readonly says?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
  /** The first of a page whose name stands nowhere else. */
  readonly isFirst?: boolean
}

export function Section({ title, says, actions, children, className = '', isFirst = false }: SectionProps) {
  const Heading = isFirst ? 'h1' : 'h2'
  return (
    <section aria-label={title} className={`flex min-w-0 flex-col gap-3 ${className}`}>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 pr-8">
          <Heading className="text-lg font-semibold">{title}</Heading>
          {says !== undefined && <p className="text-sm text-quiet">{says}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  )
}

/** Pairs of a name and a value, one a line. */
export function Facts({ items }: { readonly items: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,max-content)_1fr] gap-x-6 gap-y-1.5">
      {items.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
