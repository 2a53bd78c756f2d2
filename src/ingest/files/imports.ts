import { kindsOf } from '../record/batch.ts'
import type { Batch } from '../record/batch.ts'
import type { Desk } from '../record/desk.ts'
import type { Recording } from '../record/recording.ts'
import type { createUndoing } from '../record/undoing.ts'
import { createCommitting } from './committing.ts'
import type { FilesDesk } from './desk.ts'
import { createDrafts } from './draft.ts'
import { toRecord } from './records.ts'
import { createRedo } from './redo.ts'
import { createRefusedRows } from './refused.ts'
import { importTargets } from './targets.ts'
import type { ImportRecord, ImportTarget } from './types.ts'

export type { AddFileOptions } from './draft.ts'

export type Imports = ReturnType<typeof createImports>

const INTERRUPTED = { code: 'upload_interrupted', message: 'The file did not arrive whole.', cure: 'Add the file again.' }

/** Files that were arriving and that nobody is sending have failed. */
export const clearUpDraft =
  ({ records, batches }: FilesDesk) =>
  async (draft: Batch): Promise<void> => {
    const [found] = await records.withFiles([draft])
    for (const file of found?.files ?? []) if (file.state === 'receiving') await records.changeFile(file.id, { state: 'failed', error: INTERRUPTED })
    // Half of what was to be redone is nothing that anybody asked for.
    if (draft.progress === null) return
    if (draft.redo_of === null) await batches.change(draft.id, { progress: null })
    else await batches.take(draft.id, 'discard')
  }

const momentOf = ({ committed_at, created_at }: Batch): string => committed_at ?? created_at

/** Everything that can be done with imports of files. */
export function createImports(desk: FilesDesk, { record }: Pick<Recording, 'record'>, { undo, previewUndo }: ReturnType<typeof createUndoing>) {
  const { records } = desk
  const drafts = createDrafts(desk)
  const commit = createCommitting(desk, { record })
  return {
    listTargets: async (): Promise<ImportTarget[]> => importTargets(),
    /** The newest first. */
    list: async (): Promise<ImportRecord[]> => (await records.list()).map(toRecord),
    read: async (id: string): Promise<ImportRecord> => toRecord(await records.one(id)),
    ...drafts,
    commit,
    undo: async (id: string): Promise<ImportRecord> => toRecord(await records.one((await undo(id)).id)),
    previewUndo,
    redo: createRedo(desk, drafts, commit),
    ...createRefusedRows(desk.facts, records),
    ...createHistory(desk),
  }
}

/** Questions about all batches that were recorded: imports of files and what was appended. */
const createHistory = ({ batches }: Pick<Desk, 'batches'>) => ({
  /** Whether facts of the sample company count. */
  isInvented: (): Promise<boolean> => batches.holdsSample(),
  /** Whether any facts count, or are about to. */
  holdsFacts: async (): Promise<boolean> => (await batches.inPhases('committing', 'refreshing', 'done')).length > 0,
  /** Kinds of facts of which something was recorded or taken back after an instant (ISO, UTC, microseconds). */
  factsChangedSince: async (instant: string): Promise<string[]> => kindsOf((await batches.changedSince(instant)).flatMap(({ stages }) => stages)),
  /** What was recorded or taken back after an instant (ISO, UTC, microseconds), the oldest first; for an import by its files. */
  listChangedSince: async (instant: string) =>
    (await batches.changedSince(instant))
      .sort((a, b) => (momentOf(a) < momentOf(b) ? -1 : 1))
      .map(({ id, committed_at, undone_at, stages }) => ({ id, committed_at, undone_at, files: stages.map(({ name, counts }) => ({ name, counts })) })),
})
