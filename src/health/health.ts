import type { Band, ShownBand } from './bands.ts'
import { EDGES, holdBand, shownBand } from './bands.ts'
import type { Cap, CapEvidence } from './caps.ts'
import { bindingCap, cappedScore, capsInForce, checkCaps } from './caps.ts'
import type { HealthModel } from './model.ts'
import { inputsOf } from './model.ts'
import { normalise } from './normalise.ts'
import type { MissingReason, Readings, Weighted } from './score.ts'
import { weighted } from './score.ts'

/** The health of an account on a day, by one model. */
export interface Health extends Weighted {
  /** After caps; null exactly where too little is known. */
  readonly score: number | null
  readonly held: Band | null
  readonly band: ShownBand
  readonly caps: readonly Cap[]
  readonly binding: Cap | null
}

/** What came before, which the band depends on: weighted scores of the days before, the last one yesterday's, and what was held. */
export interface Before {
  readonly held: Band | null
  readonly scores: readonly (number | null)[]
}

const NOTHING: Before = { held: null, scores: [] }

export function healthOf(model: HealthModel, readings: Readings, caps: readonly Cap[], before: Before = NOTHING): Health {
  const known = weighted(model, readings)
  const held = holdBand(before.held, [...before.scores, known.weighted])
  return {
    ...known,
    score: cappedScore(known.weighted, caps),
    held,
    band: shownBand({ held, ...known }, caps),
    caps,
    binding: bindingCap(known.weighted, caps),
  }
}

/** The caps of an account on a day. */
export const capsOn = (model: HealthModel, evidence: CapEvidence): Cap[] => capsInForce(checkCaps(model, evidence))

/** One line of what was looked at: nothing is left unsaid. */
export type CheckLine =
  | { readonly of: 'input' | 'cap'; readonly id: string; readonly state: 'fired' | 'clear' }
  | { readonly of: 'input' | 'cap'; readonly id: string; readonly state: 'not_checkable'; readonly reason: MissingReason | null }

export function checkLines(model: HealthModel, readings: Readings, caps: ReturnType<typeof checkCaps>): CheckLine[] {
  const inputs = inputsOf(model.families).map(({ id, scale }): CheckLine => {
    const reading = readings[id]
    if (reading === undefined || !('value' in reading)) return { of: 'input', id, state: 'not_checkable', reason: reading?.missing ?? 'not_connected' }
    return { of: 'input', id, state: normalise(scale, reading.value) < EDGES.amber ? 'fired' : 'clear' }
  })
  const decisions = Object.entries(caps).map(([id, cap]): CheckLine => {
    if (cap === 'not_checkable') return { of: 'cap', id, state: cap, reason: null }
    return { of: 'cap', id, state: cap === 'clear' ? 'clear' : 'fired' }
  })
  return [...inputs, ...decisions]
}

/** Contributions rounded to so many places by largest remainder, so that those printed add up to the score that is printed. */
export function printedPoints(points: readonly number[], places = 0): number[] {
  const unit = 10 ** places
  const whole = points.map((each) => Math.floor(each * unit + 1e-9))
  const left = Math.round(points.reduce((sum, each) => sum + each, 0) * unit) - whole.reduce((sum, each) => sum + each, 0)
  const order = points.map((each, i) => ({ i, rest: each * unit - (whole[i] as number) })).sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of order.slice(0, Math.max(0, left))) whole[i] = (whole[i] as number) + 1
  return whole.map((each) => each / unit)
}
