import { finite } from './finite.ts'
import { median } from './quantile.ts'

/** Makes the median absolute deviation of a normal sample estimate its standard deviation: 1 / normal quantile of 3/4. */
const NORMAL = 1.4826

/** Median of the distances from the median. Null for no values. */
export function medianDeviation(values: readonly number[]): number | null {
  const middle = median(values)
  return middle === null ? null : median(values.map((value) => Math.abs(value - middle)))
}

/**
 * How far a count lies from the median of its own past, in robust standard deviations, which are never taken to be smaller
 * than the Poisson noise of the median. Null without a past or with a median that is not above 0.
 */
export function robustZ(past: readonly number[], now: number): number | null {
  const middle = median(past)
  const deviation = medianDeviation(past)
  if (middle === null || deviation === null || !(middle > 0)) return null
  return finite((now - middle) / Math.max(NORMAL * deviation, Math.sqrt(middle)))
}
