import { type KeyboardEvent, useRef, useState } from 'react'
import { formatCount, formatPiece, formatReason, formatShort, formatValue } from '../format.ts'

export interface Cohort {
  readonly period: { readonly from: string; readonly until: string; readonly label: string }
  readonly base: number
  readonly cells: readonly { readonly age: number; readonly kept: number | null; readonly share: number | null; readonly null_reason: string | null }[]
}

interface CohortGridProps {
  readonly name: string
  readonly cohorts: readonly Cohort[]
  readonly of: 'customers' | 'mrr'
  readonly currency: string
  readonly onOpen: (cohort: Cohort, age: number) => void
}

/** Up to 100 % in strength of the accent; above it, more than was there at first, in the colour of gains. */
function heat(share: number): string {
  const strength = Math.round(Math.min(1, Math.max(0, share)) * 46)
  return share > 1.0005 ? `color-mix(in oklab, var(--color-good) ${Math.min(46, 20 + Math.round((share - 1) * 60))}%, var(--color-page))` : `color-mix(in oklab, var(--color-accent) ${strength}%, var(--color-page))`
}

const shownCells = (cohort: Cohort | undefined) => cohort?.cells.filter((cell) => cell.null_reason !== 'not_matured') ?? []

/** Cohorts by the period they came in, ages across. A table that is also a picture: each cell says its share and opens. */
export function CohortGrid({ name, cohorts, of, currency, onOpen }: CohortGridProps) {
  const ages = [...new Set(cohorts.flatMap((cohort) => shownCells(cohort).map((cell) => cell.age)))].sort((a, b) => a - b)
  const body = useRef<HTMLTableSectionElement>(null)
  const [stop, setStop] = useState('0,0')
  const [stopRow = 0, stopColumn = 0] = stop.split(',').map(Number)
  const focused = shownCells(cohorts[stopRow])[stopColumn] === undefined ? `${cohorts.findIndex((cohort) => shownCells(cohort).length > 0)},0` : stop
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, [number, number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const [row = 0, column = 0] = focused.split(',').map(Number)
    body.current?.querySelector<HTMLElement>(`[data-cell="${row + step[0]},${column + step[1]}"]`)?.focus()
  }
  return (
    <div className="overflow-x-auto" role="region" aria-label={`${name}, as a grid`} tabIndex={focused.startsWith('-') ? 0 : undefined}>
      <table data-chart className="border-separate border-spacing-px text-sm">
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 z-10 bg-page py-1 pr-3 whitespace-nowrap text-quiet">New in</th>
            <th scope="col" className="py-1 pr-3 text-right! whitespace-nowrap text-quiet">{of === 'mrr' ? 'New MRR' : 'Customers'}</th>
            {ages.map((age) => (
              <th key={age} scope="col" className="num min-w-11 py-1 text-center! font-normal text-faint" title={`${age} month${age === 1 ? '' : 's'} after each came in`}>
                {age}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {cohorts.map((cohort, row) => (
            <tr key={cohort.period.label}>
              <th scope="row" className="sticky left-0 z-10 h-7 bg-page pr-3 font-normal whitespace-nowrap">{formatPiece(cohort.period, true)}</th>
              <td className="num pr-3 text-right text-quiet">{of === 'mrr' ? formatShort(cohort.base, 'money', currency) : formatCount(cohort.base)}</td>
              {shownCells(cohort).map((cell, column) => (
                <td key={cell.age} className="p-0">
                  <button
                    type="button"
                    data-cell={`${row},${column}`}
                    tabIndex={focused === `${row},${column}` ? 0 : -1}
                    onFocus={() => setStop(`${row},${column}`)}
                    onClick={() => onOpen(cohort, cell.age)}
                    className="num h-7 w-full min-w-11 rounded-xs px-1 text-center hover:outline hover:outline-edge"
                    style={cell.share === null ? undefined : { background: heat(cell.share) }}
                    title={
                      cell.share === null
                        ? formatReason(cell.null_reason)
                        : `${formatPiece(cohort.period, true)}, after ${cell.age} months: ${of === 'mrr' ? `${formatValue(cell.kept ?? 0, 'money', currency)} of ${formatValue(cohort.base, 'money', currency)}` : `${formatCount(cell.kept ?? 0)} of ${formatCount(cohort.base)}`}`
                    }
                  >
                    {cell.share === null ? <span className="text-faint">–</span> : Math.round(cell.share * 100)}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
