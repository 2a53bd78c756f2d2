import { and, eq, gte, isNotNull, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Day } from '../kernel/period.ts'
import { signal, signalLife } from '../stores/schema/signals.ts'
import type { WorkspaceDatabase } from '../stores/workspace.ts'

interface Opened {
  readonly raised: Day
  readonly evidence: Readonly<Record<string, string | number | boolean | null | undefined>>
  readonly sentence: string
}

/** Where a kind stands for an account. */
export interface StoredLife {
  readonly open: Opened | null
  readonly held_on: Day | null
  readonly quiet_until: Day | null
  readonly is_latched: boolean
}

/** What becomes of one kind of an account. */
export interface SignalChange {
  readonly account: string
  readonly kind: string
  readonly life: StoredLife
  readonly opened: Opened | null
  readonly closed: { readonly raised: Day; readonly why: string } | null
}

/** What a day, or a moment of one, changes in signals. */
export interface SignalChanges {
  readonly day: Day
  /** The moment up to which facts counted (ISO, UTC). */
  readonly known_until: string
  readonly is_held: boolean
  readonly changes: readonly SignalChange[]
  /** Over already, and found to rest on late data. */
  readonly lost: readonly { readonly account: string; readonly kind: string; readonly raised: Day }[]
}

/** Rows in one statement: it takes 65,535 parameters at most. */
const ROWS_AT_ONCE = 2000

async function inParts<T>(rows: readonly T[], work: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) await work(rows.slice(at, at + ROWS_AT_ONCE))
}

/** One parameter however many accounts there are. */
const isAmong = (column: typeof signal.account_id | typeof signalLife.account_id, accounts: readonly string[]): SQL =>
  sql`${column} = ANY(${sql.param([...accounts])}::text[])`

const openedOf = ({ raised_on, evidence, sentence }: typeof signal.$inferSelect): Opened => ({ raised: raised_on, evidence, sentence })

/** How signals of some accounts stand: by account, then kind. What is not there has never held. */
export async function readLives(db: WorkspaceDatabase, accounts: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, StoredLife>>> {
  const found = new Map<string, Map<string, StoredLife>>()
  const keep = (account: string, kind: string, life: Partial<StoredLife>): void => {
    const own = found.get(account) ?? new Map<string, StoredLife>()
    const known = own.get(kind) ?? { open: null, held_on: null, quiet_until: null, is_latched: false }
    found.set(account, own.set(kind, { ...known, ...life }))
  }
  const [lives, open] = await Promise.all([
    db.select().from(signalLife).where(isAmong(signalLife.account_id, accounts)),
    db
      .select()
      .from(signal)
      .where(and(isAmong(signal.account_id, accounts), isNull(signal.closed_on))),
  ])
  for (const { account_id, kind, ...life } of lives) keep(account_id, kind, life)
  for (const row of open) keep(row.account_id, row.kind, { open: openedOf(row) })
  return found
}

/** Closed signals raised on a day or after it that were right so far. */
export async function readOver(db: WorkspaceDatabase, accounts: readonly string[], day: Day): Promise<(Opened & { account: string; kind: string })[]> {
  const isOver = and(isNotNull(signal.closed_on), eq(signal.ground_now, true), gte(signal.raised_on, day))
  const rows = await db
    .select()
    .from(signal)
    .where(and(isAmong(signal.account_id, accounts), isOver))
  return rows.map((row) => ({ account: row.account_id, kind: row.kind, ...openedOf(row) }))
}

/** Writes what a day changes; runs in the transaction that records the day. `newId` names each signal that is raised. */
export async function writeSignals(db: WorkspaceDatabase, { day, known_until, is_held, changes, lost }: SignalChanges, newId: () => string): Promise<void> {
  for (const { account, kind, closed } of changes) {
    if (closed === null) continue
    const ground = closed.why === 'corrected' ? { ground_now: false, ground_lost_on: day } : {}
    await db
      .update(signal)
      .set({ closed_on: day, closed_at: known_until, close_reason: closed.why, ...ground })
      .where(and(eq(signal.account_id, account), eq(signal.kind, kind), isNull(signal.closed_on)))
  }
  const opened = changes.flatMap(({ account, kind, opened: one }) => (one === null ? [] : [{ account, kind, ...one }]))
  await inParts(opened, (part) =>
    db.insert(signal).values(
      part.map(({ account, kind, raised, evidence, sentence }) => ({
        id: newId(),
        account_id: account,
        kind,
        raised_on: raised,
        raised_at: known_until,
        known_until,
        // What a rule leaves open is nothing in the store.
        evidence: Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, value ?? null])),
        sentence,
        is_held,
      })),
    ),
  )
  const lives = changes.map(({ account, kind, life }) => ({
    account_id: account,
    kind,
    held_on: life.held_on,
    quiet_until: life.quiet_until,
    is_latched: life.is_latched,
  }))
  await inParts(lives, (part) =>
    db
      .insert(signalLife)
      .values(part)
      .onConflictDoUpdate({
        target: [signalLife.account_id, signalLife.kind],
        set: { held_on: sql`excluded.held_on`, quiet_until: sql`excluded.quiet_until`, is_latched: sql`excluded.is_latched` },
      }),
  )
  for (const { account, kind, raised } of lost)
    await db
      .update(signal)
      .set({ ground_now: false, ground_lost_on: day })
      .where(and(eq(signal.account_id, account), eq(signal.kind, kind), eq(signal.raised_on, raised), eq(signal.ground_now, true)))
}
