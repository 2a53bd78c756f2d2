import { auditImports } from '../record/audit.ts'
import { factsOf } from '../record/commit.ts'
import { createDesk } from '../record/desk.ts'
import type { ImportsOptions } from '../record/desk.ts'
import { createDrafts } from './draft.ts'
import { toRecord } from '../record/records.ts'
import { createRecording } from '../record/recording.ts'
import { createRedo } from './redo.ts'
import { createRefusedRows } from './refused.ts'
import { restoreLost } from '../record/restore.ts'
import { resumeImports } from '../record/resume.ts'
import { importTargets } from './targets.ts'
import type { ImportRecord, ImportTarget } from './types.ts'

export type { ImportsOptions } from '../record/desk.ts'
export type { AddFileOptions } from './draft.ts'

export type Imports = ReturnType<typeof createImports>

/** Kinds of facts that an import may have changed: those its files were read as. */
export const changedFacts = ({ files }: Pick<ImportRecord, 'files'>): string[] => [
  ...new Set(files.flatMap(({ mapping }) => factsOf(mapping)).map(({ id }) => id)),
]

/** Everything that can be done with imports. To be asked to `resume()` before anything else. */
export function createImports(options: ImportsOptions) {
  const desk = createDesk(options)
  const recording = createRecording(desk)
  const { commit, undo, previewUndo, record } = recording
  const drafts = createDrafts(desk)
  return {
    listTargets: async (): Promise<ImportTarget[]> => importTargets(),
    /** The newest first. */
    list: async (): Promise<ImportRecord[]> => (await desk.records.list()).map(toRecord),
    read: async (id: string): Promise<ImportRecord> => toRecord(await desk.records.one(id)),
    ...drafts,
    commit,
    undo,
    previewUndo,
    /** Whether facts of the sample company count. */
    isInvented: (): Promise<boolean> => desk.records.holdsSample(),
    redo: createRedo(desk, drafts, recording),
    /** Imports whose facts count, or are about to. */
    inForce: async (): Promise<ImportRecord[]> =>
      (await desk.records.inStates(['committing', 'refreshing', 'done'])).filter(({ undone_at }) => undone_at === null).map(toRecord),
    /** Kinds of facts of which something was recorded or taken back after an instant (ISO, UTC, microseconds). */
    factsChangedSince: async (instant: string): Promise<string[]> =>
      changedFacts({ files: (await desk.records.changedSince(instant)).flatMap(({ files }) => files) }),
    /** Imports of which something was recorded or taken back after an instant (ISO, UTC, microseconds), the oldest first. */
    listChangedSince: async (instant: string): Promise<ImportRecord[]> =>
      (await desk.records.changedSince(instant)).map(toRecord).sort((a, b) => ((a.committed_at ?? a.created_at) < (b.committed_at ?? b.created_at) ? -1 : 1)),
    /** What was recorded and is not held any more. */
    audit: () => auditImports(desk.facts, desk.records),
    /** Records it again from the kept rows; returns what is still missing. The ledgers do not follow by themselves. */
    restoreLost: () => restoreLost(desk),
    resume: () => resumeImports(desk, { record, undo, discard: drafts.discard }),
    ...createRefusedRows(desk.facts, desk.records),
  }
}
