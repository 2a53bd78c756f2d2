import type { FleetShift } from '../health/fleet-hold.ts'
import { FLEET_SHIFT, fleetShift } from '../health/fleet-hold.ts'
import { fleetFall } from '../health/lists.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { Past } from './ports.ts'

/** How all accounts moved together up to a day. */
export interface FleetMove {
  /** Against the last day that can be trusted; null in the first days of a workspace. */
  readonly shift: (FleetShift & { readonly against: Day }) | null
  /** Of weighted scores in 28 days; never below 0. */
  readonly fall: number
}

type Weighted = ReadonlyMap<string, number>

const FALL_DAYS = 28

function changes(now: Weighted, then: Weighted): number[] {
  const found: number[] = []
  for (const [account, weighted] of now) {
    const before = then.get(account)
    if (before !== undefined) found.push(weighted - before)
  }
  return found
}

/** The last day that was not held, if it is not too long ago, else the day before. */
async function baseOf(day: Day, past: Pick<Past, 'heldSince'>): Promise<Day> {
  const earliest = addDays(day, -FLEET_SHIFT.base_days)
  const held = await past.heldSince(earliest)
  let against = addDays(day, -1)
  while (held.has(against)) against = addDays(against, -1)
  return against < earliest ? addDays(day, -1) : against
}

/** By the weighted scores of a day. `firstUse`: the first day on which any use was recorded. */
export async function fleetMove(day: Day, now: Weighted, past: Past, firstUse: Day | null): Promise<FleetMove> {
  const fall = fleetFall(changes(now, await past.weightedOn(addDays(day, -FALL_DAYS))).map((change) => -change))
  if (firstUse === null || daysBetween(firstUse, day) < FLEET_SHIFT.warm_up) return { shift: null, fall }
  const against = await baseOf(day, past)
  return { shift: { against, ...fleetShift(changes(now, await past.weightedOn(against))) }, fall }
}
