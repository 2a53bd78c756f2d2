import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { BinnacleError, notFound } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { healthDay, replayResult } from '../stores/schema/health-days.ts'
import { signal } from '../stores/schema/signals.ts'
import type { Workspace, WorkspaceDatabase } from '../stores/workspace.ts'

/** A day that was closed, as it was lived. */
export type HealthDay = typeof healthDay.$inferSelect

const iso = (instant: string): string => new Date(instant).toISOString()
const toDay = (row: HealthDay): HealthDay => ({
  ...row,
  closed_at: iso(row.closed_at),
  known_until: iso(row.known_until),
  answered_at: row.answered_at === null ? null : iso(row.answered_at),
})

/** The first day that was lived, and the last. Null where none was. */
export async function readLivedDays(db: WorkspaceDatabase): Promise<{ first: HealthDay; last: HealthDay } | null> {
  const [[first], [last]] = await Promise.all([
    db.select().from(healthDay).orderBy(asc(healthDay.day)).limit(1),
    db.select().from(healthDay).orderBy(desc(healthDay.day)).limit(1),
  ])
  return first === undefined || last === undefined ? null : { first: toDay(first), last: toDay(last) }
}

/** Days on which the whole fleet moved and nobody has said yet what it was, the latest first. */
export const readHoldsUnanswered = async (db: WorkspaceDatabase): Promise<HealthDay[]> =>
  (
    await db
      .select()
      .from(healthDay)
      .where(and(eq(healthDay.is_held, true), isNull(healthDay.answer)))
      .orderBy(desc(healthDay.day))
  ).map(toDay)

/**
 * Says what a day was on which the whole fleet moved; where that was real, signals that were kept back are told. Answers how
 * many. Throws `not_found`, `already_answered`.
 */
export function answerHold(workspace: Pick<Workspace, 'transaction'>, day: Day, answer: 'real' | 'wrong', at: string, by: string | null): Promise<number> {
  return workspace.transaction(async (db) => {
    const answered = await db
      .update(healthDay)
      .set({ answer, answered_at: at, answered_by: by })
      .where(and(eq(healthDay.day, day), eq(healthDay.is_held, true), isNull(healthDay.answer)))
      .returning()
    if (answered.length === 0) throw await whyNot(db, day)
    if (answer === 'wrong') return 0
    const told = await db
      .update(signal)
      .set({ is_held: false })
      .where(and(eq(signal.raised_on, day), eq(signal.is_held, true)))
      .returning({ id: signal.id })
    return told.length
  })
}

async function whyNot(db: WorkspaceDatabase, day: Day): Promise<BinnacleError> {
  const [known] = await db
    .select()
    .from(healthDay)
    .where(and(eq(healthDay.day, day), eq(healthDay.is_held, true)))
  if (known === undefined) return notFound('held day', day, 'Today lists the days that are asked about.')
  return new BinnacleError('already_answered', `${day} was answered already: ${known.answer ?? ''}.`, { cure: 'An answer stands.', status: 409 })
}

/** What the past would have said, as it was worked out last. */
export type ReplayResult = typeof replayResult.$inferSelect

/** The newest of each mode, finished or not. */
export const readReplays = async (db: WorkspaceDatabase): Promise<ReplayResult[]> =>
  (await db.selectDistinctOn([replayResult.mode]).from(replayResult).orderBy(replayResult.mode, desc(replayResult.made_at))).map((row) => ({
    ...row,
    made_at: iso(row.made_at),
  }))
