import type { ColumnProvider } from '../books/accounts/provider.ts'
import type { Accounts } from '../accounts/open-account.ts'
import type { Books } from '../books/books.ts'
import type { ImportRecord } from '../contract/imports.ts'
import type { Imports } from '../ingest/files/imports.ts'
import type { Standings } from '../health/standing.ts'
import type { Clock } from '../kernel/clock.ts'
import type { DayKeeper } from '../signals/keep-days.ts'
import type { ReplayKeeper } from '../signals/keep-replays.ts'
import type { DraftNeeds } from '../health/drafts.ts'
import type { OverrideNeeds } from './health-overrides.ts'
import type { Engines } from '../stores/engines/engines.ts'
import type { TodaySources } from '../signals/today/sources.ts'
import type { Workspace } from '../stores/workspace.ts'
import type { StoreAudit } from '../ingest/record/keep-audit.ts'
import type { KnownLoss } from '../ingest/record/losses.ts'
import type { LedgerStatus } from '../ledgers/keep-ledgers.ts'

/** What handlers work with; main.ts puts it together. */
export interface ApiNeeds {
  readonly version: string
  readonly clock: Clock
  readonly engines: Pick<Engines, 'health' | 'rooms'>
  readonly workspace: Workspace
  readonly books: Books
  /** Rooms that tell more of accounts than books do, as columns of their list. */
  readonly accountColumns: readonly ColumnProvider[]
  readonly accounts: Accounts
  /** Signals, the days as they were lived, and what was written about them. */
  readonly signals: TodaySources
  /** How all accounts stand now. */
  readonly standings: Standings
  /** Models of health: their versions, drafts, and overrides of what they say. */
  readonly health: DraftNeeds & OverrideNeeds
  readonly imports: Imports
  readonly ledgers: { status(): Promise<LedgerStatus>; lastStatus(): LedgerStatus }
  /** Derives the ledgers again if they were built under other settings. */
  readonly freshenLedgers: () => Promise<void>
  /** The days that are closed, and what is under way. */
  readonly days: Pick<DayKeeper, 'status'>
  /** What the past year would have said. */
  readonly replays: Pick<ReplayKeeper, 'start' | 'cancel' | 'read'>
  /** What the fact store has lost of what was recorded. */
  readonly audit: StoreAudit<KnownLoss>
  /** Records lost facts again from the kept rows and brings the ledgers up to date. */
  readonly restore: () => Promise<void>
  readonly loadSample: () => Promise<ImportRecord>
  /** Records an undone import once more. */
  readonly redoImport: (id: string) => Promise<ImportRecord>
}
