import { ownError } from '../kernel/errors.ts'
import type { Workspace } from '../stores/workspace.ts'

export interface LedgerStatus {
  /** Grows by one at every refresh; 0 before the first. */
  readonly state: number
  readonly refreshing: boolean
  /** Facts recorded up to this instant are in the numbers. */
  readonly recorded_until: string | null
  /** Why the last refresh failed; the numbers before it are still the present ones. */
  readonly error: string | null
}

export interface LedgerKeeper<Refresh> {
  /** Derives the ledgers, after whatever is under way. Rejects when that fails; the next one tries again. */
  refresh(refresh: Refresh): Promise<void>
  status(): Promise<LedgerStatus>
  /** The same without waiting for anybody: as it was last seen, which a look that this begins brings up to date. */
  lastStatus(): LedgerStatus
  /** Resolves when no refresh of this process is under way. */
  idle(): Promise<void>
}

/**
 * Lets one refresh run at a time: in this process they queue, other processes that share the workspace are locked out.
 * `derive` does the work.
 */
export function keepLedgers<Refresh>(workspace: Workspace, derive: (refresh: Refresh, held: AbortSignal) => Promise<unknown>): LedgerKeeper<Refresh> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let error: string | null = null
  let seen: Pick<LedgerStatus, 'state' | 'recorded_until'> = { state: 0, recorded_until: null }
  let looking: Promise<unknown> | null = null

  const look = async (): Promise<void> => {
    const { state, recorded_until } = await workspace.readLedgerState()
    seen = { state, recorded_until: state === 0 ? null : recorded_until }
  }
  const present = (): LedgerStatus => ({ ...seen, refreshing: waiting > 0, error })

  const run = async (refresh: Refresh): Promise<void> => {
    try {
      await workspace.locks.exclusively('ledgers', (held) => derive(refresh, held))
      error = null
      await look().catch(() => undefined)
    } catch (reason) {
      error = (ownError(reason) ?? (reason as Error)).message
      throw reason
    } finally {
      waiting--
    }
  }
  return {
    refresh(refresh) {
      waiting++
      const mine = last.then(() => run(refresh))
      last = mine.catch(() => undefined)
      return mine
    },
    async status() {
      await look()
      return present()
    },
    lastStatus() {
      looking ??= look()
        .catch(() => undefined)
        .finally(() => (looking = null))
      return present()
    },
    async idle() {
      await last
    },
  }
}
