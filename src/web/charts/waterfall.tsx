import { scaleBand, scaleLinear } from 'd3-scale'
import { useId } from 'react'
import { formatMoney, formatPeriod, formatReason, formatShort } from '../format.ts'
import { ValueAxis } from './axes.tsx'
import { type ChartTable, Figure, NARROW } from './figure.tsx'
import { floorOf, layBridge, type Step } from './layout.ts'
import { Hatch, Readout, ReadoutLine, useMarks } from './marks.tsx'

interface WaterfallProps {
  readonly name: string
  readonly steps: readonly Step[]
  readonly currency: string | null
  readonly onOpen: (step: Step) => void
  /** The same bridge for each month, behind the chart. */
  readonly table: ChartTable
  readonly height?: number
}

const ROW = 28
const FILL: Record<string, string> = { total: 'fill-total', up: 'fill-good-1', down: 'fill-bad-1', flat: 'fill-flat' }

const amountText = (step: Step, currency: string | null, short: boolean): string => {
  if (step.amount === null) return '–'
  const sign = step.kind === 'total' || step.amount === 0 ? '' : step.amount > 0 ? '+' : '−'
  const size = Math.abs(step.amount)
  return sign + (short ? formatShort(size, 'money', currency) : formatMoney(size, currency))
}

/** From the opening to the closing amount, step by step. Upright where there is room, lying down on a narrow screen. */
export function Waterfall({ name, steps, currency, onOpen, table, height = 260 }: WaterfallProps) {
  const sentence = `${name}. ${steps.map((step) => `${step.name} ${amountText(step, currency, false)}`).join(', ')}.`
  return (
    <Figure name={name} sentence={sentence} table={table} height={height} narrow={steps.length * ROW} empty={steps.every((step) => step.amount === null || step.amount === 0) ? 'There is no MRR in this period.' : undefined}>
      {(width) => (width < NARROW || (width - 52) / steps.length < 64 ? <Lying name={name} width={width} steps={steps} currency={currency} onOpen={onOpen} /> : <Upright name={name} width={width} height={height} steps={steps} currency={currency} onOpen={onOpen} />)}
    </Figure>
  )
}

interface DrawProps {
  readonly name: string
  readonly width: number
  readonly steps: readonly Step[]
  readonly currency: string | null
  readonly onOpen: (step: Step) => void
}

const markLabel = (step: Step, currency: string | null): string => `${step.name}: ${step.amount === null ? formatReason(step.result?.null_reason ?? null) : amountText(step, currency, false)}`

function Upright({ name, width, height, steps, currency, onOpen }: DrawProps & { readonly height: number }) {
  const hatch = useId()
  const bars = layBridge(steps)
  const floor = floorOf(bars)
  const cut = floor > 0
  const [left, bottom] = [52, 24]
  const x = scaleBand<number>().domain(steps.map((_, i) => i)).range([left, width]).paddingInner(0.28).paddingOuter(0.1)
  const top = Math.max(...bars.flatMap(({ from, to }) => [from, to]), 1)
  const y = scaleLinear().domain([floor, top]).range([height - bottom, 22])
  const { at, root, mark, onKeyDown } = useMarks(steps.length, 1, ({ column }) => steps[column] !== undefined && onOpen(steps[column]))
  const hovered = at === null ? undefined : bars[at.column]
  return (
    <>
      <svg ref={root} data-chart width={width} height={height} role="group" aria-label={`${name}: use the arrow keys`} onKeyDown={onKeyDown} className="block overflow-visible">
        <defs><Hatch id={hatch} /></defs>
        <ValueAxis ticks={y.ticks(4)} y={y} left={left} right={width} format={(value) => formatShort(value, 'money', currency)} base={0} />
        {bars.map(({ step, from, to }, i) => {
          const [a, b] = [y(step.kind === 'total' ? floor : Math.max(from, to)), y(step.kind === 'total' ? to : Math.min(from, to))]
          const [boxTop, boxHeight] = [Math.min(a, b), Math.max(1.5, Math.abs(a - b))]
          const bx = x(i) ?? 0
          const next = bars[i + 1]
          return (
            <g key={step.id}>
              {next !== undefined && <line x1={bx} x2={(x(i + 1) ?? 0) + x.bandwidth()} y1={y(to)} y2={y(to)} className="stroke-edge" strokeWidth={1} strokeDasharray="1 3" />}
              <g {...mark(i, 0, markLabel(step, currency))}>
                <rect x={bx - 6} y={18} width={x.bandwidth() + 12} height={height - bottom - 18} fill="transparent" />
                <rect x={bx} y={boxTop} width={x.bandwidth()} height={boxHeight} className={FILL[step.kind]} opacity={at === null || at.column === i ? 1 : 0.55} />
                {step.result?.flags.includes('partial') === true && <rect x={bx} y={boxTop} width={x.bandwidth()} height={boxHeight} fill={`url(#${hatch})`} />}
                {cut && step.kind === 'total' && <path d={`M${bx - 2},${y(floor) - 7}l${x.bandwidth() / 4 + 1},-4l${x.bandwidth() / 4},4l${x.bandwidth() / 4},-4l${x.bandwidth() / 4 + 3},4`} className="stroke-page" strokeWidth={3} fill="none" />}
                <text x={bx + x.bandwidth() / 2} y={boxTop - 6} textAnchor="middle" className="num fill-ink text-sm">
                  {amountText(step, currency, x.bandwidth() < 64)}
                </text>
                <text x={bx + x.bandwidth() / 2} y={height - 7} textAnchor="middle" className="fill-quiet text-xs">
                  {step.name}
                </text>
              </g>
            </g>
          )
        })}
      </svg>
      {hovered !== undefined && (
        <Readout x={(x(at?.column ?? 0) ?? 0) + x.bandwidth() / 2} y={8} width={width}>
          <StepReadout step={hovered.step} currency={currency} />
        </Readout>
      )}
      {cut && <p className="text-xs text-faint">The bars of the totals are cut so that the changes can be seen; the numbers on them are whole.</p>}
    </>
  )
}

function StepReadout({ step, currency }: { readonly step: Step; readonly currency: string | null }) {
  return (
    <>
      <ReadoutLine name={step.name} value={amountText(step, currency, false)} strong />
      {step.result !== undefined && <p className="text-xs text-faint">{step.kind === 'total' ? `End of ${formatPeriod(step.result.period)}` : formatPeriod(step.result.period)}</p>}
      {step.says !== undefined && <p className="mt-1 text-xs text-quiet">{step.says}</p>}
    </>
  )
}

function Lying({ name, width, steps, currency, onOpen }: DrawProps) {
  const bars = layBridge(steps)
  const floor = floorOf(bars)
  const [left, right] = [88, width - 78]
  const top = Math.max(...bars.flatMap(({ from, to }) => [from, to]), 1)
  const x = scaleLinear().domain([floor, top]).range([left, right])
  const { at, root, mark, onKeyDown } = useMarks(1, steps.length, ({ row }) => steps[row] !== undefined && onOpen(steps[row]))
  return (
    <svg ref={root} data-chart width={width} height={steps.length * ROW} role="group" aria-label={`${name}: use the arrow keys`} onKeyDown={onKeyDown} className="block">
      {bars.map(({ step, from, to }, i) => {
        const [a, b] = [x(step.kind === 'total' ? floor : Math.min(from, to)), x(Math.max(from, to))]
        return (
          <g key={step.id} {...mark(0, i, markLabel(step, currency))}>
            <rect x={0} y={i * ROW} width={width} height={ROW} className={at?.row === i ? 'fill-hover' : 'fill-transparent'} />
            <text x={4} y={i * ROW + ROW / 2} dominantBaseline="central" className="fill-quiet text-sm">{step.name}</text>
            <rect x={a} y={i * ROW + 6} width={Math.max(1.5, b - a)} height={ROW - 12} className={FILL[step.kind]} />
            <text x={width - 4} y={i * ROW + ROW / 2} textAnchor="end" dominantBaseline="central" className="num fill-ink text-sm">{amountText(step, currency, true)}</text>
          </g>
        )
      })}
    </svg>
  )
}
