import { BANDS } from '../../../kernel/words/health.ts'
import type { BandId } from '../../../kernel/words/health.ts'
import { BandMark } from '../../ui/band.tsx'

const FILLS: Record<BandId, string> = { red: 'bg-band-red', amber: 'bg-band-amber', green: 'bg-band-green', unknown: 'bg-band-unknown' }

interface BandBarProps {
  readonly parts: readonly { readonly band: BandId; readonly size: number; readonly says: string }[]
  /** Names each part below the bar. */
  readonly named?: boolean
}

/** How much of a whole is in each band: a bar, and each part by shape, word and number. */
export function BandBar({ parts, named = false }: BandBarProps) {
  const total = parts.reduce((sum, { size }) => sum + size, 0)
  const shown = parts.filter(({ size }) => size > 0)
  const says = shown.map((part) => `${BANDS[part.band].label} ${part.says}`).join(', ')
  return (
    <div className="flex flex-col gap-2">
      <div role="img" aria-label={says === '' ? 'Nobody' : says} title={says} className="flex h-2 w-full gap-px overflow-hidden rounded-sm bg-hover">
        {shown.map(({ band, size }) => (
          <span key={band} className={FILLS[band]} style={{ width: `${(100 * size) / total}%` }} />
        ))}
      </div>
      {named && (
        <ul className="flex flex-wrap gap-x-6 gap-y-1">
          {parts.map((part) => (
            <li key={part.band} className="flex items-center gap-1.5">
              <BandMark band={part.band} />
              <span className="text-quiet">{BANDS[part.band].label}</span>
              <span className="num">{part.says}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
