import { useCallback, useRef, useState } from 'react'
import type { HealthMap } from '../../../contract/health-map.ts'
import { formatMoney } from '../../format.ts'
import { Canvas } from './canvas.tsx'
import type { Pad } from './canvas.tsx'
import { drawPlane } from './plane-draw.ts'
import type { Dot } from './plane-draw.ts'

const HEIGHT = 480

interface PlaneProps {
  readonly map: HealthMap
  /** The same a while before, for trails. */
  readonly before: HealthMap | undefined
  readonly currency: string
  readonly onAccount: (id: string) => void
}

/** Experience across, outcomes up, ARR as size, the band as colour; trails lead from where accounts were. */
export function MapPlane({ map, before, currency, onAccount }: PlaneProps) {
  const [over, setOver] = useState<number | null>(null)
  const dots = useRef<readonly Dot[]>([])
  const draw = useCallback((pad: Pad) => void (dots.current = drawPlane(pad, map, before, over)), [map, before, over])
  // The smallest lie on top: they are drawn last.
  const dotAt = ({ x, y }: { x: number; y: number }): number | null =>
    dots.current.findLast((dot) => Math.hypot(dot.x - x, dot.y - y) <= dot.radius + 3)?.place ?? null
  return (
    <div>
      <Canvas
        label={`Experience across, outcomes up, for ${map.account_id.length} accounts; the counts stand above`}
        height={HEIGHT}
        draw={draw}
        onPoint={(point) => setOver(point === null ? null : dotAt(point))}
        onPick={(point) => {
          const place = dotAt(point)
          if (place !== null) onAccount(map.account_id[place] ?? '')
        }}
      />
      <p className="num min-h-5 text-sm text-quiet" aria-live="polite">
        {over === null ? 'Across: customer experience. Up: customer outcomes. Size: ARR. Point at an account to read it.' : wordsOf(map, over, currency)}
      </p>
    </div>
  )
}

const wordsOf = (map: HealthMap, place: number, currency: string): string =>
  `${map.name[place]}: experience ${Math.round(map.experience[place] ?? 0)}, outcomes ${Math.round(map.outcomes[place] ?? 0)}, ${formatMoney(map.arr[place] ?? 0, currency, 0)} ARR`
