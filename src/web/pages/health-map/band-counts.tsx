import type { HealthMap } from '../../../contract/health-map.ts'
import { BANDS, BAND_IDS } from '../../../kernel/words/health.ts'
import type { BandId } from '../../../kernel/words/health.ts'
import { formatCount, formatMoney } from '../../format.ts'
import { BandMark } from '../../ui/band.tsx'
import { arrOf, partOf } from './map-data.ts'
import type { MapColumn } from './map-data.ts'

interface CountsProps {
  readonly map: HealthMap
  readonly columns: readonly MapColumn[]
  readonly currency: string
  readonly onPick: (column: MapColumn, band: BandId) => void
}

/** How many accounts, and what ARR, are of which band in each column: the map as numbers, each of which opens to its list. */
export function BandCounts({ map, columns, currency, onPick }: CountsProps) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[36rem] border-collapse">
        <caption className="sr-only">Accounts by band and input</caption>
        <thead>
          <tr className="border-b border-line text-sm text-quiet">
            <th scope="col" className="py-1.5 pr-3 font-normal">
              Band
            </th>
            {columns.map(({ id, name }) => (
              <th key={id} scope="col" className="px-3 py-1.5 text-right font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {BAND_IDS.map((band) => (
            <tr key={band} className="border-b border-line">
              <th scope="row" className="py-1.5 pr-3 font-normal whitespace-nowrap">
                <span className="inline-flex items-center gap-1.5">
                  <BandMark band={band} />
                  {BANDS[band].label}
                </span>
              </th>
              {columns.map((column) => {
                const places = partOf(map, column, band)
                return (
                  <td key={column.id} className="num px-3 py-1.5 text-right">
                    {places.length === 0 ? (
                      <span className="text-faint">0</span>
                    ) : (
                      <button
                        type="button"
                        className="text-accent hover:underline"
                        aria-label={`${formatCount(places.length)} ${BANDS[band].label}, ${column.name}: show them`}
                        onClick={() => onPick(column, band)}
                      >
                        {formatCount(places.length)}
                      </button>
                    )}
                    {column.id === 'score' && places.length > 0 && (
                      <span className="block text-sm text-quiet">{formatMoney(arrOf(map, places), currency, 0)}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
