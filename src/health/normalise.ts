import { refuse } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { quantile } from '../statistics/quantile.ts'

export type Point = readonly [value: number, score: number]

/** How a raw value becomes 0 to 100. Data, so that the same can be asked of a store in its own language. */
export interface Scale {
  /** `line`: straight between the points and flat outside them; `steps`: the score of the last edge reached. */
  readonly kind: 'line' | 'steps'
  readonly points: readonly Point[]
  /** Where the points are tenths of what accounts had on a day. */
  readonly percentiles?: Percentiles | undefined
}

export interface Percentiles {
  readonly better: 'up' | 'down'
  /** Of these accounts, each DIMENSION=VALUE; of all where it is empty. */
  readonly of: readonly string[]
  /** Null until they are taken, at saving. */
  readonly taken_on: Day | null
}

export const anchors = (...points: Point[]): Scale => ({ kind: 'line', points })
export const steps = (...points: Point[]): Scale => ({ kind: 'steps', points })

/** Values rise strictly and scores go one way, or the two points that do not are named. */
export function checkScale({ points }: Scale): void {
  const rises = (points.at(-1)?.[1] ?? 0) >= (points[0]?.[1] ?? 0)
  const bad = (why: string, cure: string) => refuse('bad_anchors', why, cure)
  if (points.length === 0) throw bad('There are no anchors.', 'Give at least one.')
  points.forEach(([value, score], i) => {
    if (!Number.isFinite(value) || !(score >= 0 && score <= 100))
      throw bad(`The anchor ${value}: ${score} is none.`, 'Give a number, and a score from 0 to 100.')
    const before = points[i - 1]
    if (before === undefined) return
    const both = `${before[0]}: ${before[1]} and ${value}: ${score}`
    if (value <= before[0]) throw bad(`The values of the anchors ${both} do not rise.`, 'Order them by their values, each once.')
    if (rises ? score < before[1] : score > before[1])
      throw bad(`The scores of the anchors ${both} turn back.`, 'Let the scores of all anchors rise, or all fall.')
  })
}

export function normalise({ kind, points }: Scale, value: number): number {
  let i = 0
  while (i + 1 < points.length && (points[i + 1] as Point)[0] <= value) i++
  const [below, above] = [points[i] as Point, points[i + 1]]
  if (kind === 'steps' || above === undefined || value <= below[0]) return below[1]
  return below[1] + ((value - below[0]) / (above[0] - below[0])) * (above[1] - below[1])
}

export const lowestScore = ({ points }: Scale): number => Math.min(...points.map(([, score]) => score))

/** Anchors at the tenths of what a segment has on the day of saving. They stay as they are when the segment moves on. */
export function percentileScale(values: readonly number[], better: 'up' | 'down' = 'up'): Scale {
  const byValue = new Map<number, number>()
  for (let tenth = 0; tenth <= 10; tenth++) {
    const at = quantile(values, tenth / 10)
    if (at !== null) byValue.set(at, tenth * 10)
  }
  return { kind: 'line', points: [...byValue].map(([value, share]) => [value, better === 'up' ? share : 100 - share] as const) }
}
