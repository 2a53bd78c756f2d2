import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'

/** What became of a warning. Late data is no fault of the rule, and what has not matured is not judged. */
export type Verdict = 'hit' | 'miss' | 'too_late' | 'not_matured' | 'late_data'

export interface Judged {
  readonly raised: Day
  /** Withdrawn because the fact behind it was late or wrong, or found so afterwards. */
  readonly is_late_data: boolean
  /** The account's decision, as it stands on the last day. */
  readonly decision: Day | null
  readonly deadline: Day | null
}

/** Of a warning of risk: `horizon` days to come true, `last` the last day of data. */
export function verdictOf({ raised, is_late_data, decision, deadline }: Judged, horizon: number, last: Day): Verdict {
  if (is_late_data) return 'late_data'
  const end = addDays(raised, horizon)
  if (decision !== null && decision <= raised) return 'too_late'
  if (decision !== null && decision <= end) return deadline === null || raised < deadline ? 'hit' : 'too_late'
  return end <= last ? 'miss' : 'not_matured'
}
