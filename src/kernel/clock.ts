/** The only source of "now". Tests and replays pass their own; nothing else in the flow reads the wall clock. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export const fixedClock = (at: string): Clock => ({ now: () => new Date(at) })
