import { scaleBand, scaleLinear } from 'd3-scale'
import { useId } from 'react'
import type { Result } from '../../contract/question.ts'
import { formatFlag, formatMoney, formatPeriod, formatPiece, formatShort } from '../format.ts'
import { PeriodAxis, ValueAxis } from './axes.tsx'
import { Figure } from './figure.tsx'
import { type Layer, pile } from './layout.ts'
import { type At, Hatch, Readout, ReadoutLine, useMarks } from './marks.tsx'

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

/** What came and what went in each period, above and below zero. */
export function MovementBars({ name, layers, net, onOpen, height = 240 }: MovementBarsProps) {
  const signed = (layer: Layer, value: number | null | undefined): number | null => (value === null || value === undefined ? null : layer.side === 'down' ? -value : value)
  const last = net.at(-1)
  const table = {
    columns: ['Period', ...layers.map((layer) => layer.name), 'Net'],
    rows: net.map((result, i) => [formatPeriod(result.period), ...layers.map((layer) => signed(layer, layer.results[i]?.value)), result.value]),
    shown: net.map((result, i) => [formatPeriod(result.period), ...[...layers.map((layer) => signed(layer, layer.results[i]?.value)), result.value].map((value) => (value === null ? '–' : formatMoney(value, result.currency, 0)))]),
  }
  const sentence = `${name}, ${net.length} periods. ${last === undefined ? '' : `In ${formatPeriod(last.period)}: ${layers.map((layer) => `${layer.name} ${formatMoney(signed(layer, layer.results.at(-1)?.value) ?? 0, last.currency)}`).join(', ')}, net ${formatMoney(last.value ?? 0, last.currency)}.`}`
  return (
    <Figure name={name} sentence={sentence} table={table} height={height + 24} empty={layers.length === 0 ? 'Nothing moved in this time.' : undefined}>
      {(width) => (
        <>
          <Bars key={`${net.length}|${layers.length}`} name={name} width={width} height={height} layers={layers} net={net} onOpen={onOpen} />
          <Legend layers={layers} />
        </>
      )}
    </Figure>
  )
}

interface BarsProps extends MovementBarsProps {
  readonly width: number
  readonly height: number
}

function Bars({ name, width, height, layers, net, onOpen }: BarsProps) {
  const hatch = useId()
  const piles = net.map((_, column) => pile(layers, column))
  const reach = piles.flatMap((pieces) => pieces.map((piece) => piece.to))
  const [left, bottom] = [52, 22]
  const currency = net[0]?.currency ?? null
  const x = scaleBand<number>().domain(net.map((_, i) => i)).range([left, width]).paddingInner(0.3).paddingOuter(0.15)
  const y = scaleLinear().domain([Math.min(0, ...reach), Math.max(0, ...reach, 1)]).nice(4).range([height - bottom, 8])
  const valueAt = ({ column, row }: At): Result | undefined => (row === layers.length ? net[column] : layers[row]?.results[column])
  const open = (at: At): void => {
    const result = valueAt(at)
    if (result !== undefined) onOpen(result)
  }
  const { at, root, mark, onKeyDown } = useMarks(net.length, layers.length + 1, open, (where) => where.row === layers.length || (valueAt(where)?.value ?? 0) !== 0)
  const middle = (i: number): number => (x(i) ?? 0) + x.bandwidth() / 2
  return (
    <>
      <svg ref={root} data-chart width={width} height={height} role="group" aria-label={`${name}: use the arrow keys`} onKeyDown={onKeyDown} className="block overflow-visible">
        <defs><Hatch id={hatch} /></defs>
        <ValueAxis ticks={y.ticks(4)} y={y} left={left} right={width} format={(value) => formatShort(value, 'money', currency)} base={0} />
        <PeriodAxis labels={net.map((result, i) => formatPiece(result.period, i === 0 || result.period.label.endsWith('01') || i === net.length - 1))} x={middle} y={height - 4} room={x.step()} />
        {piles.map((pieces, column) => (
          <g key={column} opacity={at === null || at.column === column ? 1 : 0.5}>
            {pieces.map((piece) => {
              const size = Math.abs(y(piece.from) - y(piece.to))
              if (piece.from === piece.to) return null
              const box = { x: x(column) ?? 0, y: Math.min(y(piece.from), y(piece.to)), width: x.bandwidth(), height: Math.max(1, size - 0.75) }
              const result = piece.layer.results[column]
              return (
                <g key={piece.layer.id} {...mark(column, piece.row, `${piece.layer.name}, ${result === undefined ? '' : formatPeriod(result.period)}: ${formatMoney(piece.to - piece.from, currency)}`)}>
                  <rect {...box} style={{ fill: fillOf(layers, piece.layer) }} />
                  {result?.flags.includes('partial') === true && <rect {...box} fill={`url(#${hatch})`} />}
                </g>
              )
            })}
            {net[column]?.value !== null && (
              <g {...mark(column, layers.length, `Net, ${formatPeriod(net[column]?.period ?? { from: '', until: '' })}: ${formatMoney(net[column]?.value ?? 0, currency)}`)}>
                <rect x={middle(column) - 9} y={y(net[column]?.value ?? 0) - 9} width={18} height={18} fill="transparent" />
                <circle cx={middle(column)} cy={y(net[column]?.value ?? 0)} r={3.5} className="fill-page stroke-ink" strokeWidth={1.5} />
              </g>
            )}
          </g>
        ))}
      </svg>
      {at !== null && (
        <Readout x={middle(at.column)} y={4} width={width}>
          <p className="mb-1 font-medium">
            {formatPeriod(net[at.column]?.period ?? { from: '', until: '' })}
            {net[at.column]?.flags.map((flag) => ` · ${formatFlag(flag).label}`)}
          </p>
          {layers.map((layer, row) => (
            <ReadoutLine key={layer.id} name={layer.name} strong={at.row === row} value={formatMoney((layer.side === 'down' ? -1 : 1) * (layer.results[at.column]?.value ?? 0), currency)} swatch={<span className="inline-block size-2 rounded-xs" style={{ background: fillOf(layers, layer) }} />} />
          ))}
          <ReadoutLine name="Net" strong={at.row === layers.length} value={formatMoney(net[at.column]?.value ?? 0, currency)} swatch={<span className="inline-block size-2 rounded-full border-[1.5px] border-ink" />} />
        </Readout>
      )}
    </>
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
