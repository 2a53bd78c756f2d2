import { and, asc, desc, eq, gte, isNull, lte } from 'drizzle-orm'
import type { Clock } from '../kernel/clock.ts'
import { refuse } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { healthOverride } from '../stores/schema/health-overrides.ts'
import type { WorkspaceDatabase } from '../stores/workspace.ts'

/** A score that somebody answers for, as it was recorded. */
export interface RecordedOverride {
  readonly account_id: string
  readonly value: number
  readonly owner: string
  readonly reason: string
  readonly from: Day
  /** Its last day. */
  readonly until: Day
  readonly recorded_at: string
  readonly made_by: string | null
  readonly ended_at: string | null
  readonly ended_by: string | null
}

/** Overrides of scores. None is ever changed: to renew one is to make another, and to end one is written beside it. */
export interface Overrides {
  /** By account the one that counts on a day: recorded last, begun, not over, and not ended. */
  readInForce(day: Day, accounts?: readonly string[]): Promise<Map<string, RecordedOverride>>
  /** All of an account, the newest first. */
  readAll(account: string): Promise<RecordedOverride[]>
  append(next: Omit<RecordedOverride, 'recorded_at' | 'ended_at' | 'ended_by'>): Promise<RecordedOverride>
  /** Ends what counts on a day. Throws `no_override` where nothing does. */
  end(account: string, day: Day, by: string | null): Promise<RecordedOverride>
}

type Row = typeof healthOverride.$inferSelect

const toOverride = ({ id: _, from_day, until_day, ...row }: Row): RecordedOverride => ({
  ...row,
  from: from_day,
  until: until_day,
  recorded_at: new Date(row.recorded_at).toISOString(),
  ended_at: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
})

export function overridesIn(db: WorkspaceDatabase, clock: Clock): Overrides {
  const table = healthOverride
  const now = (): string => clock.now().toISOString()
  const inForce = (day: Day) => and(isNull(table.ended_at), lte(table.from_day, day), gte(table.until_day, day))
  return {
    async readInForce(day, accounts) {
      const rows = await db.selectDistinctOn([table.account_id]).from(table).where(inForce(day)).orderBy(asc(table.account_id), desc(table.id))
      const asked = accounts === undefined ? null : new Set(accounts)
      return new Map(rows.filter(({ account_id }) => asked === null || asked.has(account_id)).map((row) => [row.account_id, toOverride(row)]))
    },
    readAll: async (account) => (await db.select().from(table).where(eq(table.account_id, account)).orderBy(desc(table.id))).map(toOverride),
    async append({ from, until, ...next }) {
      const [row] = await db
        .insert(table)
        .values({ ...next, from_day: from, until_day: until, recorded_at: now() })
        .returning()
      if (row === undefined) throw new Error('an override was not recorded')
      return toOverride(row)
    },
    async end(account, day, by) {
      const rows = await db
        .update(table)
        .set({ ended_at: now(), ended_by: by })
        .where(and(eq(table.account_id, account), inForce(day)))
        .returning()
      const last = rows.toSorted((a, b) => a.id - b.id).at(-1)
      if (last === undefined) throw refuse('no_override', `No override of ${account} is in force on ${day}.`, 'Look at its overrides to see when they ended.')
      return toOverride(last)
    },
  }
}
