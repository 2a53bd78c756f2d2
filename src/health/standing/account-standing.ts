import type { Day } from '../../kernel/period.ts'
import type { Band, ShownBand } from '../bands.ts'
import type { Cap } from '../caps.ts'
import type { ReadChances } from '../chances.ts'
import type { AtRisk, Phase } from '../likelihood.ts'
import type { Readings } from '../score.ts'

/** How one account stands now: its score by the facts known at this moment, over windows that end today. No snapshot. */
export interface AccountStanding {
  readonly account_id: string
  /** Empty where the account was never described. */
  readonly name: string
  /** Pays at the close of today. Of others nothing is scored. */
  readonly is_customer: boolean
  /** "default@1" */
  readonly model: string
  /** After caps; null where too little is known, and for who is no customer. */
  readonly score: number | null
  readonly weighted: number | null
  readonly coverage: number
  readonly confidence: number
  /** The score with all that is missing counted 0. */
  readonly low: number
  /** The held band, lowered by caps and by what is not known. */
  readonly band: ShownBand
  /** As held by the last snapshot; the plain band where there is none. */
  readonly held: Band | null
  /** In force, the lowest first. */
  readonly caps: readonly Cap[]
  /** The cap that decides the score. */
  readonly binding: Cap | null
  /** In the reporting currency; null where a rate is not known. */
  readonly arr: number | null
  /** In the reporting currency; null where a rate is not known. */
  readonly mrr: number | null
  readonly seats: number
  /** Day of the decision to leave that is in force, of a customer all of whose contracts have one. */
  readonly decided_on: Day | null
  /** The next day by which a contract must be decided about; null where none must, or all are. */
  readonly next_deadline: Day | null
  readonly deadline_days: number | null
  /** What hangs on that deadline, in the reporting currency: 0 without one, null where a rate is not known. */
  readonly deadline_arr: number | null
  /** Null for who has decided, and for who is no customer. */
  readonly phase: Phase | null
  /** Chance of a decision to leave within 90 days; null where it cannot be told, or has been taken. */
  readonly churn_probability: number | null
  /** Chance that what must be decided about by the next deadline is renewed; of who may leave in any month, over 90 days. */
  readonly renewal_likelihood: number | null
  /** Points a week over the last eight weekly snapshots; null with fewer than five. */
  readonly trend: number | null
  /** The score of the snapshot 30 days before the last one. */
  readonly score_before: number | null
  /** What was read of each input of the model. */
  readonly inputs: Readings
}

/** How all accounts stand at one state of the books. */
export interface Standing {
  /** Today in the zone of the workspace. */
  readonly day: Day
  /** Facts recorded up to this instant are in it; null before the first. */
  readonly known_until: string | null
  /** The build of the ledgers it was read from. */
  readonly state: number
  /** Equal keys mean equal rows. */
  readonly key: string
  /** What chances rest on; null while too little of the past is known. */
  readonly chances: ReadChances | null
  /** What of the ARR of customers with a chance is expected to be lost within 90 days, and what of it is decided. */
  readonly at_risk: AtRisk
  /** Every account that counts, by its id: merged ones with those they were merged into, internal ones left out. */
  readonly rows: ReadonlyMap<string, AccountStanding>
}
