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
  /** Resolves when no refresh of this process is under way. */
  idle(): Promise<void>
}

/**
 * Lets one refresh run at a time: in this process they queue, other processes that share the workspace are locked out.
 * `derive` does the work.
 */
export function keepLedgers<Refresh>(workspace: Workspace, derive: (refresh: Refresh) => Promise<unknown>): LedgerKeeper<Refresh> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let error: string | null = null

  const run = async (refresh: Refresh): Promise<void> => {
    try {
      await workspace.exclusively('ledgers', () => derive(refresh))
      error = null
    } catch (reason) {
      error = reason instanceof Error ? reason.message : String(reason)
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
      const { state, recorded_until } = await workspace.readLedgerState()
      return { state, refreshing: waiting > 0, recorded_until: state === 0 ? null : recorded_until, error }
    },
    async idle() {
      await last
    },
  }
}
