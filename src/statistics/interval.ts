/** Lower and upper end of a confidence interval, in the unit of what it is an interval of. */
export type Interval = readonly [lower: number, upper: number]

/** What every interval of the product is stated at unless it says otherwise (C26). */
export const LEVEL = 0.95

export const isLevel = (level: number): boolean => level > 0 && level < 1

/** The interval cut to the range in which its quantity can lie. */
export const clampInterval = ([lower, upper]: Interval, [least, most]: Interval): Interval => [
  Math.min(Math.max(lower, least), most),
  Math.min(Math.max(upper, least), most),
]

/** Null when an end is not a number a reader could be shown. */
export const finiteInterval = (lower: number, upper: number): Interval | null => (Number.isFinite(lower) && Number.isFinite(upper) ? [lower, upper] : null)
