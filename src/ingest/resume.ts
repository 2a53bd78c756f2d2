import { dropStaged, importsWithStagedRows } from './commit.ts'
import type { Desk } from './desk.ts'
import type { createDrafts } from './draft.ts'
import type { createRecording } from './recording.ts'

const INTERRUPTED = { code: 'upload_interrupted', message: 'The file did not arrive whole.', cure: 'Add the file again.' }

/** Files that were arriving have failed, rows that are staged for nobody are dropped. */
async function clearUp({ records, facts }: Desk): Promise<void> {
  const drafts = await records.inStates(['draft'])
  for (const draft of drafts) {
    for (const file of draft.files) if (file.state === 'receiving') await records.changeFile(file.id, { state: 'failed', error: INTERRUPTED })
    if (draft.progress !== null) await records.change(draft.id, { progress: null })
  }
  // Who comes while this runs may be recording by now: what is not finished keeps its rows.
  const wanted = new Set((await records.inStates(['draft', 'committing', 'refreshing'])).map((unfinished) => unfinished.id))
  for (const id of (await importsWithStagedRows(facts)).keys()) if (!wanted.has(id)) await dropStaged(facts, id)
}

/**
 * At the start: finishes what a kill left half-way. Imports that were being thrown away are gone. Imports that were being recorded are recorded, those that were not yet
 * in the ledgers are brought there, and so are those that were being undone.
 */
export async function resumeImports(desk: Desk, { record, undo, discard }: Pick<ReturnType<typeof createRecording>, 'record' | 'undo'> & Pick<ReturnType<typeof createDrafts>, 'discard'>): Promise<void> {
  // Before anybody can send a file, which would put it off until the next start.
  await desk.locks.whileNobodyReceives(() => clearUp(desk))
  for (const { id } of await desk.records.inStates(['discarded'])) await discard(id)
  for (const { id } of await desk.records.inStates(['committing', 'refreshing'])) await record(id)
  for (const id of await desk.records.unfinishedUndos()) await undo(id)
}
