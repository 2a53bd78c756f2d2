import type { Batch } from './batch.ts'
import type { Desk } from './desk.ts'
import type { Recording } from './recording.ts'
import { readStagedKinds } from './scopes.ts'

export interface ResumeParts extends Pick<Recording, 'record'> {
  readonly undo: (id: string) => Promise<unknown>
  /** Throws away a batch that is not recorded. */
  readonly discard: (id: string) => Promise<unknown>
  /** Sees to a draft that nobody is sending rows to. */
  readonly clearUp: (draft: Batch) => Promise<void>
}

/** Drops staged rows that belong to no unfinished batch. */
async function clearUpAll({ batches, facts, dropStaged }: Desk, clearUp: ResumeParts['clearUp']): Promise<void> {
  for (const draft of await batches.inPhases('draft')) await clearUp(draft)
  // Who comes while this runs may be recording by now: what is not finished keeps its rows.
  const wanted = new Set((await batches.inPhases('draft', 'committing', 'refreshing')).map((unfinished) => unfinished.id))
  for (const id of (await readStagedKinds(facts)).keys()) if (!wanted.has(id)) await dropStaged(id)
}

/**
 * Finishes what a kill or an engine's crash left half-way: at the start, and when an engine is back. Batches that were being
 * thrown away are gone, those that were being recorded are recorded, those that were not yet in the ledgers are brought there,
 * and so are those that were being undone.
 * Says whether all is finished: rows that nobody is receiving wait until nobody receives any. Throws when something fails,
 * after trying the rest.
 */
export async function resumeBatches(desk: Desk, { record, undo, discard, clearUp }: ResumeParts): Promise<boolean> {
  const { batches } = desk
  // Clearing up comes first: as soon as somebody sends rows it has to wait.
  const cleared = await desk.locks.ifFree('receiving', () => clearUpAll(desk, clearUp))
  const failures: unknown[] = []
  const each = async (unfinished: readonly Batch[], finish: (id: string) => Promise<unknown>): Promise<void> => {
    for (const { id } of unfinished) await finish(id).catch((error: unknown) => failures.push(error))
  }
  await each(await batches.inPhases('discarded'), discard)
  await each(await batches.inPhases('committing', 'refreshing'), record)
  await each(await batches.inPhases('undoing', 'receding'), undo)
  if (failures.length > 0) throw failures[0]
  return cleared
}
