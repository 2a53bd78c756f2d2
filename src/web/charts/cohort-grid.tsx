import { type KeyboardEvent, useRef, useState } from 'react'
import { formatCount, formatShortPeriod, formatShort, formatValue } from '../format.ts'
import { reasonWords } from '../../kernel/words/reasons.ts'
import type { Cohort } from '../../contract/question.ts'
import type { ChartTable } from './figure.tsx'

interface CohortGridProps {
  readonly name: string
  readonly cohorts: readonly Cohort[]
  readonly of: 'customers' | 'mrr'
  readonly currency: string
  /** Of the ages. */
  readonly unit?: 'months' | 'days'
  /** What the first column counts. */
  readonly base?: string
  readonly onOpen: (cohort: Cohort, age: number) => void
}

/** The same cohorts as rows, ages across. */
export function cohortTable(cohorts: readonly Cohort[], base: string, unit: 'months' | 'days'): ChartTable {
  const ages = [...new Set(cohorts.flatMap((cohort) => cohort.cells.map((cell) => cell.age)))].sort((a, b) => a - b)
  return {
    columns: ['Cohort', base, ...ages.map((age) => `After ${age} ${unit}`)],
    rows: cohorts.map((cohort) => [
      formatShortPeriod(cohort.period, true),
      cohort.base,
      ...ages.map((age) => cohort.cells.find((cell) => cell.age === age)?.share ?? null),
    ]),
  }
}

/** Up to 100 % in strength of the accent; above it, more than was there at first, in the colour of gains. */
function heat(share: number): string {
  const strength = Math.round(Math.min(1, Math.max(0, share)) * 46)
  return share > 1.0005
    ? `color-mix(in oklab, var(--color-good) ${Math.min(46, 20 + Math.round((share - 1) * 60))}%, var(--color-page))`
    : `color-mix(in oklab, var(--color-accent) ${strength}%, var(--color-page))`
}

type Cell = Cohort['cells'][number]
const shownCells = (cohort: Cohort | undefined) => cohort?.cells.filter((cell) => cell.null_reason !== 'not_matured') ?? []

const ARROWS: Record<string, readonly [down: number, right: number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

/** One stop of the Tab key for the grid; the arrow keys walk over its cells. */
function useCells(cohorts: readonly Cohort[]) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [[row, column], setStop] = useState<readonly [row: number, column: number]>([0, 0])
  const there = shownCells(cohorts[row])[column] !== undefined
  const stop = there ? ([row, column] as const) : ([cohorts.findIndex((cohort) => shownCells(cohort).length > 0), 0] as const)
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = ARROWS[event.key]
    if (step === undefined) return
    event.preventDefault()
    body.current?.querySelector<HTMLElement>(`[data-cell="${stop[0] + step[0]},${stop[1] + step[1]}"]`)?.focus()
  }
  return { body, stop, setStop, onKeyDown }
}

/** Cohorts by the period they came in, ages across. A table that is also a picture: each cell says its share and opens. */
export function CohortGrid({ name, cohorts, of, currency, unit = 'months', base = of === 'mrr' ? 'New MRR' : 'Customers', onOpen }: CohortGridProps) {
  const ages = [...new Set(cohorts.flatMap((cohort) => shownCells(cohort).map((cell) => cell.age)))].sort((a, b) => a - b)
  const { body, stop, setStop, onKeyDown } = useCells(cohorts)
  const amount = (value: number, short = false): string =>
    of === 'customers' ? formatCount(value) : short ? formatShort(value, 'money', currency) : formatValue(value, 'money', currency)
  const saysOf = (cohort: Cohort, cell: Cell): string =>
    cell.share === null
      ? reasonWords(cell.null_reason)
      : `${formatShortPeriod(cohort.period, true)}, after ${cell.age} ${unit}: ${amount(cell.kept ?? 0)} of ${amount(cohort.base)}`
  return (
    <div className="overflow-x-auto" role="region" aria-label={`${name}, as a grid`} tabIndex={stop[0] === -1 ? 0 : undefined}>
      <table data-chart className="border-separate border-spacing-px text-sm">
        <Ages ages={ages} base={base} unit={unit} />
        <tbody ref={body} onKeyDown={onKeyDown}>
          {cohorts.map((cohort, row) => (
            <tr key={cohort.period.label}>
              <th scope="row" className="sticky left-0 z-10 h-7 bg-page pr-3 font-normal whitespace-nowrap">
                {formatShortPeriod(cohort.period, true)}
              </th>
              <td className="num pr-3 text-right text-quiet">{amount(cohort.base, true)}</td>
              {shownCells(cohort).map((cell, column) => (
                <td key={cell.age} className="p-0">
                  <button
                    type="button"
                    data-cell={`${row},${column}`}
                    tabIndex={stop[0] === row && stop[1] === column ? 0 : -1}
                    onFocus={() => setStop([row, column])}
                    onClick={() => onOpen(cohort, cell.age)}
                    className="num h-7 w-full min-w-11 rounded-xs px-1 text-center hover:outline hover:outline-edge"
                    style={cell.share === null ? undefined : { background: heat(cell.share) }}
                    title={saysOf(cohort, cell)}
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

function Ages({ ages, base, unit }: { readonly ages: readonly number[]; readonly base: string; readonly unit: 'months' | 'days' }) {
  return (
    <thead>
      <tr>
        <th scope="col" className="sticky left-0 z-10 bg-page py-1 pr-3 whitespace-nowrap text-quiet">
          Began in
        </th>
        <th scope="col" className="py-1 pr-3 text-right! whitespace-nowrap text-quiet">
          {base}
        </th>
        {ages.map((age) => (
          <th
            key={age}
            scope="col"
            className="num min-w-11 py-1 text-center! font-normal text-faint"
            title={`${age} ${age === 1 ? unit.slice(0, -1) : unit} after each began`}
          >
            {age}
          </th>
        ))}
      </tr>
    </thead>
  )
}
