import { useCallback, useMemo, useRef, useState } from 'react'
import type { HealthMap } from '../../../contract/health-map.ts'
import { BANDS } from '../../../kernel/words/health.ts'
import { formatCount, formatMoney } from '../../format.ts'
import { Canvas } from './canvas.tsx'
import type { Pad } from './canvas.tsx'
import { squarify } from './squarify.ts'
import type { Rectangle } from './squarify.ts'

/** More rectangles than these cannot be told apart; the rest is one. */
const MOST = 1500
const HEIGHT = 480

interface TreeProps {
  readonly map: HealthMap
  readonly currency: string
  readonly onAccount: (id: string) => void
}

/** Every account as large as its ARR, in the colour of its band. */
export function MapTree({ map, currency, onAccount }: TreeProps) {
  const [over, setOver] = useState<number | null>(null)
  const boxes = useRef<readonly Rectangle[]>([])
  const paying = useMemo(() => map.arr.filter((arr) => arr > 0), [map])
  const sizes = useMemo(() => {
    const rest = paying.slice(MOST).reduce((sum, arr) => sum + arr, 0)
    return rest > 0 ? [...paying.slice(0, MOST), rest] : paying
  }, [paying])
  const others = paying.length - MOST
  const draw = useCallback(
    ({ context, width, palette }: Pad) => {
      boxes.current = squarify(sizes, { x: 0, y: 0, width, height: HEIGHT })
      context.font = '12px "Inter Variable", system-ui, sans-serif'
      context.textBaseline = 'top'
      boxes.current.forEach(({ x, y, width: wide, height: tall }, place) => {
        const band = place === MOST ? 'unknown' : (map.band[place] ?? 'unknown')
        context.fillStyle = palette.soft[band]
        context.fillRect(x, y, Math.max(0, wide - 1), Math.max(0, tall - 1))
        context.fillStyle = palette.bands[band]
        context.fillRect(x, y, 3, Math.max(0, tall - 1))
        if (place === over) {
          context.strokeStyle = palette.ink
          context.strokeRect(x + 0.5, y + 0.5, wide - 2, tall - 2)
        }
        if (wide < 64 || tall < 22) return
        context.save()
        context.beginPath()
        context.rect(x, y, wide - 6, tall)
        context.clip()
        context.fillStyle = palette.ink
        context.fillText(place === MOST ? `${formatCount(others)} others` : (map.name[place] ?? ''), x + 8, y + 5)
        if (tall > 40) {
          context.fillStyle = palette.bands[band]
          const score = map.score[place] ?? null
          context.fillText(place === MOST ? '' : `${score === null ? '' : `${Math.round(score)} `}${BANDS[band].label}`, x + 8, y + 21)
        }
        context.restore()
      })
    },
    [map, sizes, over, others],
  )
  const placeAt = ({ x, y }: { x: number; y: number }): number | null => {
    const found = boxes.current.findIndex((box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height)
    return found === -1 ? null : found
  }
  const words = (place: number): string =>
    place === MOST
      ? `${formatCount(others)} others, each smaller than those shown`
      : `${map.name[place]}: ${formatMoney(map.arr[place] ?? 0, currency, 0)} ARR, ${BANDS[map.band[place] ?? 'unknown'].label}`
  return (
    <div>
      <Canvas
        label={`ARR of ${paying.length} accounts by band; the counts stand above`}
        height={HEIGHT}
        draw={draw}
        onPoint={(point) => setOver(point === null ? null : placeAt(point))}
        onPick={(point) => {
          const place = placeAt(point)
          if (place !== null && place !== MOST) onAccount(map.account_id[place] ?? '')
        }}
      />
      <p className="num min-h-5 pt-1 text-sm text-quiet" aria-live="polite">
        {over === null ? 'As large as its ARR. Point at an account to read it.' : words(over)}
      </p>
    </div>
  )
}
