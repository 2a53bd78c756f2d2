import { and, desc, eq } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Day } from '../kernel/period.ts'
import { replayResult } from '../stores/schema/health-days.ts'
import type { WorkspaceDatabase } from '../stores/workspace.ts'

/** A replay of the past as it is kept; one row each. */
export interface StartedReplay {
  readonly id: string
  readonly mode: string
  readonly model: string
  readonly from: Day
  readonly until: Day
  readonly made_at: string
}

export type KeptReplay = StartedReplay & { readonly state: string; readonly result: unknown }

export interface Replays {
  /** The newest of a mode, whatever became of it; null where there is none. */
  readLast(mode: string): Promise<KeptReplay | null>
  /** The newest of a mode that came to an end. */
  readDone(mode: string): Promise<KeptReplay | null>
  start(replay: StartedReplay): Promise<void>
  /** False where somebody canceled it. */
  progress(id: string, progress: { readonly done: number; readonly total: number }): Promise<boolean>
  finish(id: string, state: 'done' | 'failed', result: unknown): Promise<void>
  /** Whether one was under way. */
  cancel(mode: string): Promise<boolean>
  /** Those that are under way in no process: whoever starts one calls it alone. */
  giveUp(mode: string): Promise<void>
}

export function replaysIn(db: WorkspaceDatabase): Replays {
  const isRunning = eq(replayResult.state, 'running')
  const newest = async (which: SQL | undefined): Promise<KeptReplay | null> => {
    const [last] = await db.select().from(replayResult).where(which).orderBy(desc(replayResult.made_at), desc(replayResult.id)).limit(1)
    return last === undefined ? null : { ...last, made_at: new Date(last.made_at).toISOString() }
  }
  return {
    readLast: (mode) => newest(eq(replayResult.mode, mode)),
    readDone: (mode) => newest(and(eq(replayResult.mode, mode), eq(replayResult.state, 'done'))),
    start: async (replay) => void (await db.insert(replayResult).values({ ...replay, state: 'running', progress: null, result: null })),
    async progress(id, progress) {
      const rows = await db
        .update(replayResult)
        .set({ progress })
        .where(and(eq(replayResult.id, id), isRunning))
        .returning({ id: replayResult.id })
      return rows.length > 0
    },
    finish: async (id, state, result) =>
      void (await db
        .update(replayResult)
        .set({ state, result, progress: null })
        .where(and(eq(replayResult.id, id), isRunning))),
    async cancel(mode) {
      const rows = await db
        .update(replayResult)
        .set({ state: 'canceled', progress: null })
        .where(and(eq(replayResult.mode, mode), isRunning))
        .returning({ id: replayResult.id })
      return rows.length > 0
    },
    giveUp: async (mode) =>
      void (await db
        .update(replayResult)
        .set({ state: 'failed', progress: null })
        .where(and(eq(replayResult.mode, mode), isRunning))),
  }
}
