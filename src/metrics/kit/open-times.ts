import type { NullReason } from '../../kernel/words/reasons.ts'
import { kaplanMeier, medianTime } from '../../statistics/kaplan-meier.ts'
import { medianOf } from './distribution.ts'
import type { Reckoning } from './reckoning.ts'
import { computed } from './value.ts'
import type { Form } from './value.ts'
import { NO_TALLY, countCensored, countReached, observations } from './tally.ts'
import type { Tally } from './tally.ts'

/** Above this share of open ones a median of those that are done says too little. */
const MOST_OPEN = 0.05

/** What stands beside a median of times some of which still run. */
export const OPEN_TIME_BESIDES = { p90: '90th percentile', mean: 'Mean', open: 'Still waiting', oldest: 'The oldest of them' } as const

const oldestOf = ({ values, censored }: Tally): number | null => values.findLast((_, i) => (censored[i] ?? 0) > 0) ?? null

/**
 * Median of times some of which still run. With more than 5 % open it is read off the Kaplan-Meier curve, in which the open
 * ones count with their age so far; 90th percentile and mean are always those of the done.
 */
function openMedianOf(tally: Tally, nullReason: NullReason, seed: string, interval: boolean, formula: string): Reckoning {
  const [reached, open] = [countReached(tally), countCensored(tally)]
  const plain = medianOf(tally, nullReason, seed, interval)
  const beside = { ...plain.beside, oldest: oldestOf(tally) }
  if (reached === 0 || open <= MOST_OPEN * (reached + open)) return { ...plain, beside }
  const { value, lower, upper } = medianTime(kaplanMeier(observations(tally)))
  const made = { beside, flags: ['open_counted'] as const, formula }
  if (value === null) return { value, null_reason: 'half_not_reached', ...made }
  const ci = lower === null || upper === null ? {} : { ci: [lower, upper] as const, ci_method: 'log-log Greenwood' }
  return { value, ...made, ...ci }
}

export const openMedian = (measure: string, nullReason: NullReason, seed: string): Form =>
  computed(
    ({ tallies, interval }) =>
      openMedianOf(tallies[measure] ?? NO_TALLY, nullReason, seed, interval, `Kaplan-Meier median of {${measure}} and {open} that still wait`),
    { numerator: measure },
  )
