import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { BANDS } from '../../kernel/words/health.ts'
import type { BandId } from '../../kernel/words/health.ts'

const COLOURS: Record<BandId, string> = { red: 'text-band-red', amber: 'text-band-amber', green: 'text-band-green', unknown: 'text-band-unknown' }

/** A shape of its own for each band, so that none is told by colour alone. */
const SHAPES: Record<BandId, ReactNode> = {
  red: <path d="M6 1.2 11.2 10.6H.8Z" fill="currentColor" />,
  amber: <path d="M6 .8 11.2 6 6 11.2.8 6Z" fill="currentColor" />,
  green: <circle cx="6" cy="6" r="4.8" fill="currentColor" />,
  unknown: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.2 1.5" />,
}

/** The shape of a band; the word stands beside it, or is read aloud. */
export function BandMark({ band, size = 10, label = false }: { readonly band: BandId; readonly size?: number; readonly label?: boolean }) {
  const title = BANDS[band].label
  return (
    <svg
      viewBox="0 0 12 12"
      width={size}
      height={size}
      className={clsx('shrink-0', COLOURS[band])}
      {...(label ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true })}
    >
      {label && <title>{title}</title>}
      {SHAPES[band]}
    </svg>
  )
}

/** How an account is: shape, score where there is one, and word. */
export function Band({ band, score, className }: { readonly band: BandId; readonly score?: number | null | undefined; readonly className?: string }) {
  const { label, says } = BANDS[band]
  return (
    <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap', className)} title={says}>
      <BandMark band={band} />
      {score !== undefined && score !== null && <span className="num">{Math.round(score)}</span>}
      <span className={score === undefined || score === null ? undefined : 'text-quiet'}>{label}</span>
    </span>
  )
}
