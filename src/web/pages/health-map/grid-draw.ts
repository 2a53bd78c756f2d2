import type { HealthMap } from '../../../contract/health-map.ts'
import type { Pad } from './canvas.tsx'
import type { MapColumn } from './map-data.ts'

export const ROW = 22
/** Heads of the columns, which stay while rows go by. */
export const HEAD = 24

/** Widths: the name, the ARR where there is room, then the columns alike. */
export interface Widths {
  readonly name: number
  readonly arr: number
  readonly cell: number
}

/** What is drawn: rows from so many pixels below the first on, one of them under the pointer. */
export interface GridShown {
  readonly map: HealthMap
  readonly columns: readonly MapColumn[]
  /** Places in the order in which they are shown, and their ARR as text. */
  readonly order: readonly number[]
  readonly money: readonly string[]
  readonly top: number
  readonly over: number | null
}

function layOut(width: number, count: number): Widths {
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

function drawHeads({ context, width, palette }: Pad, columns: readonly MapColumn[], { name, arr, cell }: Widths): void {
  context.fillStyle = palette.page
  context.fillRect(0, 0, width, HEAD)
  context.fillStyle = palette.quiet
  context.font = '12px "Inter Variable", system-ui, sans-serif'
  context.textAlign = 'left'
  context.fillText('Account', 0, HEAD / 2)
  context.textAlign = 'right'
  if (arr > 0) context.fillText('ARR', name + arr - 12, HEAD / 2)
  columns.forEach((column, i) => context.fillText(clipped(context, column.name, cell - 12), name + arr + (i + 1) * cell - 10, HEAD / 2))
}

function drawRow(pad: Pad, { map, columns, order, money, over }: GridShown, { name, arr, cell }: Widths, row: number, y: number): void {
  const { context, palette } = pad
  const place = order[row] ?? 0
  context.fillStyle = over === row ? palette.accent : palette.ink
  context.textAlign = 'left'
  context.fillText(clipped(context, map.name[place] ?? '', name - 12), 0, y + ROW / 2)
  context.textAlign = 'right'
  context.fillStyle = palette.quiet
  if (arr > 0) context.fillText(money[row] ?? '', name + arr - 12, y + ROW / 2)
  columns.forEach((column, i) => {
    const [x, value, band] = [name + arr + i * cell, column.values[place] ?? null, column.bandAt(place)]
    context.fillStyle = palette.soft[band]
    context.fillRect(x, y + 1, cell - 2, ROW - 2)
    if (value === null) return hatch(pad, x, y + 1, cell - 2)
    context.fillStyle = palette.bands[band]
    context.fillRect(x, y + 1, 3, ROW - 2)
    context.fillText(String(Math.round(value)), x + cell - 10, y + ROW / 2)
  })
}

/** Draws the rows in sight below the heads, and says how wide everything is. */
export function drawGrid(pad: Pad, shown: GridShown): Widths {
  const { context, width, height } = pad
  const { columns, order, top } = shown
  const widths = layOut(width, columns.length)
  context.font = '13px "Inter Variable", system-ui, sans-serif'
  context.textBaseline = 'middle'
  const first = Math.floor(top / ROW)
  for (let row = first; row < Math.min(order.length, first + Math.ceil(height / ROW) + 1); row++) drawRow(pad, shown, widths, row, HEAD + row * ROW - top)
  drawHeads(pad, columns, widths)
  return widths
}
