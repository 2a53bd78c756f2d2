/** When so many accounts move the same way at once, it is the data that moved. */
export const FLEET_SHIFT = { accounts: 20, points: 5, share: 0.15, warm_up: 30, base_days: 7 } as const

export interface FleetShift {
  readonly n: number
  readonly up: number
  readonly down: number
  readonly held: boolean
}

/** By weighted scores of the day and of its base; accounts without one of both are left out. */
export function fleetShift(changes: readonly number[]): FleetShift {
  const up = changes.filter((change) => change > FLEET_SHIFT.points).length
  const down = changes.filter((change) => change < -FLEET_SHIFT.points).length
  const n = changes.length
  return { n, up, down, held: n >= FLEET_SHIFT.accounts && Math.max(up, down) > FLEET_SHIFT.share * n }
}
