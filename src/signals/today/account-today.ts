import type { Band, ShownBand } from '../../health/bands.ts'
import type { Phase } from '../../health/likelihood.ts'
import type { Day } from '../../kernel/period.ts'

/** How an account stands today, as far as the work of a day needs it. */
export interface AccountToday {
  readonly account_id: string
  readonly name: string
  /** Who owns it today; null for nobody. */
  readonly csm: string | null
  readonly score: number | null
  readonly band: ShownBand
  readonly held: Band | null
  readonly coverage: number
  /** In the currency of the workspace. */
  readonly arr: number
  /** Day of the decision to leave that is in force, as known. */
  readonly decided_on: Day | null
  readonly next_deadline: Day | null
  readonly deadline_arr: number
  readonly phase: Phase | null
  /** The chance of a decision to leave within 90 days; null where none is known yet, or it has decided. */
  readonly churn_probability: number | null
}

/** A CSM with the name people know them by. */
export interface Csm {
  readonly id: string
  readonly name: string
}
