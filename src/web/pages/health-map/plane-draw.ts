import type { HealthMap } from '../../../contract/health-map.ts'
import type { BandId } from '../../../kernel/words/health.ts'
import type { Pad } from './canvas.tsx'
import { QUADRANTS } from './map-data.ts'

const EDGE = 70
const ROOM = { left: 36, right: 12, top: 12, bottom: 28 }

/** Where an account was drawn. */
export interface Dot {
  readonly place: number
  readonly x: number
  readonly y: number
  readonly radius: number
}

interface Scale {
  readonly wide: number
  readonly tall: number
  toX(value: number): number
  toY(value: number): number
}

function scaleOf({ width, height }: Pad): Scale {
  const [wide, tall] = [width - ROOM.left - ROOM.right, height - ROOM.top - ROOM.bottom]
  return { wide, tall, toX: (value) => ROOM.left + (value / 100) * wide, toY: (value) => ROOM.top + tall - (value / 100) * tall }
}

function drawFrame({ context, height, palette }: Pad, { wide, tall, toX, toY }: Scale): void {
  context.font = '12px "Inter Variable", system-ui, sans-serif'
  context.strokeStyle = palette.line
  context.fillStyle = palette.quiet
  context.lineWidth = 1
  context.strokeRect(ROOM.left, ROOM.top, wide, tall)
  context.beginPath()
  context.moveTo(toX(EDGE), ROOM.top)
  context.lineTo(toX(EDGE), ROOM.top + tall)
  context.moveTo(ROOM.left, toY(EDGE))
  context.lineTo(ROOM.left + wide, toY(EDGE))
  context.stroke()
  context.textAlign = 'right'
  for (const tick of [0, EDGE, 100]) context.fillText(String(tick), ROOM.left - 6, toY(tick) + 4)
  context.textAlign = 'center'
  for (const tick of [0, EDGE, 100]) context.fillText(String(tick), toX(tick), height - 8)
  context.textAlign = 'left'
  context.fillText(QUADRANTS.effort_gap.label, ROOM.left + 8, ROOM.top + 16)
  context.fillText(QUADRANTS.at_risk.label, ROOM.left + 8, ROOM.top + tall - 8)
  context.textAlign = 'right'
  context.fillText(QUADRANTS.thriving.label, ROOM.left + wide - 8, ROOM.top + 16)
  context.fillText(QUADRANTS.value_gap.label, ROOM.left + wide - 8, ROOM.top + tall - 8)
}

/** Corners in quarters of a turn from the top. */
function polygon(context: CanvasRenderingContext2D, { x, y }: Dot, radius: number, corners: readonly number[]): void {
  corners.forEach((corner, i) => {
    const angle = (corner * Math.PI) / 2 - Math.PI / 2
    const [px, py] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
    if (i === 0) context.moveTo(px, py)
    else context.lineTo(px, py)
  })
  context.closePath()
}

/** As beside the words: a circle for green, a diamond for amber, a triangle for red, a ring where nothing is known. */
function drawDot({ context, palette }: Pad, dot: Dot, band: BandId, isOver: boolean): void {
  context.globalAlpha = 0.75
  context.fillStyle = palette.bands[band]
  context.strokeStyle = palette.bands[band]
  context.beginPath()
  if (band === 'amber') polygon(context, dot, dot.radius * 1.2, [0, 1, 2, 3])
  else if (band === 'red') polygon(context, dot, dot.radius * 1.2, [0, 4 / 3, 8 / 3])
  else context.arc(dot.x, dot.y, dot.radius, 0, 2 * Math.PI)
  if (band === 'unknown') context.stroke()
  else context.fill()
  context.globalAlpha = 1
  if (!isOver) return
  context.strokeStyle = palette.ink
  context.stroke()
}

function drawTrail({ context, palette }: Pad, from: readonly [number, number], to: Dot): void {
  context.strokeStyle = palette.quiet
  context.globalAlpha = 0.5
  context.beginPath()
  context.moveTo(...from)
  context.lineTo(to.x, to.y)
  context.stroke()
  context.globalAlpha = 1
}

/** Draws every account of which both indexes are known, with a trail from where it was, and says where each lies. */
export function drawPlane(pad: Pad, map: HealthMap, before: HealthMap | undefined, over: number | null): Dot[] {
  const scale = scaleOf(pad)
  drawFrame(pad, scale)
  const most = Math.max(1, map.arr[0] ?? 0)
  const was = new Map(before?.account_id.map((id, place) => [id, place]) ?? [])
  return map.account_id.flatMap((id, place) => {
    const [experience, outcomes] = [map.experience[place] ?? null, map.outcomes[place] ?? null]
    if (experience === null || outcomes === null) return []
    const dot: Dot = { place, x: scale.toX(experience), y: scale.toY(outcomes), radius: 2.5 + 13 * Math.sqrt((map.arr[place] ?? 0) / most) }
    const then = was.get(id)
    const [x, y] = then === undefined ? [null, null] : [before?.experience[then] ?? null, before?.outcomes[then] ?? null]
    if (x !== null && y !== null && (x !== experience || y !== outcomes)) drawTrail(pad, [scale.toX(x), scale.toY(y)], dot)
    drawDot(pad, dot, map.band[place] ?? 'unknown', place === over)
    return [dot]
  })
}
