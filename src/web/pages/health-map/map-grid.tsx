import { useCallback, useMemo, useRef, useState } from 'react'
import type { HealthMap } from '../../../contract/health-map.ts'
import type { BandId } from '../../../kernel/words/health.ts'
import { formatMoney } from '../../format.ts'
import { Canvas } from './canvas.tsx'
import type { Pad } from './canvas.tsx'
import type { MapColumn } from './map-data.ts'

const ROW = 22
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

/** Widths: the name, the ARR, then the columns alike. */
function layOut(width: number, count: number): { name: number; arr: number; cell: number } {
  const name = Math.min(240, Math.max(96, width * 0.26))
  const arr = width < 560 ? 0 : 96
  return { name, arr, cell: (width - name - arr) / count }
}

function clipped(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text
  let end = Math.max(1, Math.floor((text.length * room) / context.measureText(text).width) - 1)
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > room) end--
  return `${text.slice(0, end)}…`
}

/** Diagonals in a cell of which nothing is known: never colour alone. */
function hatch({ context, palette }: Pad, x: number, y: number, width: number): void {
  context.save()
  context.beginPath()
  context.rect(x, y, width, ROW - 2)
  context.clip()
  context.strokeStyle = palette.line
  context.beginPath()
  for (let line = -ROW; line < width; line += 6) {
    context.moveTo(x + line, y + ROW)
    context.lineTo(x + line + ROW, y)
  }
  context.stroke()
  context.restore()
}

/** Accounts by inputs, each cell in the colour of its band with its number. Only the rows in sight are drawn, however many there are. */
export function MapGrid({ map, columns, currency, order, onAccount, onCell }: GridProps) {
  const [top, setTop] = useState(0)
  const [over, setOver] = useState<number | null>(null)
  const widths = useRef({ name: 0, arr: 0, cell: 1 })
  const height = Math.min(HIGHEST, order.length * ROW)
  const money = useMemo(() => order.map((place) => formatMoney(map.arr[place] ?? 0, currency, 0)), [order, map, currency])
  const draw = useCallback(
    (pad: Pad) => {
      const { context, width, palette } = pad
      const { name, arr, cell } = (widths.current = layOut(width, columns.length))
      context.font = '13px "Inter Variable", system-ui, sans-serif'
      context.textBaseline = 'middle'
      const first = Math.floor(top / ROW)
      for (let row = first; row < Math.min(order.length, first + Math.ceil(height / ROW) + 1); row++) {
        const place = order[row] ?? 0
        const y = row * ROW - top
        context.fillStyle = over === row ? palette.accent : palette.ink
        context.textAlign = 'left'
        context.fillText(clipped(context, map.name[place] ?? '', name - 12), 0, y + ROW / 2)
        if (arr > 0) {
          context.fillStyle = palette.quiet
          context.textAlign = 'right'
          context.fillText(money[row] ?? '', name + arr - 12, y + ROW / 2)
        }
        columns.forEach((column, i) => {
          const [x, value, band] = [name + arr + i * cell, column.values[place] ?? null, column.bandAt(place)]
          context.fillStyle = palette.soft[band]
          context.fillRect(x, y + 1, cell - 2, ROW - 2)
          if (value === null) return hatch(pad, x, y + 1, cell - 2)
          context.fillStyle = palette.bands[band]
          context.fillRect(x, y + 1, 3, ROW - 2)
          context.textAlign = 'right'
          context.fillText(String(Math.round(value)), x + cell - 10, y + ROW / 2)
        })
      }
    },
    [columns, order, map, money, top, over, height],
  )
  const rowAt = (y: number): number => Math.floor((y + top) / ROW)
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
      <div style={{ height: order.length * ROW }}>
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
