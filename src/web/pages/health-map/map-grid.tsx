import { useCallback, useMemo, useRef, useState } from 'react'
import type { HealthMap } from '../../../contract/health-map.ts'
import type { BandId } from '../../../kernel/words/health.ts'
import { formatMoney } from '../../format.ts'
import { Canvas } from './canvas.tsx'
import type { Pad } from './canvas.tsx'
import { HEAD, ROW, drawGrid } from './grid-draw.ts'
import type { Widths } from './grid-draw.ts'
import type { MapColumn } from './map-data.ts'

const HIGHEST = 560

interface GridProps {
  readonly map: HealthMap
  readonly columns: readonly MapColumn[]
  readonly currency: string
  /** Places in the order in which they are shown. */
  readonly order: readonly number[]
  readonly onAccount: (id: string) => void
  readonly onCell: (column: MapColumn, band: BandId) => void
}

/** Accounts by inputs, each cell in the colour of its band with its number. Only the rows in sight are drawn, however many there are. */
export function MapGrid({ map, columns, currency, order, onAccount, onCell }: GridProps) {
  const [top, setTop] = useState(0)
  const [over, setOver] = useState<number | null>(null)
  const widths = useRef<Widths>({ name: 0, arr: 0, cell: 1 })
  const height = Math.min(HIGHEST, HEAD + order.length * ROW)
  const money = useMemo(() => order.map((place) => formatMoney(map.arr[place] ?? 0, currency, 0)), [order, map, currency])
  const draw = useCallback(
    (pad: Pad) => void (widths.current = drawGrid(pad, { map, columns, order, money, top, over })),
    [columns, order, map, money, top, over],
  )
  const rowAt = (y: number): number => (y < HEAD ? -1 : Math.floor((y - HEAD + top) / ROW))
  const pick = ({ x, y }: { x: number; y: number }): void => {
    const place = order[rowAt(y)]
    if (place === undefined) return
    const { name, arr, cell } = widths.current
    const column = columns[Math.floor((x - name - arr) / cell)]
    if (x < name + arr || column === undefined) onAccount(map.account_id[place] ?? '')
    else onCell(column, column.bandAt(place))
  }
  return (
    // The canvas stays where it is while the empty room below it scrolls.
    <div
      className="overflow-y-auto"
      style={{ height }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      tabIndex={0}
      role="group"
      aria-label="Accounts by inputs"
    >
      <div style={{ height: HEAD + order.length * ROW }}>
        <div className="sticky top-0">
          <Canvas
            label={`${order.length} accounts by ${columns.length} columns; the table above counts them`}
            height={height}
            draw={draw}
            onPoint={(point) => setOver(point === null ? null : rowAt(point.y))}
            onPick={pick}
          />
        </div>
      </div>
    </div>
  )
}
