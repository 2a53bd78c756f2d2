import { scaleLinear } from 'd3-scale'
import { Figure } from './figure.tsx'
import { useMarks } from './marks.tsx'

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
  const table = { columns: [...columns, 'Note'], rows: items.map((item) => [item.name, item.value, item.note ?? null]), shown: items.map((item) => [item.name, item.text, item.note ?? '']) }
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

function Bars({ name, width, items, onOpen, signed }: { readonly name: string; readonly width: number; readonly items: readonly BarItem[]; readonly onOpen: BarListProps['onOpen']; readonly signed: boolean }) {
  const values = items.flatMap((item) => (item.value === null ? [] : [item.value]))
  const roomy = width > 520
  const left = Math.min(190, Math.max(96, width * 0.3))
  const notes = roomy && items.some((item) => item.note !== undefined) ? 168 : 0
  const right = width - 84 - notes
  const x = scaleLinear().domain([Math.min(0, ...values), Math.max(0, ...values, 1e-9)]).range([left, Math.max(left + 20, right)])
  const { at, root, mark, onKeyDown } = useMarks(1, items.length, ({ row }) => items[row] !== undefined && onOpen?.(items[row]))
  return (
    <svg ref={root} data-chart width={width} height={Math.max(ROW, items.length * ROW)} role="group" aria-label={onOpen === undefined ? name : `${name}: use the arrow keys`} onKeyDown={onKeyDown} className="block">
      {items.map((item, i) => {
        const middle = i * ROW + ROW / 2
        const value = item.value ?? 0
        const fill = item.quiet === true ? 'fill-flat' : signed ? (value < 0 ? 'fill-bad-1' : 'fill-good-1') : 'fill-total'
        return (
          <g key={item.id} {...(onOpen === undefined ? {} : mark(0, i, `${item.name}: ${item.text}${item.note === undefined ? '' : `, ${item.note}`}`))}>
            <rect x={0} y={i * ROW} width={width} height={ROW} className={at?.row === i ? 'fill-hover' : 'fill-transparent'} />
            <text x={4} y={middle} dominantBaseline="central" className={`text-base ${item.quiet === true ? 'fill-quiet' : 'fill-ink'}`}>
              {fits(item.name, left - 10)}
              <title>{item.name}</title>
            </text>
            {item.value !== null && <rect x={Math.min(x(0), x(value))} y={i * ROW + 6} width={Math.max(1, Math.abs(x(value) - x(0)))} height={ROW - 12} className={fill} />}
            {item.interval !== null && item.interval !== undefined && (
              <path d={`M${x(item.interval[0])},${middle}H${Math.min(x(item.interval[1]), right)}`} className="stroke-ink" strokeWidth={1} opacity={0.7} />
            )}
            <text x={width - 4 - notes} y={middle} textAnchor="end" dominantBaseline="central" className={`num text-base ${item.value === null ? 'fill-faint' : 'fill-ink'}`}>
              {item.text}
            </text>
            {notes > 0 && (
              <text x={width - 4} y={middle} textAnchor="end" dominantBaseline="central" className="num fill-faint text-sm">
                {item.note}
              </text>
            )}
          </g>
        )
      })}
      {items.some((item) => (item.value ?? 0) < 0) && <line x1={x(0)} x2={x(0)} y1={0} y2={items.length * ROW} className="stroke-edge" />}
    </svg>
  )
}
