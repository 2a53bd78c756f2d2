import { ownError } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, dayOf } from '../kernel/period.ts'
import type { ReplayMode, ReplayNeeds, ReplayRegister, ReplayedPast } from './replay-past.ts'
import { replayPast } from './replay-past.ts'

/** The newest replay of a mode, whatever became of it. */
export interface LastReplay {
  readonly mode: string
  readonly model: string
  readonly from: Day
  readonly until: Day
  readonly made_at: string
  /** running, done, failed, canceled */
  readonly state: string
  /** A `ReplayedPast` where it is done. */
  readonly result: unknown
}

export interface ReplayKeeper {
  /** Replays what was never replayed, and what was a week ago or more, in the background of everything else. */
  runDue(): Promise<void>
  /** Replays a mode now. Does nothing where one is under way in any process: false. */
  start(mode: ReplayMode): Promise<boolean>
  /** Whether one was under way; it ends within days of its past. */
  cancel(mode: ReplayMode): Promise<boolean>
  /** What the past would have said, as it was last worked out; null where it never was. */
  read(mode: ReplayMode): Promise<ReplayedPast | null>
  /** Ends what is under way in this process. */
  stop(): void
}

export interface ReplayKeeperNeeds extends Omit<ReplayNeeds, 'signal' | 'register'> {
  readonly register: ReplayRegister & {
    readLast(mode: string): Promise<LastReplay | null>
    readDone(mode: string): Promise<LastReplay | null>
    cancel(mode: string): Promise<boolean>
  }
  /** Whether no day was closed yet: then history still comes in, and what was replayed before it is done again. */
  readonly isFirstDay: () => Promise<boolean>
  /** Facts recorded up to this instant are in the ledgers (ISO, UTC). */
  readonly recordedUntil: () => Promise<string>
  /** Called when more was said of customers than before: what is kept of it is outdated. */
  readonly onSaid: () => void
  /** Runs the work if no process is at it; says whether it did. */
  readonly ifFree: (work: () => Promise<void>) => Promise<boolean>
}

/** Days after which a replay is done again. */
const FRESH = 7
const MODES: readonly ReplayMode[] = ['as_if_connected', 'as_known']

export function keepReplays(needs: ReplayKeeperNeeds): ReplayKeeper {
  const stopping = new AbortController()
  const { register, clock } = needs
  let areTooMany = false

  const replayNow = async (mode: ReplayMode): Promise<void> => {
    try {
      await replayPast({ ...needs, signal: stopping.signal }, mode)
    } finally {
      needs.onSaid()
    }
  }
  const isDue = async (mode: ReplayMode): Promise<boolean> => {
    const isFirst = await needs.isFirstDay()
    if (isFirst && mode === 'as_known') return false
    const last = await register.readLast(mode)
    // One that was under way when its process died is running in no process: whoever holds the lock begins it again.
    if (last === null || last.state === 'running') return true
    if (isFirst) return (await needs.recordedUntil()) > last.made_at
    const { time_zone } = await needs.settings()
    return dayOf(new Date(last.made_at), time_zone) <= addDays(dayOf(clock.now(), time_zone), -FRESH)
  }
  const runEach = async (): Promise<void> => {
    for (const mode of MODES) if (!areTooMany && (await isDue(mode))) await replayNow(mode)
  }
  return {
    async runDue() {
      try {
        await needs.ifFree(runEach)
      } catch (error) {
        const code = ownError(error)?.code
        areTooMany ||= code === 'too_many_accounts'
        if (code !== 'too_many_accounts' && code !== 'replay_canceled') throw error
      }
    },
    start: (mode) => needs.ifFree(() => replayNow(mode)),
    cancel: (mode) => register.cancel(mode),
    // It was written by this very program: what an older one wrote of it lacks fields at most.
    read: async (mode) => ((await register.readDone(mode))?.result ?? null) as ReplayedPast | null,
    stop: () => stopping.abort(),
  }
}
