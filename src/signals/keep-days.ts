import { reportedUntil } from '../books/reported-until.ts'
import { ownError } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, dayOf, startOfDay } from '../kernel/period.ts'
import type { Closing } from './close-days.ts'
import { closeDays, liveAtOnce, openToday } from './close-days.ts'

export interface DayStatus {
  /** The last local day that was closed; null before the first. As it was seen last. */
  readonly closed_until: Day | null
  /** The day that is being closed, and how many are left with it; null where none is. */
  readonly closing: { readonly day: Day; readonly left: number } | null
  /** Why the last run failed; it is tried again. */
  readonly error: string | null
}

export interface DayKeeper {
  /**
   * Closes the days that are over, and lives today by what was recorded since: signs of the minute, or all of them while no day
   * was closed. One run at a time among all processes. Rejects when it fails; the next run does what is left.
   */
  run(): Promise<void>
  /** The next instant at which a day is over. */
  nextClose(): Promise<Date>
  status(): DayStatus
  /** Ends a run that is under way: what it has closed stays, the rest is left. */
  stop(): void
}

export interface KeeperNeeds extends Omit<Closing, 'signal'> {
  /** Runs the work while no other process does it; `held` fires when that is not sure any more. */
  readonly alone: (work: (held: AbortSignal) => Promise<void>) => Promise<void>
  /** Facts recorded up to this instant are in the ledgers (ISO, UTC). */
  readonly recordedUntil: () => Promise<string>
  /** Called when more was said of customers than before: what is kept of it is outdated. */
  readonly onSaid: () => void
}

export function keepDays(needs: KeeperNeeds): DayKeeper {
  const stopping = new AbortController()
  let status: DayStatus = { closed_until: null, closing: null, error: null }
  let lookedUntil: string | null = null

  const live = async (held: AbortSignal): Promise<void> => {
    const closing = { ...needs, signal: AbortSignal.any([stopping.signal, held]) }
    const until = await needs.recordedUntil()
    try {
      await closeDays(closing, (day, left) => {
        if (status.closing !== null) needs.onSaid()
        status = { ...status, closing: { day, left } }
      })
    } finally {
      if (status.closing !== null) needs.onSaid()
    }
    const last = await needs.register.readLast()
    status = { closed_until: last, closing: null, error: null }
    if (last === null) await openToday(closing)
    else await liveAtOnce(closing, lookedUntil ?? reportedUntil(last, (await needs.settings()).time_zone), until)
    lookedUntil = until
  }
  return {
    async run() {
      try {
        await needs.alone(live)
      } catch (error) {
        status = { ...status, closing: null, error: (ownError(error) ?? (error as Error)).message }
        throw error
      }
    },
    async nextClose() {
      const { time_zone } = await needs.settings()
      return startOfDay(addDays(dayOf(needs.clock.now(), time_zone), 1), time_zone)
    },
    status: () => status,
    stop: () => stopping.abort(),
  }
}
