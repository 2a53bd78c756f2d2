import { quantileSorted } from '../../statistics/quantile.ts'
import { reachedBy } from '../../statistics/kaplan-meier.ts'
import { MEDIAN_TIME_BESIDES, medianTimeToReach } from '../kit/distribution.ts'
import { withBeside } from '../kit/value.ts'
import type { Form } from '../kit/value.ts'
import { NO_TALLY, observations, reachedValues } from '../kit/tally.ts'

/** What stands beside a median time to value or adoption. */
export const TIME_TO_BESIDES = {
  ...MEDIAN_TIME_BESIDES,
  within_14: 'Within 14 days',
  within_30: 'Within 30 days',
  within_90: 'Within 90 days',
  median_of_reached: 'Median of those who reached it',
} as const

/**
 * The Kaplan-Meier median, and the share that had reached it by 14, 30 and 90 days. The plain median of those who reached it
 * stands beside for comparison: it forgets those who are still on their way.
 */
export const timeTo = (measure: string, early: string): Form =>
  withBeside(medianTimeToReach(measure), ({ tallies, number }) => {
    const tally = tallies[measure] ?? NO_TALLY
    const watched = observations(tally)
    const within = (days: number): number | null => reachedBy(watched, days)?.value ?? null
    return {
      beside: { within_14: within(14), within_30: within(30), within_90: within(90), median_of_reached: quantileSorted(reachedValues(tally), 0.5) },
      ...((number[early] ?? 0) > 0 ? { flags: ['before_start'] } : {}),
    }
  })
