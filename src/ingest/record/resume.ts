import { dropStaged, importsWithStagedRows } from './commit.ts'
import type { Desk } from './desk.ts'
import type { createDrafts } from '../files/draft.ts'
import type { createRecording } from './recording.ts'

const INTERRUPTED = { code: 'upload_interrupted', message: 'The file did not arrive whole.', cure: 'Add the file again.' }

/** Files that were arriving have failed, rows that are staged for nobody are dropped. */
async function clearUp({ records, facts }: Desk): Promise<void> {
  const drafts = await records.inStates(['draft'])
  for (const draft of drafts) {
    for (const file of draft.files) if (file.state === 'receiving') await records.changeFile(file.id, { state: 'failed', error: INTERRUPTED })
    // Half of what was to be redone is nothing that anybody asked for.
    if (draft.progress !== null) await records.change(draft.id, draft.redo_of === null ? { progress: null } : { state: 'discarded' })
  }
  // Who comes while this runs may be recording by now: what is not finished keeps its rows.
  const wanted = new Set((await records.inStates(['draft', 'committing', 'refreshing'])).map((unfinished) => unfinished.id))
  for (const id of (await importsWithStagedRows(facts)).keys()) if (!wanted.has(id)) await dropStaged(facts, id)
}

/**
 * Finishes what a kill or an engine's crash left half-way: at the start, and when an engine is back. Imports that were being
 * thrown away are gone, those that were being recorded are recorded, those that were not yet in the ledgers are brought there,
 * and so are those that were being undone.
 * Says whether all is finished: files that nobody is receiving wait until nobody receives any. Throws when something fails,
 * after trying the rest.
 */
export async function resumeImports(
  desk: Desk,
  { record, undo, discard }: Pick<ReturnType<typeof createRecording>, 'record' | 'undo'> & Pick<ReturnType<typeof createDrafts>, 'discard'>,
): Promise<boolean> {
  // Before anybody can send a file, which would put it off.
  const cleared = await desk.locks.ifFree('receiving', () => clearUp(desk))
  const failures: unknown[] = []
  const each = async (ids: readonly string[], finish: (id: string) => Promise<unknown>): Promise<void> => {
    for (const id of ids) await finish(id).catch((error: unknown) => failures.push(error))
  }
  await each(
    (await desk.records.inStates(['discarded'])).map(({ id }) => id),
    discard,
  )
  await each(
    (await desk.records.inStates(['committing', 'refreshing'])).map(({ id }) => id),
    record,
  )
  await each(await desk.records.unfinishedUndos(), undo)
  if (failures.length > 0) throw failures[0]
  return cleared
}
