import type { ImportRecord } from '../contract/imports.ts'
import type { FactStore } from '../facts/store.ts'
import type { Imports } from '../ingest/imports.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Engines } from '../stores/engines/engines.ts'
import type { Workspace } from '../stores/workspace.ts'
import type { LedgerStatus } from '../workspace/keep-ledgers.ts'
import type { AnswerCache } from './answer-cache.ts'
import type { ReadReconciliation } from './reconciliation.ts'

/** What handlers work with; main.ts puts it together. */
export interface ApiParts {
  readonly version: string
  readonly clock: Clock
  readonly engines: Pick<Engines, 'health'>
  readonly store: FactStore
  readonly workspace: Workspace
  readonly imports: Imports
  /** Books that were opened, by their key. */
  readonly books: AnswerCache
  readonly ledgers: { status(): Promise<LedgerStatus> }
  /** Derives the ledgers again if they were built under other settings. */
  readonly freshenLedgers: () => Promise<void>
  readonly loadSample: () => Promise<ImportRecord>
  readonly reconcile: ReadReconciliation
}
