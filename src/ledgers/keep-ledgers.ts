import type { LedgerState } from '../facts/store.ts'
import { ownError } from '../kernel/errors.ts'
import { createTopic } from '../kernel/topic.ts'
import type { Topic } from '../kernel/topic.ts'
import type { LedgerRegister, Refresh } from './refresh.ts'

export interface LedgerStatus {
  /** Grows by one at every refresh; 0 before the first. */
  readonly state: number
  readonly refreshing: boolean
  /** Facts recorded up to this instant are in the numbers. */
  readonly recorded_until: string | null
  /** Why the last refresh failed; the numbers before it are still the present ones. */
  readonly error: string | null
}

/** A build of the ledgers that numbers are read from now. */
export type BuildInForce = Pick<LedgerState, 'state' | 'recorded_until'>

export interface LedgerKeeper {
  /**
   * Derives the ledgers, after whatever is under way. Those who wait are served by one refresh that does all they want. Rejects
   * when that fails; the next one tries again.
   */
  refresh(refresh: Refresh): Promise<void>
  status(): Promise<LedgerStatus>
  /** The same without waiting for anybody: as it was last seen, which a look that this begins brings up to date. */
  lastStatus(): LedgerStatus
  /** Told once of each build that this process sees in force, whoever made it: health, signals and open pages follow it. */
  readonly builds: Pick<Topic<BuildInForce>, 'follow'>
  /** Resolves when no refresh of this process is under way. */
  idle(): Promise<void>
}

export interface KeeperParts {
  readonly register: Pick<LedgerRegister, 'readLedgerState'>
  /** Runs work while no other process that shares the workspace derives ledgers; `held` fires when that is not sure any more. */
  readonly alone: <T>(work: (held: AbortSignal) => Promise<T>) => Promise<T>
  readonly derive: (refresh: Refresh, held: AbortSignal) => Promise<unknown>
  /** Called when who follows builds fails. */
  readonly onFailure: (error: unknown) => void
}

/** One refresh that does what two would. */
export function joinRefreshes(a: Refresh, b: Refresh): Refresh {
  const recordedUntil = a.recordedUntil > b.recordedUntil ? a.recordedUntil : b.recordedUntil
  if (a.changed === undefined || b.changed === undefined) return { recordedUntil }
  const union = (some: readonly string[], others: readonly string[]): string[] => [...new Set([...some, ...others])]
  return { recordedUntil, changed: { imports: union(a.changed.imports, b.changed.imports), facts: union(a.changed.facts, b.changed.facts) } }
}

/** Lets one refresh run at a time: in this process those that come meanwhile wait together, other processes are locked out. */
export function keepLedgers({ register, alone, derive, onFailure }: KeeperParts): LedgerKeeper {
  const builds = createTopic<BuildInForce>(onFailure)
  let last: Promise<unknown> = Promise.resolve()
  let running = 0
  let waiting: { refresh: Refresh; readonly done: Promise<void> } | null = null
  let error: string | null = null
  let seen: Pick<LedgerStatus, 'state' | 'recorded_until'> = { state: 0, recorded_until: null }
  let looking: Promise<unknown> | null = null

  const look = async (): Promise<void> => {
    const { state, recorded_until } = await register.readLedgerState()
    // Looks may come back in another order than they began.
    if (state < seen.state) return
    const isNew = state > seen.state
    seen = { state, recorded_until: state === 0 ? null : recorded_until }
    if (isNew) builds.tell({ state, recorded_until })
  }
  const present = (): LedgerStatus => ({ ...seen, refreshing: running > 0 || waiting !== null, error })

  const run = async (refresh: Refresh): Promise<void> => {
    running++
    try {
      await alone((held) => derive(refresh, held))
      error = null
      await look().catch(() => undefined)
    } catch (reason) {
      error = (ownError(reason) ?? (reason as Error)).message
      throw reason
    } finally {
      running--
    }
  }
  const begin = (): Promise<void> => {
    const { refresh } = waiting as { refresh: Refresh }
    waiting = null
    return run(refresh)
  }
  return {
    refresh(refresh) {
      if (waiting !== null) {
        waiting.refresh = joinRefreshes(waiting.refresh, refresh)
        return waiting.done
      }
      waiting = { refresh, done: last.then(begin) }
      last = waiting.done.catch(() => undefined)
      return waiting.done
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
    builds: { follow: builds.follow },
    async idle() {
      await last
    },
  }
}
