import type { Result } from '../../contract/question.ts'
import { formatInterval, formatPeriod, formatValue } from '../format.ts'
import { flagWords } from '../../kernel/words/flags.ts'
import { reasonOf } from '../reason.ts'
import { ofWhat } from '../ui/metric.tsx'
import { type At, Readout, ReadoutLine } from './chart-svg.tsx'

export interface Series {
  readonly id: string
  readonly name: string
  /** One result a period, in order; all series have the same periods. */
  readonly results: readonly Result[]
}

const COLOURS = ['series-1', 'series-2', 'series-3'] as const
export const STROKE = ['stroke-series-1', 'stroke-series-2', 'stroke-series-3']
export const FILL = ['fill-series-1', 'fill-series-2', 'fill-series-3']
export const SHAPES = ['M-3.2,0A3.2,3.2,0,1,1,3.2,0A3.2,3.2,0,1,1,-3.2,0Z', 'M-3,-3H3V3H-3Z', 'M0,-3.8L3.6,2.6H-3.6Z']
export const valueText = (result: Result): string => (result.value === null ? '–' : formatValue(result.value, result.unit, result.currency))

export const intervalText = (result: Result | undefined): string | null =>
  result?.ci === null || result === undefined ? null : formatInterval(result.ci, result.unit, result.currency)

/** The names stand at the ends of their lines, pushed apart where they would meet. */
export function EndLabels({ series, y, x }: { readonly series: readonly Series[]; readonly y: (value: number) => number; readonly x: number }) {
  const ends = series
    .map((item, tone) => ({ item, tone, last: item.results.findLast((result) => result.value !== null) }))
    .flatMap(({ item, tone, last }) =>
      last?.value === null || last === undefined ? [] : [{ name: item.name, tone, text: valueText(last), at: y(last.value) }],
    )
    .sort((a, b) => a.at - b.at)
  ends.forEach((end, i) => {
    const above = ends[i - 1]
    if (above !== undefined && end.at - above.at < 28) end.at = above.at + 28
  })
  return (
    <g aria-hidden>
      {ends.map((end) => (
        <text key={end.name} x={x} y={end.at - 5} className={`${FILL[end.tone % FILL.length] ?? ''} text-sm font-medium`}>
          {end.name}
          <tspan x={x} dy={14} className="num fill-ink font-normal">
            {end.text}
          </tspan>
        </text>
      ))}
    </g>
  )
}

function Swatch({ tone }: { readonly tone: number }) {
  return (
    <svg width="10" height="10" viewBox="-5 -5 10 10" aria-hidden>
      <path d={SHAPES[tone % SHAPES.length]} style={{ fill: `var(--color-${COLOURS[tone % COLOURS.length] ?? ''})` }} />
    </svg>
  )
}

export function Legend({ series }: { readonly series: readonly Series[] }) {
  return (
    <div aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 pt-1 text-sm">
      {series.map((item, tone) => (
        <span key={item.id} className="inline-flex items-center gap-1.5">
          <Swatch tone={tone} />
          {item.name}
        </span>
      ))}
    </div>
  )
}

interface SeriesReadoutProps {
  readonly at: At
  readonly series: readonly Series[]
  readonly x: number
  readonly width: number
  readonly money: string | null
}

export function SeriesReadout({ at, series, x, width, money }: SeriesReadoutProps) {
  const first = series[at.row]?.results[at.column]
  if (first === undefined) return null
  return (
    <Readout x={x} y={4} width={width}>
      <p className="mb-1 font-medium">
        {formatPeriod(first.period)}
        {first.flags.map((flag) => ` · ${flagWords(flag).label}`)}
      </p>
      {series.map((item, tone) => {
        const result = item.results[at.column]
        if (result === undefined) return null
        return (
          <div key={item.id} className="mb-0.5">
            <ReadoutLine swatch={<Swatch tone={tone} />} name={item.name} value={valueText(result)} strong={tone === at.row} />
            <div className="num text-right text-xs text-faint">
              {result.value === null ? reasonOf(result) : [ofWhat(result, money), intervalText(result)].filter((text) => text !== null).join(' · ')}
            </div>
          </div>
        )
      })}
    </Readout>
  )
}
