import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { FactCounts } from '../../facts/append.ts'
import { notFound } from '../../kernel/errors.ts'
import { factBatch } from '../../stores/schema/batches.ts'
import { recordedCount } from '../../stores/schema/recorded-counts.ts'
import type { Workspace } from '../../stores/workspace.ts'
import type { AppendedAs, Batch, Problem, Stage } from './batch.ts'
import { movesOf, phaseOf, refusalOf, storedAs } from './states.ts'
import type { BatchEvent, BatchState, Phase } from './states.ts'

type Row = typeof factBatch.$inferSelect
export type BatchPatch = Partial<Omit<typeof factBatch.$inferInsert, 'id' | 'state' | 'created_at' | 'source' | 'batch_key' | 'learnt_at'>>

/** How many versions of a fact the rows of one stage became. */
export interface RecordedCount {
  readonly import_id: string
  readonly fact: string
  /** The place of the stage in its batch. */
  readonly position: number
  readonly rows: number
}

const MOST_LISTED = 500

/** Postgres writes "2024-01-31 10:00:00.000001+00". A Date would lose the microseconds, which say what was recorded before what. */
function microseconds(text: string | null): string | null {
  const [, day, time, fraction = ''] = /^(\S+)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(text ?? '') ?? []
  return day === undefined ? null : `${day}T${time}.${fraction.padEnd(6, '0')}Z`
}

function appendedAs({ source, batch_key, learnt_at, content, arrived }: Row): AppendedAs | null {
  if (source === null || batch_key === null) return null
  const { rows = 0, refused = 0, refused_reasons = [] } = arrived ?? {}
  return { source, key: batch_key, learnt_at: new Date(learnt_at ?? 0).toISOString(), content, rows, refused, refused_reasons }
}

const fromRow = (row: Row): Batch => ({
  id: row.id,
  state: row.state as BatchState,
  created_at: new Date(row.created_at).toISOString(),
  recorded_at: microseconds(row.recorded_at),
  committed_at: microseconds(row.committed_at),
  undone_at: microseconds(row.undone_at),
  taken_back: row.taken_back ?? null,
  sample: row.sample,
  redo_of: row.redo_of,
  progress: row.progress ?? null,
  error: row.error ?? null,
  appended: appendedAs(row),
  stages: row.stages ?? [],
})

/** The phase of a stored batch: what `phaseOf` is in TypeScript. */
const PHASE = sql`CASE WHEN ${factBatch.state} = 'done' AND ${factBatch.undone_at} IS NOT NULL THEN 'undoing'
  WHEN ${factBatch.state} = 'undone' AND ${factBatch.progress} IS NOT NULL THEN 'receding' ELSE ${factBatch.state} END`

const isIn = (phases: readonly Phase[]): SQL => inArray(PHASE, [...phases])

/** Stands for a batch that became no facts, so that it is known to be counted. */
const NOTHING = { fact: '', position: 0, rows: 0 }

/** How many versions of each fact batches recorded, as counted when they were recorded. */
const recordedCounts = ({ db, transaction }: Pick<Workspace, 'db' | 'transaction'>) => ({
  async saveRecorded(id: string, counts: readonly RecordedCount[]): Promise<void> {
    await transaction(async (tx) => {
      await tx.delete(recordedCount).where(eq(recordedCount.import_id, id))
      const rows = counts.length === 0 ? [NOTHING] : counts.map(({ fact, position, rows: n }) => ({ fact, position, rows: n }))
      await tx.insert(recordedCount).values(rows.map((one) => ({ import_id: id, ...one })))
    })
  },
  readRecorded: (): Promise<RecordedCount[]> => db.select().from(recordedCount),
})

export type Batches = ReturnType<typeof createBatches>

/** Batches of facts, as the workspace keeps them. */
export function createBatches(workspace: Pick<Workspace, 'db' | 'transaction'>) {
  const { db } = workspace
  const some = async (where: SQL | undefined): Promise<Batch[]> => (await db.select().from(factBatch).where(where).orderBy(factBatch.id)).map(fromRow)
  /** Throws `not_found`. */
  const one = async (id: string): Promise<Batch> => {
    const [found] = await some(eq(factBatch.id, id))
    if (found === undefined) throw notFound('import', id, 'List the imports to see which there are.')
    return found
  }
  /** The batch that a source knows by a key: the one there is, else a new one under this id. */
  async function named(id: string, createdAt: string, { source, key, learntAt }: { source: string; key: string; learntAt: string }): Promise<Batch> {
    const [added] = await db
      .insert(factBatch)
      .values({ id, state: 'draft', created_at: createdAt, source, batch_key: key, learnt_at: learntAt })
      .onConflictDoNothing({ target: [factBatch.source, factBatch.batch_key] })
      .returning()
    if (added !== undefined) return fromRow(added)
    const [found] = await some(and(eq(factBatch.source, source), eq(factBatch.batch_key, key)))
    // Thrown away in between.
    return found ?? named(id, createdAt, { source, key, learntAt })
  }
  return {
    one,
    /** Imports of files, the newest first. */
    listImports: async (): Promise<Batch[]> =>
      (await db.select().from(factBatch).where(isNull(factBatch.batch_key)).orderBy(desc(factBatch.id)).limit(MOST_LISTED)).map(fromRow),
    /** The oldest first. */
    inPhases: (...phases: Phase[]): Promise<Batch[]> => some(isIn(phases)),
    changedSince: (instant: string): Promise<Batch[]> => some(or(gt(factBatch.recorded_at, instant), gt(factBatch.undone_at, instant))),
    holdsSample: async (): Promise<boolean> => (await some(and(eq(factBatch.sample, true), isIn(['refreshing', 'done'])))).length > 0,
    async add(id: string, createdAt: string, about: Pick<BatchPatch, 'sample' | 'redo_of'> = {}): Promise<void> {
      await db.insert(factBatch).values({ id, state: 'draft', created_at: createdAt, ...about })
    },
    named,
    /** Writes down why a batch is not recorded yet, if it is not. */
    async noteFailure(id: string, error: Problem): Promise<void> {
      await db
        .update(factBatch)
        .set({ error })
        .where(and(eq(factBatch.id, id), isIn(['committing'])))
    },
    remove: async (id: string): Promise<void> => void (await db.delete(factBatch).where(eq(factBatch.id, id))),
    async change(id: string, patch: BatchPatch): Promise<void> {
      await db.update(factBatch).set(patch).where(eq(factBatch.id, id))
    },
    /**
     * Moves a batch on, with what else changes by that. Where the event leads nowhere new nothing changes, and the batch is
     * returned as it is. Throws the refusal of the event.
     */
    async take(id: string, event: BatchEvent, patch: BatchPatch = {}): Promise<Batch> {
      const moves = movesOf(event)
      const next = sql.join(
        moves.map(({ from, to }) => sql`WHEN ${from} THEN ${storedAs(to)}`),
        sql` `,
      )
      const [moved] = await db
        .update(factBatch)
        .set({ ...patch, state: sql`CASE ${PHASE} ${next} END` })
        .where(and(eq(factBatch.id, id), isIn(moves.map(({ from }) => from))))
        .returning()
      if (moved !== undefined) return fromRow(moved)
      const found = await one(id)
      const refusal = refusalOf(phaseOf(found), event)
      if (refusal !== null) throw refusal
      return found
    },
    ...recordedCounts(workspace),
  }
}

/** What the stages of a batch changed, put together. */
export function countsOf(stages: readonly Stage[]): FactCounts[] {
  const sums = new Map<string, FactCounts>()
  for (const { counts } of stages)
    for (const one of counts) {
      const sum = sums.get(one.fact) ?? { fact: one.fact, new: 0, changed: 0, same: 0, repeated: 0 }
      sums.set(one.fact, sum)
      for (const key of ['new', 'changed', 'same', 'repeated'] as const) sum[key] += one[key]
    }
  return [...sums.values()]
}
