import { scaleBand, scaleLinear } from 'd3-scale'
import { useId } from 'react'
import { formatMoney, formatPeriod, formatShort } from '../format.ts'
import { reasonOf } from '../reason.ts'
import { ValueAxis } from './axes.tsx'
import { type ChartTable, Figure, NARROW } from './figure.tsx'
import { type Bar, floorOf, layBridge, type Step } from './layout.ts'
import { ChartSvg, Hatch, Readout, ReadoutLine, useShapeFocus } from './chart-svg.tsx'

interface WaterfallProps {
  readonly name: string
  readonly steps: readonly Step[]
  readonly currency: string | null
  readonly onOpen: (step: Step) => void
  /** The same numbers as rows, behind the chart. */
  readonly table: ChartTable
  readonly height?: number
  /** How amounts are said, when they are not money. */
  readonly words?: StepWords
  readonly empty?: string
}

export interface StepWords {
  /** `short`: where there is little room. */
  readonly amount: (step: Step, short: boolean) => string
  readonly tick: (value: number, more: number) => string
}

const ROW = 28
const FILL: Record<string, string> = { total: 'fill-total', up: 'fill-good-1', down: 'fill-bad-1', flat: 'fill-flat' }

const moneyWords = (currency: string | null): StepWords => ({
  amount: (step, short) => {
    if (step.amount === null) return '–'
    const sign = step.kind === 'total' || step.amount === 0 ? '' : step.amount > 0 ? '+' : '−'
    const size = Math.abs(step.amount)
    return sign + (short ? formatShort(size, 'money', currency) : formatMoney(size, currency))
  },
  tick: (value, more) => formatShort(value, 'money', currency, more),
})

/** Where the scale ends; bars of one height still have some. */
const ceilingOf = (bars: readonly Bar[], floor: number): number => {
  const top = Math.max(...bars.flatMap(({ from, to }) => [from, to]))
  return top > floor ? top : floor + 1
}

/** From the opening to the closing amount, step by step. Upright where there is room, lying down on a narrow screen. */
export function Waterfall({
  name,
  steps,
  currency,
  onOpen,
  table,
  height = 260,
  words = moneyWords(currency),
  empty = 'There is no MRR in this period.',
}: WaterfallProps) {
  const sentence = `${name}. ${steps.map((step) => `${step.name} ${words.amount(step, false)}`).join(', ')}.`
  return (
    <Figure
      name={name}
      sentence={sentence}
      table={table}
      height={height}
      narrow={steps.length * ROW}
      empty={steps.every((step) => step.amount === null || step.amount === 0) ? emptyWords(steps, empty) : undefined}
    >
      {(width) =>
        width < NARROW || (width - 52) / steps.length < 64 ? (
          <Lying name={name} width={width} steps={steps} words={words} onOpen={onOpen} />
        ) : (
          <Upright name={name} width={width} height={height} steps={steps} words={words} onOpen={onOpen} />
        )
      }
    </Figure>
  )
}

/** What cannot be converted is not nothing: then the reason is said. */
function emptyWords(steps: readonly Step[], empty: string): string {
  const missing = steps.find(({ amount, result }) => amount === null && typeof result?.null_reason === 'string')
  return missing === undefined ? empty : `${reasonOf(missing.result)}.`
}

interface DrawProps {
  readonly name: string
  readonly width: number
  readonly steps: readonly Step[]
  readonly words: StepWords
  readonly onOpen: (step: Step) => void
}

const shapeLabel = (step: Step, words: StepWords): string => `${step.name}: ${step.amount === null ? reasonOf(step.result) : words.amount(step, false)}`

const TOP = 22
const BOTTOM = 24

function Upright({ name, width, height, steps, words, onOpen }: DrawProps & { readonly height: number }) {
  const hatch = useId()
  const bars = layBridge(steps)
  const floor = floorOf(bars)
  const left = 52
  const x = scaleBand<number>()
    .domain(steps.map((_, i) => i))
    .range([left, width])
    .paddingInner(0.28)
    .paddingOuter(0.1)
  const y = scaleLinear()
    .domain([floor, ceilingOf(bars, floor)])
    .range([height - BOTTOM, TOP])
  const focus = useShapeFocus(steps.length, 1, ({ column }) => steps[column] !== undefined && onOpen(steps[column]))
  const { at } = focus
  const hovered = at === null ? undefined : bars[at.column]
  return (
    <>
      <ChartSvg name={name} width={width} height={height} focus={focus}>
        <defs>
          <Hatch id={hatch} />
        </defs>
        <ValueAxis ticks={y.ticks(4)} y={y} left={left} right={width} format={words.tick} base={0} />
        {bars.map((bar, i) => {
          const bx = x(i) ?? 0
          return (
            <g key={bar.step.id}>
              {i + 1 < bars.length && (
                <line x1={bx} x2={(x(i + 1) ?? 0) + x.bandwidth()} y1={y(bar.to)} y2={y(bar.to)} className="stroke-edge" strokeDasharray="1 3" />
              )}
              <g opacity={at === null || at.column === i ? 1 : 0.55} {...focus.shape(i, 0, shapeLabel(bar.step, words))}>
                <StepBar bar={bar} x={bx} width={x.bandwidth()} y={y} floor={floor} height={height} hatch={hatch} words={words} />
              </g>
            </g>
          )
        })}
      </ChartSvg>
      {hovered !== undefined && (
        <Readout x={(x(at?.column ?? 0) ?? 0) + x.bandwidth() / 2} y={8} width={width}>
          <StepReadout step={hovered.step} words={words} />
        </Readout>
      )}
      {floor > 0 && <p className="text-xs text-faint">The bars of the totals are cut so that the changes can be seen; the numbers on them are whole.</p>}
    </>
  )
}

interface StepBarProps {
  readonly bar: Bar
  readonly x: number
  readonly width: number
  readonly y: (value: number) => number
  readonly floor: number
  readonly height: number
  readonly hatch: string
  readonly words: StepWords
}

function StepBar({ bar: { step, from, to }, x, width, y, floor, height, hatch, words }: StepBarProps) {
  const total = step.kind === 'total'
  const [a, b] = [y(total ? floor : from), y(to)]
  const box = { x, y: Math.min(a, b), width, height: Math.max(1.5, Math.abs(a - b)) }
  return (
    <>
      <rect x={x - 6} y={TOP - 4} width={width + 12} height={height - BOTTOM - TOP + 4} fill="transparent" />
      <rect {...box} className={FILL[step.kind]} />
      {step.result?.flags.includes('partial') === true && <rect {...box} fill={`url(#${hatch})`} />}
      {total && floor > 0 && (
        <path
          d={`M${x - 2},${y(floor) - 7}l${width / 4 + 1},-4l${width / 4},4l${width / 4},-4l${width / 4 + 3},4`}
          className="stroke-page"
          strokeWidth={3}
          fill="none"
        />
      )}
      <text x={x + width / 2} y={box.y - 6} textAnchor="middle" className="num fill-ink text-sm">
        {words.amount(step, width < 64)}
      </text>
      <text x={x + width / 2} y={height - 7} textAnchor="middle" className="fill-quiet text-xs">
        {step.name}
      </text>
    </>
  )
}

function StepReadout({ step, words }: { readonly step: Step; readonly words: StepWords }) {
  return (
    <>
      <ReadoutLine name={step.name} value={words.amount(step, false)} strong />
      {step.result !== undefined && (
        <p className="text-xs text-faint">{step.kind === 'total' ? `End of ${formatPeriod(step.result.period)}` : formatPeriod(step.result.period)}</p>
      )}
      {step.says !== undefined && <p className="mt-1 text-xs text-quiet">{step.says}</p>}
    </>
  )
}

function Lying({ name, width, steps, words, onOpen }: DrawProps) {
  const bars = layBridge(steps)
  const floor = floorOf(bars)
  const x = scaleLinear()
    .domain([floor, ceilingOf(bars, floor)])
    .range([Math.min(width * 0.4, Math.max(88, ...steps.map((step) => step.name.length * 6.4 + 12))), width - 78])
  const focus = useShapeFocus(1, steps.length, ({ row }) => steps[row] !== undefined && onOpen(steps[row]))
  return (
    <ChartSvg name={name} width={width} height={steps.length * ROW} focus={focus}>
      {bars.map(({ step, from, to }, i) => {
        const [a, b] = [x(step.kind === 'total' ? floor : Math.min(from, to)), x(Math.max(from, to))]
        const line = { y: ROW / 2, dominantBaseline: 'central' as const }
        return (
          <g key={step.id} transform={`translate(0,${i * ROW})`} {...focus.shape(0, i, shapeLabel(step, words))}>
            <rect width={width} height={ROW} className={focus.at?.row === i ? 'fill-hover' : 'fill-transparent'} />
            <text {...line} x={4} className="fill-quiet text-sm">
              {step.name}
            </text>
            <rect x={a} y={6} width={Math.max(1.5, b - a)} height={ROW - 12} className={FILL[step.kind]} />
            <text {...line} x={width - 4} textAnchor="end" className="num fill-ink text-sm">
              {words.amount(step, true)}
            </text>
          </g>
        )
      })}
    </ChartSvg>
  )
}
