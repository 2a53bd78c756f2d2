import type { Result } from '../../contract/question.ts'

export interface Step {
  readonly id: string
  readonly name: string
  /** A total stands on the ground; a change hangs from the one before. */
  readonly kind: 'total' | 'up' | 'down' | 'flat'
  /** Signed for changes. Null when it is not known. */
  readonly amount: number | null
  readonly result: Result | undefined
  readonly says?: string
}

export interface Bar {
  readonly step: Step
  readonly from: number
  readonly to: number
}

/** Where each bar begins and ends: changes pile up on the total before them. */
export function layBridge(steps: readonly Step[]): Bar[] {
  let level = 0
  return steps.map((step) => {
    const from = step.kind === 'total' ? 0 : level
    level = step.kind === 'total' ? (step.amount ?? level) : level + (step.amount ?? 0)
    return { step, from, to: level }
  })
}

/** Small changes between large totals would be flat on a scale from zero; totals are cut then, and the cut is drawn. */
export function floorOf(bars: readonly Bar[]): number {
  const levels = bars.flatMap(({ from, to, step }) => (step.kind === 'total' ? [to] : [from, to]))
  const [low, high] = [Math.min(...levels), Math.max(...levels)]
  // Where nothing moved there is nothing to magnify.
  return low > 0 && high > low && high - low < high * 0.12 ? Math.max(0, low - (high - low) * 0.6) : Math.min(0, low)
}

export interface Layer {
  readonly id: string
  readonly name: string
  /** Which side of zero it piles up on; `flat` goes where its sign says. */
  readonly side: 'up' | 'down' | 'flat'
  readonly results: readonly Result[]
}

export interface Box {
  readonly layer: Layer
  readonly row: number
  readonly from: number
  readonly to: number
}

/** Signed boxes of one period, piled away from zero. */
export function pile(layers: readonly Layer[], column: number): Box[] {
  let [up, down] = [0, 0]
  return layers.map((layer, row) => {
    const size = layer.results[column]?.value ?? 0
    const amount = layer.side === 'down' ? -size : size
    if (amount >= 0) return { layer, row, from: up, to: (up += amount) }
    return { layer, row, from: down, to: (down += amount) }
  })
}

interface Reaching {
  readonly value: number | null
  readonly interval?: readonly [number, number] | null
}

/** From zero to the longest bar, with room for the intervals: one of a few cases may double the picture, not flatten it. */
export function reachOf(items: readonly Reaching[]): [number, number] {
  const values = items.flatMap(({ value }) => (value === null ? [] : [value]))
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values, 1e-9)]
  const bounds = items.flatMap(({ value, interval }) => (value === null ? [] : (interval ?? [])))
  return [Math.max(Math.min(low, ...bounds), low - (high - low)), Math.min(Math.max(high, ...bounds), high + (high - low))]
}
