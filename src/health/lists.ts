import type { Day } from '../kernel/period.ts'
import { daysBetween } from '../kernel/period.ts'
import { median } from '../statistics/quantile.ts'
import type { Band, ShownBand } from './bands.ts'
import { bandDistance } from './bands.ts'

/** A CSM's own view of an account; purple is none. */
export interface Pulse {
  readonly set_on: Day
  readonly value: Band | 'purple'
  readonly reason: string
  readonly author: string
}

const FRESH_PULSE = 60
const FALL = 10
const MONEY = 0.1
/** Below so many accounts a median says nothing of the fleet. */
export const FLEET = 20

/** The pulse of a day, newest of those set by then, and whether it is too old to count. */
export function pulseOn(pulses: readonly Pulse[], day: Day): (Pulse & { age: number; is_due: boolean }) | null {
  const newest = pulses
    .filter(({ set_on }) => set_on <= day)
    .toSorted((a, b) => (a.set_on < b.set_on ? -1 : 1))
    .at(-1)
  if (newest === undefined) return null
  const age = daysBetween(newest.set_on, day)
  return { ...newest, age, is_due: age > FRESH_PULSE }
}

/** Steps between a fresh pulse and the band; null where they agree or one of them says nothing. */
export function pulseDisagrees(pulse: ReturnType<typeof pulseOn>, band: ShownBand): number | null {
  if (pulse === null || pulse.is_due || pulse.value === 'purple' || band === 'unknown') return null
  const distance = bandDistance(pulse.value, band)
  return distance >= 1 ? distance : null
}

/** The change of MRR in 90 days where it speaks against the band; null where it does not. */
export function scoreAgainstMoney(band: ShownBand, mrr: number, mrrBefore: number): number | null {
  if (!(mrr > 0 && mrrBefore > 0)) return null
  const change = mrr / mrrBefore - 1
  return (band === 'green' && change <= -MONEY + 1e-12) || (band === 'red' && change >= MONEY - 1e-12) ? change : null
}

/** How far the whole fleet fell, by the falls of its accounts; never below 0. */
export function fleetFall(falls: readonly number[]): number {
  return falls.length < FLEET ? 0 : Math.max(0, median(falls) ?? 0)
}

/** Green, but lower than 30 days ago by more than the fleet is. */
export const isGreenButFalling = (band: ShownBand, score: number | null, before: number | null, fall: number): boolean =>
  band === 'green' && score !== null && before !== null && before - score - fall >= FALL
