import { and, desc, eq, gte, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { BinnacleError, notFound } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { signal, signalLife, signalSkip } from '../stores/schema/signals.ts'
import type { Workspace, WorkspaceDatabase } from '../stores/workspace.ts'

/** A signal as it was raised, and what became of it. */
export type RaisedSignal = typeof signal.$inferSelect

/** A signal that was skipped in writing. */
export type Skip = typeof signalSkip.$inferSelect

export interface SignalsAsked {
  readonly is_open?: boolean | undefined
  readonly kinds?: readonly string[] | undefined
  readonly accounts?: readonly string[] | undefined
  /** First day on which they were raised. */
  readonly from?: Day | undefined
  /** Day after the last one. */
  readonly until?: Day | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

const iso = (instant: string): string => new Date(instant).toISOString()

const toSignal = (row: RaisedSignal): RaisedSignal => ({
  ...row,
  raised_at: iso(row.raised_at),
  known_until: iso(row.known_until),
  closed_at: row.closed_at === null ? null : iso(row.closed_at),
})

/** One parameter however many there are: a statement takes no more than 65,535. */
const isOneOf = (column: typeof signal.account_id, values: readonly string[]): SQL => sql`${column} = ANY(${sql.param([...values])}::text[])`

function conditionOf({ is_open, kinds, accounts, from, until }: SignalsAsked): SQL | undefined {
  return and(
    is_open === undefined ? undefined : is_open ? isNull(signal.closed_on) : isNotNull(signal.closed_on),
    kinds === undefined ? undefined : inArray(signal.kind, [...kinds]),
    accounts === undefined ? undefined : isOneOf(signal.account_id, accounts),
    from === undefined ? undefined : gte(signal.raised_on, from),
    until === undefined ? undefined : sql`${signal.raised_on} < ${until}`,
  )
}

/** Signals by the day on which they were raised, the latest first, and how many there are. */
export async function readSignals(db: WorkspaceDatabase, asked: SignalsAsked): Promise<{ signals: RaisedSignal[]; total: number }> {
  const condition = conditionOf(asked)
  const page = db.select().from(signal).where(condition).orderBy(desc(signal.raised_on), desc(signal.id))
  const limited = asked.limit === undefined ? page : page.limit(asked.limit).offset(asked.offset ?? 0)
  const [signals, [counted]] = await Promise.all([
    limited,
    db
      .select({ n: sql<string>`count(*)` })
      .from(signal)
      .where(condition),
  ])
  return { signals: signals.map(toSignal), total: Number(counted?.n ?? 0) }
}

/** Throws `not_found`. */
export async function readSignal(db: WorkspaceDatabase, id: string): Promise<RaisedSignal> {
  const [found] = await db.select().from(signal).where(eq(signal.id, id))
  if (found === undefined) throw notFound('signal', id, 'List the signals to see their ids.')
  return toSignal(found)
}

export interface ByHand {
  readonly reason: 'done' | 'not_so'
  readonly note: string | null
  readonly by: string | null
  readonly on: Day
  readonly at: string
  /** No other of its kind before this day. */
  readonly quiet_until: Day
}

const closedAlready = (id: string): BinnacleError =>
  new BinnacleError('already_closed', `The signal "${id}" is closed already.`, { cure: 'Look at it again: it says when and why.', status: 409 })

/** Throws `not_found`, `already_closed`. */
export async function closeSignal(
  workspace: Pick<Workspace, 'transaction'>,
  id: string,
  { reason, note, by, on, at, quiet_until }: ByHand,
): Promise<RaisedSignal> {
  return workspace.transaction(async (db) => {
    const { account_id, kind } = await readSignal(db, id)
    const closed = await db
      .update(signal)
      .set({ closed_on: on, closed_at: at, close_reason: reason, close_note: note, closed_by: by })
      .where(and(eq(signal.id, id), isNull(signal.closed_on)))
      .returning()
    const [found] = closed
    if (found === undefined) throw closedAlready(id)
    await db
      .insert(signalLife)
      .values({ account_id, kind, quiet_until, is_latched: false })
      .onConflictDoUpdate({ target: [signalLife.account_id, signalLife.kind], set: { quiet_until } })
    return toSignal(found)
  })
}

/** Throws `not_found`, `already_closed`. */
export async function skipSignal(workspace: Pick<Workspace, 'transaction'>, skip: Omit<Skip, 'account_id'>): Promise<Skip> {
  return workspace.transaction(async (db) => {
    const { account_id, closed_on } = await readSignal(db, skip.signal_id)
    if (closed_on !== null) throw closedAlready(skip.signal_id)
    const [made] = await db
      .insert(signalSkip)
      .values({ ...skip, account_id })
      .returning()
    if (made === undefined) throw new Error(`the skip of ${skip.signal_id} was not written`)
    return { ...made, skipped_at: iso(made.skipped_at) }
  })
}

/** Every skip of some signals, the oldest first. */
export async function readSkips(db: WorkspaceDatabase, signals: readonly string[]): Promise<Skip[]> {
  if (signals.length === 0) return []
  const rows = await db
    .select()
    .from(signalSkip)
    .where(sql`${signalSkip.signal_id} = ANY(${sql.param([...signals])}::text[])`)
    .orderBy(signalSkip.skipped_at, signalSkip.id)
  return rows.map((row) => ({ ...row, skipped_at: iso(row.skipped_at) }))
}

/** How many of each kind were raised from a day on, and are open. */
export async function countByKind(db: WorkspaceDatabase, from: Day): Promise<{ kind: string; raised: number; open: number }[]> {
  const rows = await db
    .select({
      kind: signal.kind,
      raised: sql<string>`count(*) FILTER (WHERE ${signal.raised_on} >= ${from})`,
      open: sql<string>`count(*) FILTER (WHERE ${signal.closed_on} IS NULL)`,
    })
    .from(signal)
    .groupBy(signal.kind)
  return rows.map(({ kind, raised, open }) => ({ kind, raised: Number(raised), open: Number(open) }))
}
