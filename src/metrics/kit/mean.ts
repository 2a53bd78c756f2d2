import type { NullReason } from '../../kernel/words/reasons.ts'
import { tInterval } from '../../statistics/t-interval.ts'
import type { Reckoning } from './reckoning.ts'
import { computed } from './value.ts'
import type { Form } from './value.ts'
import { NO_TALLY, countReached, reachedValues } from './tally.ts'
import type { Tally } from './tally.ts'

/** Mean of the values of a tally with Student's interval; null with the reason when there are none. */
export function meanOf(tally: Tally, nullReason: NullReason, times = 1): Reckoning {
  const n = countReached(tally)
  if (n === 0) return { value: null, null_reason: nullReason }
  const values = reachedValues(tally)
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1))
  const ci = tInterval(times * mean, times * sd, n)
  return { value: times * mean, ...(ci === null ? {} : { ci, ci_method: 't', se: (times * sd) / Math.sqrt(n) }) }
}

/** The mean of a tallied measure; `times` carries it to its unit. */
export const mean = (measure: string, nullReason: NullReason, times = 1): Form =>
  computed((parts) => meanOf(parts.tallies[measure] ?? NO_TALLY, nullReason, times), { numerator: measure })
