import { scaleBand, scaleLinear } from 'd3-scale'
import { useId } from 'react'
import type { Result } from '../../contract/question.ts'
import { formatMoney, formatPeriod, formatShort } from '../format.ts'
import { flagWords } from '../../kernel/words/flags.ts'
import { reasonOf } from '../reason.ts'
import { PeriodAxis, pieceLabels, ValueAxis } from './axes.tsx'
import { Figure } from './figure.tsx'
import { type Layer, type Box, pile } from './layout.ts'
import { type At, ChartSvg, Hatch, type ShapeFocus, Readout, ReadoutLine, useShapeFocus } from './chart-svg.tsx'

interface MovementBarsProps {
  readonly name: string
  readonly layers: readonly Layer[]
  /** What the layers add up to, drawn as a dot. */
  readonly net: readonly Result[]
  readonly onOpen: (result: Result) => void
  readonly height?: number
}

/** Shades of one colour per side, darkest at zero; the order of the layers is the order of the shades. */
const TONES: Record<Layer['side'], readonly string[]> = { up: ['good-1', 'good-2', 'good-3'], down: ['bad-1', 'bad-2'], flat: ['flat'] }
const fillOf = (layers: readonly Layer[], layer: Layer): string => {
  const tones = TONES[layer.side]
  const place = layers.filter((item) => item.side === layer.side).indexOf(layer)
  return `var(--color-${tones[place % tones.length] ?? 'flat'})`
}

/** A loss counts against the net. */
const signed = (layer: Layer, value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : layer.side === 'down' ? -value : value

/** What came and what went in each period, above and below zero. */
export function MovementBars({ name, layers, net, onOpen, height = 240 }: MovementBarsProps) {
  const last = net.at(-1)
  const table = {
    columns: ['Period', ...layers.map((layer) => layer.name), 'Net'],
    rows: net.map((result, i) => [formatPeriod(result.period), ...layers.map((layer) => signed(layer, layer.results[i]?.value)), result.value]),
    shown: net.map((result, i) => [
      formatPeriod(result.period),
      ...[...layers.map((layer) => signed(layer, layer.results[i]?.value)), result.value].map((value) =>
        value === null ? '–' : formatMoney(value, result.currency, 0),
      ),
    ]),
  }
  const sentence = `${name}, ${net.length} periods. ${last === undefined ? '' : `In ${formatPeriod(last.period)}: ${layers.map((layer) => `${layer.name} ${formatMoney(signed(layer, layer.results.at(-1)?.value) ?? 0, last.currency)}`).join(', ')}, net ${formatMoney(last.value ?? 0, last.currency)}.`}`
  return (
    <Figure name={name} sentence={sentence} table={table} height={height + 24} empty={layers.length === 0 ? emptyWords(net) : undefined}>
      {(width) => (
        <>
          <Bars key={`${net.length}|${layers.length}`} name={name} width={width} height={height} layers={layers} net={net} onOpen={onOpen} />
          <Legend layers={layers} />
        </>
      )}
    </Figure>
  )
}

/** Zero is only said of what was measured. */
function emptyWords(net: readonly Result[]): string {
  const missing = net.findLast(({ value }) => value === null)
  return missing === undefined ? 'Nothing moved in this time.' : `${reasonOf(missing)}.`
}

interface BarsProps extends MovementBarsProps {
  readonly width: number
  readonly height: number
}

function Bars({ name, width, height, layers, net, onOpen }: BarsProps) {
  const hatch = useId()
  const piles = net.map((_, column) => pile(layers, column))
  const reach = piles.flatMap((boxes) => boxes.map((box) => box.to))
  const [left, bottom] = [52, 22]
  const currency = net[0]?.currency ?? null
  const x = scaleBand<number>()
    .domain(net.map((_, i) => i))
    .range([left, width])
    .paddingInner(0.3)
    .paddingOuter(0.15)
  const y = scaleLinear()
    .domain([Math.min(0, ...reach), Math.max(0, ...reach, 1)])
    .nice(4)
    .range([height - bottom, 8])
  const valueAt = ({ column, row }: At): Result | undefined => (row === layers.length ? net[column] : layers[row]?.results[column])
  const open = (at: At): void => {
    const result = valueAt(at)
    if (result !== undefined) onOpen(result)
  }
  const exists = (at: At): boolean => at.row === layers.length || (valueAt(at)?.value ?? 0) !== 0
  const focus = useShapeFocus(net.length, layers.length + 1, open, exists)
  const middle = (i: number): number => (x(i) ?? 0) + x.bandwidth() / 2
  const { at } = focus
  return (
    <>
      <ChartSvg name={name} width={width} height={height} focus={focus}>
        <defs>
          <Hatch id={hatch} />
        </defs>
        <ValueAxis ticks={y.ticks(4)} y={y} left={left} right={width} format={(value, more) => formatShort(value, 'money', currency, more)} base={0} />
        <PeriodAxis labels={pieceLabels(net)} x={middle} y={height - 4} room={x.step()} />
        {piles.map((boxes, column) => (
          <g key={column} opacity={at === null || at.column === column ? 1 : 0.5}>
            {boxes.map((box) => (
              <PileBox
                key={box.layer.id}
                box={box}
                column={column}
                layers={layers}
                focus={focus}
                hatch={hatch}
                x={x(column) ?? 0}
                y={y}
                width={x.bandwidth()}
              />
            ))}
            <NetDot result={net[column]} column={column} row={layers.length} focus={focus} x={middle(column)} y={y} />
          </g>
        ))}
      </ChartSvg>
      {at !== null && <MovementReadout at={at} layers={layers} net={net} x={middle(at.column)} width={width} />}
    </>
  )
}

interface PileBoxProps {
  readonly box: Box
  readonly column: number
  readonly layers: readonly Layer[]
  readonly focus: ShapeFocus
  readonly hatch: string
  readonly x: number
  readonly y: (value: number) => number
  readonly width: number
}

function PileBox({ box, column, layers, focus, hatch, x, y, width }: PileBoxProps) {
  const result = box.layer.results[column]
  if (result === undefined || box.from === box.to) return null
  const [top, bottom] = [Math.min(y(box.from), y(box.to)), Math.max(y(box.from), y(box.to))]
  const place = { x, y: top, width, height: Math.max(1, bottom - top - 0.75) }
  return (
    <g {...focus.shape(column, box.row, `${box.layer.name}, ${formatPeriod(result.period)}: ${formatMoney(box.to - box.from, result.currency)}`)}>
      <rect {...place} style={{ fill: fillOf(layers, box.layer) }} />
      {result.flags.includes('partial') && <rect {...place} fill={`url(#${hatch})`} />}
    </g>
  )
}

interface NetDotProps {
  readonly result: Result | undefined
  readonly column: number
  readonly row: number
  readonly focus: ShapeFocus
  readonly x: number
  readonly y: (value: number) => number
}

function NetDot({ result, column, row, focus, x, y }: NetDotProps) {
  if (result === undefined || result.value === null) return null
  return (
    <g {...focus.shape(column, row, `Net, ${formatPeriod(result.period)}: ${formatMoney(result.value, result.currency)}`)}>
      <rect x={x - 9} y={y(result.value) - 9} width={18} height={18} fill="transparent" />
      <circle cx={x} cy={y(result.value)} r={3.5} className="fill-page stroke-ink" strokeWidth={1.5} />
    </g>
  )
}

interface MovementReadoutProps {
  readonly at: At
  readonly layers: readonly Layer[]
  readonly net: readonly Result[]
  readonly x: number
  readonly width: number
}

function MovementReadout({ at, layers, net, x, width }: MovementReadoutProps) {
  const total = net[at.column]
  if (total === undefined) return null
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : formatMoney(value, total.currency))
  return (
    <Readout x={x} y={4} width={width}>
      <p className="mb-1 font-medium">
        {formatPeriod(total.period)}
        {total.flags.map((flag) => ` · ${flagWords(flag).label}`)}
      </p>
      {layers.map((layer, row) => (
        <ReadoutLine
          key={layer.id}
          name={layer.name}
          strong={at.row === row}
          value={text(signed(layer, layer.results[at.column]?.value))}
          swatch={<span className="inline-block size-2 rounded-xs" style={{ background: fillOf(layers, layer) }} />}
        />
      ))}
      <ReadoutLine
        name="Net"
        strong={at.row === layers.length}
        value={text(total.value)}
        swatch={<span className="inline-block size-2 rounded-full border-[1.5px] border-ink" />}
      />
    </Readout>
  )
}

function Legend({ layers }: { readonly layers: readonly Layer[] }) {
  return (
    <div aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 pt-2 pl-1 text-sm text-quiet">
      {layers.map((layer) => (
        <span key={layer.id} className="inline-flex items-center gap-1.5">
          <span className="size-2.5 rounded-xs" style={{ background: fillOf(layers, layer) }} />
          {layer.name}
        </span>
      ))}
      <span className="inline-flex items-center gap-1.5">
        <span className="size-2.5 rounded-full border-[1.5px] border-ink" />
        Net
      </span>
    </div>
  )
}
