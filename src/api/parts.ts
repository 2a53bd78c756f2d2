import type { Contract } from '../contract/contract.ts'
import type { ImportRecord } from '../contract/imports.ts'
import type { Answer } from '../contract/op.ts'
import type { Imports } from '../ingest/files/imports.ts'
import type { Engines } from '../stores/engines/engines.ts'
import type { StoreAudit } from '../workspace/keep-audit.ts'
import type { LedgerStatus } from '../workspace/keep-ledgers.ts'
import type { KnownLoss } from './losses.ts'
import type { BookParts, PresentBook } from './book.ts'
import type { Lanes } from './lanes.ts'

/** What handlers work with; main.ts puts it together. */
export interface ApiParts extends BookParts {
  readonly version: string
  readonly engines: Pick<Engines, 'health' | 'rooms'>
  readonly imports: Imports
  readonly lanes: Lanes
  readonly ledgers: { status(): Promise<LedgerStatus>; lastStatus(): LedgerStatus }
  /** Derives the ledgers again if they were built under other settings. */
  readonly freshenLedgers: () => Promise<void>
  /** What the fact store has lost of what was recorded. */
  readonly audit: StoreAudit<KnownLoss>
  /** Records it again from the kept rows and brings the ledgers up to date. */
  readonly restore: () => Promise<void>
  readonly loadSample: () => Promise<ImportRecord>
  /** Records an undone import once more. */
  readonly redoImport: (id: string) => Promise<ImportRecord>
  readonly reconcile: (present: PresentBook, asker?: AbortSignal) => Promise<Answer<Contract['reconciliation']>>
}
