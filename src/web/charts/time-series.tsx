import { extent } from 'd3-array'
import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line } from 'd3-shape'
import { useId } from 'react'
import type { Result } from '../../contract/question.ts'
import { formatFlag, formatInterval, formatPeriod, formatPiece, formatReason, formatShort, formatValue } from '../format.ts'
import { ofWhat } from '../ui/metric.tsx'
import { PeriodAxis, ValueAxis } from './axes.tsx'
import { Figure } from './figure.tsx'
import { type At, Readout, ReadoutLine, useMarks } from './marks.tsx'

export interface Series {
  readonly id: string
  readonly name: string
  /** One result a period, in order; all series have the same periods. */
  readonly results: readonly Result[]
}

interface TimeSeriesProps {
  readonly name: string
  readonly series: readonly Series[]
  readonly onOpen: (series: Series, result: Result) => void
  readonly height?: number
  /** A value that means something, drawn as a line: 1 for shares. */
  readonly base?: number
  /** Currency of the amounts that a share divides. */
  readonly money?: string | null
}

const COLOURS = ['series-1', 'series-2', 'series-3'] as const
const STROKE = ['stroke-series-1', 'stroke-series-2', 'stroke-series-3']
const FILL = ['fill-series-1', 'fill-series-2', 'fill-series-3']
const SHAPES = ['M-3.2,0A3.2,3.2,0,1,1,3.2,0A3.2,3.2,0,1,1,-3.2,0Z', 'M-3,-3H3V3H-3Z', 'M0,-3.8L3.6,2.6H-3.6Z']
const TOP = 10
const BOTTOM = 22

const valueText = (result: Result): string => (result.value === null ? '–' : formatValue(result.value, result.unit, result.currency))

function sentenceOf(name: string, series: readonly Series[]): string {
  return `${name}. ${series
    .map(({ name: label, results }) => {
      const known = results.filter((result) => result.value !== null)
      const [first, last] = [known[0], known.at(-1)]
      return first === undefined || last === undefined ? `${label}: no values` : `${label} goes from ${valueText(first)} in ${formatPeriod(first.period)} to ${valueText(last)} in ${formatPeriod(last.period)}`
    })
    .join('; ')}.`
}

function domainOf(series: readonly Series[], base: number | undefined): [number, number] {
  const values = series.flatMap(({ results }) => results.flatMap((result) => (result.value === null ? [] : [result.value])))
  const [low = 0, high = 1] = extent([...values, ...(base === undefined ? [] : [base])])
  // An interval from few accounts may be wider than everything else: it may widen the picture by half, not flatten it.
  const slack = Math.max((high - low) * 0.5, Math.abs(high) * 0.02, 1e-9)
  const bounds = series.flatMap(({ results }) => results.flatMap((result) => result.ci ?? []))
  return [Math.max(Math.min(low, ...bounds), low - slack), Math.min(Math.max(high, ...bounds), high + slack)]
}

/** Lines over periods: bands for intervals, gaps where there is no value, dashes where the period is not over. */
export function TimeSeries({ name, series, onOpen, money = null, height = 260, base }: TimeSeriesProps) {
  const periods = series[0]?.results ?? []
  const table = {
    columns: ['Period', ...series.flatMap((item) => [item.name, `${item.name}, interval`])],
    rows: periods.map((first, i) => [formatPeriod(first.period), ...series.flatMap((item) => [item.results[i]?.value ?? null, intervalText(item.results[i])])]),
    shown: periods.map((first, i) => [formatPeriod(first.period), ...series.flatMap((item) => [item.results[i] === undefined ? '–' : valueText(item.results[i]), intervalText(item.results[i]) ?? '–'])]),
  }
  return (
    <Figure name={name} sentence={sentenceOf(name, series)} table={table} height={height} empty={series.every(({ results }) => results.every((result) => result.value === null)) ? `${formatReason(periods.at(-1)?.null_reason ?? null)}.` : undefined}>
      {(width) => <Lines key={`${periods.length}|${series.length}`} name={name} width={width} height={height} series={series} onOpen={onOpen} money={money} {...(base === undefined ? {} : { base })} />}
    </Figure>
  )
}

const intervalText = (result: Result | undefined): string | null => (result?.ci === null || result === undefined ? null : formatInterval(result.ci, result.unit, result.currency))

interface LinesProps extends TimeSeriesProps {
  readonly width: number
  readonly height: number
}

function Lines({ name, width, height, series, onOpen, money = null, base }: LinesProps) {
  const clip = useId()
  const periods = series[0]?.results ?? []
  const wide = width > 520
  const labelRoom = wide ? 120 : 12
  const left = 48
  const right = width - labelRoom
  const [unit, currency] = [periods[0]?.unit ?? '', periods[0]?.currency ?? null]
  const x = scalePoint<number>().domain(periods.map((_, i) => i)).range([left + 6, right]).padding(0.1)
  const y = scaleLinear().domain(domainOf(series, base)).nice(5).range([height - BOTTOM, TOP])
  const open = ({ column, row }: At): void => {
    const item = series[row]
    const result = item?.results[column]
    if (item !== undefined && result !== undefined) onOpen(item, result)
  }
  const { at, root, mark, onKeyDown } = useMarks(periods.length, series.length, open)
  const px = (i: number): number => x(i) ?? 0
  return (
    <>
      <svg ref={root} data-chart width={width} height={height} role="group" aria-label={`${name}: use the arrow keys`} onKeyDown={onKeyDown} className="block overflow-visible">
        <clipPath id={clip}>
          <rect x={left} y={0} width={Math.max(0, right - left + 8)} height={height - BOTTOM + 4} />
        </clipPath>
        <ValueAxis ticks={y.ticks(4)} y={y} left={left} right={right} format={(value) => formatShort(value, unit, currency)} {...(base === undefined ? {} : { base })} />
        <PeriodAxis labels={periods.map((result, i) => formatPiece(result.period, i === 0 || result.period.label.endsWith('01') || i === periods.length - 1))} x={px} y={height - 4} room={x.step()} />
        {at !== null && <line x1={px(at.column)} x2={px(at.column)} y1={TOP} y2={height - BOTTOM} className="stroke-edge" strokeDasharray="2 2" />}
        <g clipPath={`url(#${clip})`}>
          {series.map((item, s) => (
            <Line key={item.id} results={item.results} x={px} y={y} tone={s} strong={at === null || at.row === s} />
          ))}
        </g>
        {series.map((item, s) =>
          item.results.map((result, i) => (
            <g key={`${item.id}${i}`} transform={`translate(${px(i)},${y(result.value ?? y.domain()[0] ?? 0)})`} {...mark(i, s, `${item.name}, ${formatPeriod(result.period)}: ${result.value === null ? formatReason(result.null_reason) : valueText(result)}`)}>
              <rect x={-Math.max(6, x.step() / 2)} y={-9} width={Math.max(12, x.step())} height={18} fill="transparent" />
              {result.value === null ? (
                <text textAnchor="middle" dominantBaseline="central" className="fill-faint text-xs">–</text>
              ) : (
                <path d={SHAPES[s % SHAPES.length]} className={`${FILL[s % FILL.length] ?? ''} stroke-page`} strokeWidth={at?.column === i && at.row === s ? 0 : 1} transform={at?.column === i && at.row === s ? 'scale(1.5)' : undefined} />
              )}
            </g>
          )),
        )}
        {wide && <EndLabels series={series} y={y} x={right + 12} />}
      </svg>
      {!wide && <Legend series={series} />}
      {at !== null && <SeriesReadout at={at} series={series} x={px(at.column)} width={width} money={money} />}
    </>
  )
}

function Line({ results, x, y, tone, strong }: { readonly results: readonly Result[]; readonly x: (i: number) => number; readonly y: (value: number) => number; readonly tone: number; readonly strong: boolean }) {
  const indexed = results.map((result, i) => ({ result, i }))
  const band = area<(typeof indexed)[number]>()
    .defined(({ result }) => result.ci !== null && result.value !== null)
    .x(({ i }) => x(i))
    .y0(({ result }) => y(result.ci?.[0] ?? 0))
    .y1(({ result }) => y(result.ci?.[1] ?? 0))
  const path = line<(typeof indexed)[number]>()
    .defined(({ result }) => result.value !== null)
    .x(({ i }) => x(i))
    .y(({ result }) => y(result.value ?? 0))
  const partial = indexed.findIndex(({ result }) => result.flags.includes('partial'))
  const whole = partial === -1 ? indexed : indexed.slice(0, partial)
  const rest = partial === -1 ? [] : indexed.slice(Math.max(0, partial - 1))
  const stroke = STROKE[tone % STROKE.length] ?? ''
  return (
    <g opacity={strong ? 1 : 0.35}>
      <path d={band(indexed) ?? ''} className={FILL[tone % FILL.length]} fillOpacity={results.some((result) => result.flags.includes('small_n')) ? 0.05 : 0.11} />
      <path d={path(whole) ?? ''} fill="none" className={stroke} strokeWidth={1.75} strokeLinejoin="round" />
      <path d={path(rest) ?? ''} fill="none" className={stroke} strokeWidth={1.75} strokeDasharray="3 3" />
    </g>
  )
}

/** The names stand at the ends of their lines, pushed apart where they would meet. */
function EndLabels({ series, y, x }: { readonly series: readonly Series[]; readonly y: (value: number) => number; readonly x: number }) {
  const ends = series
    .map((item, tone) => ({ item, tone, last: item.results.findLast((result) => result.value !== null) }))
    .flatMap(({ item, tone, last }) => (last?.value === null || last === undefined ? [] : [{ name: item.name, tone, text: valueText(last), at: y(last.value) }]))
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
          <tspan x={x} dy={14} className="num fill-ink font-normal">{end.text}</tspan>
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

function Legend({ series }: { readonly series: readonly Series[] }) {
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

function SeriesReadout({ at, series, x, width, money }: { readonly at: At; readonly series: readonly Series[]; readonly x: number; readonly width: number; readonly money: string | null }) {
  const first = series[at.row]?.results[at.column]
  if (first === undefined) return null
  return (
    <Readout x={x} y={4} width={width}>
      <p className="mb-1 font-medium">
        {formatPeriod(first.period)}
        {first.flags.map((flag) => ` · ${formatFlag(flag).label}`)}
      </p>
      {series.map((item, tone) => {
        const result = item.results[at.column]
        if (result === undefined) return null
        return (
          <div key={item.id} className="mb-0.5">
            <ReadoutLine swatch={<Swatch tone={tone} />} name={item.name} value={valueText(result)} strong={tone === at.row} />
            <div className="num text-right text-xs text-faint">{result.value === null ? formatReason(result.null_reason) : [ofWhat(result, money), intervalText(result)].filter((text) => text !== null).join(' · ')}</div>
          </div>
        )
      })}
    </Readout>
  )
}
