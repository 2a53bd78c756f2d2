import { and, desc, eq, gte, isNull, ne, or } from 'drizzle-orm'
import type { Clock } from '../kernel/clock.ts'
import { uuidv7 } from '../kernel/ids.ts'
import type { Day } from '../kernel/period.ts'
import { healthDay } from '../stores/schema/health-days.ts'
import type { Workspace } from '../stores/workspace.ts'
import { readLives, readOver, writeSignals } from './lived-signals.ts'
import type { SignalChanges } from './lived-signals.ts'

/** The close of a day as it is written: its record and what it changes in signals, together or not at all. */
export interface DayWritten extends SignalChanges {
  /** Customers at its close. */
  readonly accounts: number
  /** How the fleet moved against a day; null where that was not looked at yet. */
  readonly shift: { readonly against: Day; readonly up: number; readonly down: number; readonly n: number } | null
  /** Where the day is held: inputs by the points with which they moved accounts on the mean, the one that moved most first. */
  readonly moved: readonly { readonly input: string; readonly points: number }[] | null
  readonly fall: number
}

/** The days that were closed, and how signals stand after them. */
export interface LivedDays {
  /** The last that was closed; null before the first. */
  readLast(): Promise<Day | null>
  /** Days from one on at which the fleet was held and nobody said that it was real. */
  heldSince(day: Day): Promise<ReadonlySet<Day>>
  livesOf(accounts: readonly string[]): ReturnType<typeof readLives>
  overSince(accounts: readonly string[], day: Day): ReturnType<typeof readOver>
  /** Says whether it was written: a day that is closed already stays as it is. */
  close(day: DayWritten): Promise<boolean>
  /** Writes what became known within a day. */
  write(changes: SignalChanges): Promise<void>
}

export function livedDaysIn({ db, transaction }: Pick<Workspace, 'db' | 'transaction'>, clock: Clock): LivedDays {
  const newId = (): string => uuidv7(clock.now())
  return {
    async readLast() {
      const [last] = await db.select({ day: healthDay.day }).from(healthDay).orderBy(desc(healthDay.day)).limit(1)
      return last?.day ?? null
    },
    async heldSince(day) {
      const isHeld = and(eq(healthDay.is_held, true), or(isNull(healthDay.answer), ne(healthDay.answer, 'real')))
      const rows = await db
        .select({ day: healthDay.day })
        .from(healthDay)
        .where(and(isHeld, gte(healthDay.day, day)))
      return new Set(rows.map((row) => row.day))
    },
    livesOf: (accounts) => readLives(db, accounts),
    overSince: (accounts, day) => readOver(db, accounts, day),
    close: (written) =>
      transaction(async (inside) => {
        const { day, known_until, is_held, accounts, shift, moved, fall } = written
        const closed = await inside
          .insert(healthDay)
          .values({
            day,
            closed_at: clock.now().toISOString(),
            known_until,
            accounts,
            is_held,
            against: shift?.against ?? null,
            up: shift?.up ?? null,
            down: shift?.down ?? null,
            compared: shift?.n ?? null,
            moved: moved === null ? null : [...moved],
            fleet_fall: fall,
          })
          .onConflictDoNothing()
          .returning({ day: healthDay.day })
        if (closed.length === 0) return false
        await writeSignals(inside, written, newId)
        return true
      }),
    write: (changes) => transaction((inside) => writeSignals(inside, changes, newId)),
  }
}
