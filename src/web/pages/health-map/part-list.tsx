import type { HealthMap } from '../../../contract/health-map.ts'
import { counted, formatMoney } from '../../format.ts'
import { Band } from '../../ui/band.tsx'
import { Button } from '../../ui/button.tsx'
import { arrOf } from './map-data.ts'
import type { Part } from './map-data.ts'

/** Rows that are listed at once; the map itself shows all. */
const SHOWN = 200

interface PartProps {
  readonly map: HealthMap
  readonly part: Part
  readonly currency: string
  readonly onAccount: (id: string) => void
  readonly onClose: () => void
}

/** The accounts behind a part of the map, the highest ARR first. */
export function PartList({ map, part: { label, places }, currency, onAccount, onClose }: PartProps) {
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="font-medium">
          {label}{' '}
          <span className="num font-normal text-quiet">{`${counted(places.length, 'account')}, ${formatMoney(arrOf(map, places), currency, 0)} ARR`}</span>
        </h3>
        <Button onClick={onClose}>Close list</Button>
      </div>
      <ul className="grid gap-x-6 md:grid-cols-2">
        {places.slice(0, SHOWN).map((place) => (
          <li key={map.account_id[place]} className="flex items-center gap-3 border-b border-line py-1">
            <button
              type="button"
              className="min-w-0 flex-1 truncate text-left text-accent hover:underline"
              onClick={() => onAccount(map.account_id[place] ?? '')}
            >
              {map.name[place]}
            </button>
            <span className="num text-quiet">{formatMoney(map.arr[place] ?? 0, currency, 0)}</span>
            <Band band={map.band[place] ?? 'unknown'} score={map.score[place] ?? null} className="w-28" />
          </li>
        ))}
      </ul>
      {places.length > SHOWN && <p className="num text-sm text-quiet">{`The first ${SHOWN} by ARR; ${counted(places.length - SHOWN, 'more')}.`}</p>}
    </section>
  )
}
