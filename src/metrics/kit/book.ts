import type { FactStore } from '../../facts/store.ts'
import type { Flag } from '../../kernel/words/flags.ts'
import type { Day, Period } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import type { Asker } from './asker.ts'
import type { Catalogue } from './catalogue.ts'
import type { MetricDefinition } from './metric.ts'

/** A currency that money is in from a day on, before a rate of it to the reporting currency is known. */
export interface RateGap {
  readonly currency: string
  readonly per: string
  readonly from: Day
  /** Day of the first rate; null where there is none. */
  readonly until: Day | null
}

/** Whether facts of a metric's past were changed after it was closed (C28). */
export type Restated = (metric: MetricDefinition) => Promise<(period: Period) => boolean>

/** What metrics are computed from, and for whom: the store, the settings in force, and the ledgers as they are or were reported. */
export interface Book {
  /** Who asks. Whatever is kept of what the book says is kept for him. */
  readonly asker: Asker
  readonly store: FactStore
  /** Fires when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined
  readonly settings: Settings
  /** The metrics that can be asked for here. */
  readonly catalogue: Catalogue
  /** The day after the last one that has begun: nothing later is known. */
  readonly knownUntil: Day
  /** Local day of the first bill that is known, and the day from which subscriptions and bills are both known. */
  readonly coverage: { readonly firstBill: Day | null; readonly since: Day | null; readonly lastMonth: Day | null }
  /** What was read into rows that do not say it, and on which days that may move a number: a flag of metrics of MRR. */
  readonly restated: Restated
  /** Money that cannot be reported for want of a rate. */
  readonly rateGaps: readonly RateGap[]
  readonly notes: readonly (Period & { readonly note: Flag })[]
  ledger(ledger: LedgerDefinition): Sql
}
