import { extent } from 'd3-array'
import { scaleLinear, scalePoint } from 'd3-scale'
import { area, line } from 'd3-shape'
import { useId } from 'react'
import type { Result } from '../../contract/question.ts'
import { formatPeriod, formatShort } from '../format.ts'
import { reasonOf } from '../reason.ts'
import { PeriodAxis, pieceLabels, ValueAxis } from './axes.tsx'
import { type Beside, BesideMarks, targetOf } from './beside.tsx'
import { Figure } from './figure.tsx'
import { ChartSvg, type ShapeFocus, useShapeFocus } from './chart-svg.tsx'
import { EndLabels, FILL, intervalText, Legend, type Series, SeriesReadout, SHAPES, STROKE, valueText } from './series-words.tsx'

export type { Series }

interface TimeSeriesProps {
  readonly name: string
  readonly series: readonly Series[]
  readonly onOpen: (series: Series, result: Result) => void
  readonly height?: number
  /** A value that means something, drawn as a line: 1 for shares. */
  readonly base?: number
  /** Targets and notes to be drawn with it. */
  readonly beside?: Beside
  /** Currency of the amounts that a share divides. */
  readonly money?: string | null
}

const TOP = 10
const BOTTOM = 22

function sentenceOf(name: string, series: readonly Series[]): string {
  return `${name}. ${series
    .map(({ name: label, results }) => {
      const known = results.filter((result) => result.value !== null)
      const [first, last] = [known[0], known.at(-1)]
      return first === undefined || last === undefined
        ? `${label}: no values`
        : `${label} goes from ${valueText(first)} in ${formatPeriod(first.period)} to ${valueText(last)} in ${formatPeriod(last.period)}`
    })
    .join('; ')}.`
}

function domainOf(series: readonly Series[], base: number | undefined, beside: Beside | undefined): [number, number] {
  const values = series.flatMap(({ results }) => results.flatMap((result) => (result.value === null ? [] : [result.value])))
  const targets = beside === undefined ? [] : (series[0]?.results ?? []).flatMap((result) => targetOf(beside, result) ?? [])
  const [low = 0, high = 1] = extent([...values, ...targets, ...(base === undefined ? [] : [base])])
  // An interval from few accounts may be wider than everything else: it may double the picture, not flatten it.
  const slack = Math.max(high - low, Math.abs(high) * 0.02, 1e-9)
  const bounds = series.flatMap(({ results }) => results.flatMap((result) => result.ci ?? []))
  return [Math.max(Math.min(low, ...bounds), low - slack), Math.min(Math.max(high, ...bounds), high + slack)]
}

/** Lines over periods: bands for intervals, gaps where there is no value, dashes where the period is not over. */
export function TimeSeries({ name, series, onOpen, money = null, height = 260, base, beside }: TimeSeriesProps) {
  const periods = series[0]?.results ?? []
  const table = {
    columns: [
      'Period',
      ...series.flatMap((item) => [item.name, `${item.name}, ${item.results.find(({ ci_says }) => ci_says !== null)?.ci_says ?? 'interval'}`]),
    ],
    rows: periods.map((first, i) => [formatPeriod(first.period), ...series.flatMap((item) => [item.results[i]?.value ?? null, intervalText(item.results[i])])]),
    shown: periods.map((first, i) => [
      formatPeriod(first.period),
      ...series.flatMap((item) => [item.results[i] === undefined ? '–' : valueText(item.results[i]), intervalText(item.results[i]) ?? '–']),
    ]),
  }
  return (
    <Figure
      name={name}
      sentence={sentenceOf(name, series)}
      table={table}
      height={height}
      empty={series.every(({ results }) => results.every((result) => result.value === null)) ? `${reasonOf(periods.at(-1))}.` : undefined}
    >
      {(width) => (
        <Lines
          key={`${periods.length}|${series.length}`}
          name={name}
          width={width}
          height={height}
          series={series}
          onOpen={onOpen}
          money={money}
          {...(base === undefined ? {} : { base })}
          {...(beside === undefined ? {} : { beside })}
        />
      )}
    </Figure>
  )
}

interface LinesProps extends TimeSeriesProps {
  readonly width: number
  readonly height: number
}

function Lines({ name, width, height, series, onOpen, money = null, base, beside }: LinesProps) {
  const clip = useId()
  const periods = series[0]?.results ?? []
  const wide = width > 520
  const [left, right] = [48, width - (wide ? 120 : 12)]
  const [unit, currency] = [periods[0]?.unit ?? 'number', periods[0]?.currency ?? null]
  const x = scalePoint<number>()
    .domain(periods.map((_, i) => i))
    .range([left + 6, right])
    .padding(0.1)
  const y = scaleLinear()
    .domain(domainOf(series, base, beside))
    .nice(5)
    .range([height - BOTTOM, TOP])
  const focus = useShapeFocus(periods.length, series.length, ({ column, row }) => {
    const item = series[row]
    const result = item?.results[column]
    if (item !== undefined && result !== undefined) onOpen(item, result)
  })
  const { at } = focus
  const px = (i: number): number => x(i) ?? 0
  const baseline = base === undefined ? {} : { base }
  return (
    <>
      <ChartSvg name={name} width={width} height={height} focus={focus}>
        <clipPath id={clip}>
          <rect x={left} y={0} width={Math.max(0, right - left + 8)} height={height - BOTTOM + 4} />
        </clipPath>
        <ValueAxis ticks={y.ticks(4)} y={y} left={left} right={right} format={(value, more) => formatShort(value, unit, currency, more)} {...baseline} />
        <PeriodAxis labels={pieceLabels(periods)} x={px} y={height - 4} room={x.step()} />
        {at !== null && <line x1={px(at.column)} x2={px(at.column)} y1={TOP} y2={height - BOTTOM} className="stroke-edge" strokeDasharray="2 2" />}
        {beside !== undefined && <BesideMarks beside={beside} periods={periods} x={px} y={y} step={x.step()} top={TOP} ground={height - BOTTOM} />}
        <g clipPath={`url(#${clip})`}>
          {series.map((item, tone) => (
            <Line key={item.id} results={item.results} x={px} y={y} tone={tone} strong={at === null || at.row === tone} />
          ))}
        </g>
        {series.map((item, tone) => (
          <Points key={item.id} item={item} tone={tone} x={px} y={y} ground={height - BOTTOM} room={x.step()} focus={focus} />
        ))}
        {wide && <EndLabels series={series} y={y} x={right + 12} />}
      </ChartSvg>
      {!wide && <Legend series={series} />}
      {at !== null && <SeriesReadout at={at} series={series} x={px(at.column)} width={width} money={money} />}
    </>
  )
}

interface PointsProps {
  readonly item: Series
  readonly tone: number
  readonly x: (i: number) => number
  readonly y: (value: number) => number
  readonly ground: number
  readonly room: number
  readonly focus: ShapeFocus
}

/** The values of one line as dots; a missing one is a dash at the foot. */
function Points({ item, tone, x, y, ground, room, focus }: PointsProps) {
  return item.results.map((result, i) => {
    const here = focus.at?.column === i && focus.at.row === tone
    const says = result.value === null ? reasonOf(result) : valueText(result)
    return (
      <g
        key={result.period.label}
        transform={`translate(${x(i)},${result.value === null ? ground : y(result.value)})`}
        {...focus.shape(i, tone, `${item.name}, ${formatPeriod(result.period)}: ${says}`)}
      >
        <rect x={-Math.max(6, room / 2)} y={-9} width={Math.max(12, room)} height={18} fill="transparent" />
        {result.value === null ? (
          <text textAnchor="middle" dominantBaseline="central" className="fill-faint text-xs">
            –
          </text>
        ) : (
          <path
            d={SHAPES[tone % SHAPES.length]}
            className={`${FILL[tone % FILL.length] ?? ''} stroke-page`}
            strokeWidth={here ? 0 : 1}
            transform={here ? 'scale(1.5)' : undefined}
          />
        )}
      </g>
    )
  })
}

interface LineProps {
  readonly results: readonly Result[]
  readonly x: (i: number) => number
  readonly y: (value: number) => number
  readonly tone: number
  readonly strong: boolean
}

function Line({ results, x, y, tone, strong }: LineProps) {
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
      <path
        d={band(indexed) ?? ''}
        className={FILL[tone % FILL.length]}
        fillOpacity={results.some((result) => result.flags.includes('small_n')) ? 0.05 : 0.11}
      />
      <path d={path(whole) ?? ''} fill="none" className={stroke} strokeWidth={1.75} strokeLinejoin="round" />
      <path d={path(rest) ?? ''} fill="none" className={stroke} strokeWidth={1.75} strokeDasharray="3 3" />
    </g>
  )
}
