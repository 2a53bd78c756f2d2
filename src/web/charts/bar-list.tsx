import { scaleLinear } from 'd3-scale'
import { Figure } from './figure.tsx'
import { reachOf } from './layout.ts'
import { ChartSvg, useShapeFocus } from './chart-svg.tsx'

export interface BarItem {
  readonly id: string
  readonly name: string
  readonly value: number | null
  /** The value as it is read. */
  readonly text: string
  /** A second, quiet text: how many, or the interval. */
  readonly note?: string | undefined
  readonly interval?: readonly [number, number] | null
  /** Not a number of its own: it stands for what has no value. */
  readonly quiet?: boolean
}

interface BarListProps {
  readonly name: string
  readonly sentence: string
  readonly items: readonly BarItem[]
  readonly columns: readonly [name: string, value: string]
  readonly onOpen?: ((item: BarItem) => void) | undefined
  /** Bars with a sign are coloured by it: gains and losses. */
  readonly signed?: boolean
}

const ROW = 26

/** Values side by side from one zero, each with its name and its number. */
export function BarList({ name, sentence, items, columns, onOpen, signed = false }: BarListProps) {
  const table = {
    columns: [...columns, 'Note'],
    rows: items.map((item) => [item.name, item.value, item.note ?? null]),
    shown: items.map((item) => [item.name, item.text, item.note ?? '']),
  }
  return (
    <Figure name={name} sentence={sentence} table={table} height={items.length * ROW}>
      {(width) => <Bars key={items.length} name={name} width={width} items={items} onOpen={onOpen} signed={signed} />}
    </Figure>
  )
}

const fits = (text: string, pixels: number): string => {
  const most = Math.floor(pixels / 6.6)
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}

interface BarsProps {
  readonly name: string
  readonly width: number
  readonly items: readonly BarItem[]
  readonly onOpen: BarListProps['onOpen']
  readonly signed: boolean
}

function Bars({ name, width, items, onOpen, signed }: BarsProps) {
  const left = Math.min(190, Math.max(96, width * 0.3))
  const notes = width > 520 && items.some((item) => item.note !== undefined) ? 168 : 0
  const right = Math.max(left + 20, width - 84 - notes)
  const x = scaleLinear().domain(reachOf(items)).range([left, right]).clamp(true)
  const focus = useShapeFocus(1, items.length, ({ row }) => items[row] !== undefined && onOpen?.(items[row]))
  return (
    <ChartSvg name={name} width={width} height={Math.max(ROW, items.length * ROW)} focus={focus}>
      {items.map((item, i) => (
        <g
          key={item.id}
          transform={`translate(0,${i * ROW})`}
          {...(onOpen === undefined ? {} : focus.shape(0, i, `${item.name}: ${item.text}${item.note === undefined ? '' : `, ${item.note}`}`))}
        >
          <rect width={width} height={ROW} className={focus.at?.row === i ? 'fill-hover' : 'fill-transparent'} />
          <Bar item={item} x={x} signed={signed} />
          <Words item={item} left={left} width={width} notes={notes} />
        </g>
      ))}
      {(x.domain()[0] ?? 0) < 0 && <line x1={x(0)} x2={x(0)} y1={0} y2={items.length * ROW} className="stroke-edge" />}
    </ChartSvg>
  )
}

function Bar({ item, x, signed }: { readonly item: BarItem; readonly x: (value: number) => number; readonly signed: boolean }) {
  const { value, interval, quiet } = item
  if (value === null) return null
  const side = value < 0 ? 'fill-bad-1' : 'fill-good-1'
  const fill = quiet === true ? 'fill-flat' : signed ? side : 'fill-total'
  return (
    <>
      <rect x={Math.min(x(0), x(value))} y={6} width={Math.max(1, Math.abs(x(value) - x(0)))} height={ROW - 12} className={fill} />
      {interval !== null && interval !== undefined && (
        <path d={`M${x(interval[0])},${ROW / 2}H${x(interval[1])}`} className="stroke-ink" strokeWidth={1} opacity={0.7} />
      )}
    </>
  )
}

function Words({ item, left, width, notes }: { readonly item: BarItem; readonly left: number; readonly width: number; readonly notes: number }) {
  const line = { y: ROW / 2, dominantBaseline: 'central' as const }
  return (
    <>
      <text {...line} x={4} className={`text-base ${item.quiet === true ? 'fill-quiet' : 'fill-ink'}`}>
        {fits(item.name, left - 10)}
        <title>{item.name}</title>
      </text>
      <text {...line} x={width - 4 - notes} textAnchor="end" className={`num text-base ${item.value === null ? 'fill-faint' : 'fill-ink'}`}>
        {item.text}
      </text>
      {notes > 0 && (
        <text {...line} x={width - 4} textAnchor="end" className="num fill-faint text-sm">
          {item.note}
        </text>
      )}
    </>
  )
}
