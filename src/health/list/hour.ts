import { formatDay } from '../../kernel/words/days.ts'
import { BANDS } from '../../kernel/words/health.ts'
import { formatValue } from '../../kernel/words/value.ts'
import type { Day } from '../../kernel/period.ts'
import type { ShownBand } from '../bands.ts'

/** What is known of a customer, as far as the worth of an hour needs it. */
export interface Candidate {
  readonly arr: number | null
  readonly band: ShownBand
  readonly decided_on: Day | null
  /** Null where it is not known. */
  readonly churn_probability: number | null
  readonly next_deadline: Day | null
  readonly deadline_days: number | null
}

/** What an hour with a customer is worth, with the reason in words; or why nothing can be said. */
export type Worth = { readonly worth: number; readonly because: string } | { readonly worth: null; readonly because: string }

/** A deadline this near is one that an hour can still change. */
const NEAR_DAYS = 90

const isKnown = ({ churn_probability, decided_on }: Candidate): boolean => decided_on === null && churn_probability !== null

/** Of customers who have not decided and whose chance is known; null where it is known of nobody. */
export function meanChance(all: readonly Candidate[]): number | null {
  const known = all.filter(isKnown).map(({ churn_probability }) => churn_probability ?? 0)
  return known.length === 0 ? null : known.reduce((sum, chance) => sum + chance, 0) / known.length
}

const percent = (chance: number): string => formatValue('sentence', chance, 'share', { digits: 0 })

const deadline = ({ next_deadline, deadline_days }: Candidate): string =>
  next_deadline === null || deadline_days === null
    ? 'no deadline is known'
    : deadline_days < 0
      ? `was to decide by ${formatDay(next_deadline)}`
      : `must decide by ${formatDay(next_deadline)}, in ${formatValue('sentence', deadline_days, 'days')}`

/**
 * ARR x the chance that it goes: 1 once the customer has decided; where the chance of the customer is not known, the mean of
 * those that are. Where it is known of nobody, the ARR of weak customers whose deadline is near: what can be said without.
 */
export function worthOfAnHour(candidate: Candidate, usual: number | null): Worth {
  const { arr, band, decided_on, churn_probability } = candidate
  if (arr === null) return { worth: null, because: 'An exchange rate is missing, so that its ARR is not known' }
  if (decided_on !== null) return { worth: arr, because: `Has decided to leave, on ${formatDay(decided_on)}` }
  const how = BANDS[band].label
  if (churn_probability !== null)
    return {
      worth: arr * churn_probability,
      because: `${percent(churn_probability)} likely to decide to leave within 90 days; ${how.toLowerCase()}, ${deadline(candidate)}`,
    }
  if (usual !== null)
    return { worth: arr * usual, because: `${how}, ${deadline(candidate)}; its own chance is not known, so that the mean of ${percent(usual)} stands in` }
  const isNear = candidate.deadline_days !== null && candidate.deadline_days <= NEAR_DAYS
  if (band === 'green' || !isNear) return { worth: null, because: 'No chance is known yet, and it is not weak with a deadline near' }
  return { worth: arr, because: `${how}, ${deadline(candidate)}; no chance is known yet, so that its ARR stands alone` }
}
