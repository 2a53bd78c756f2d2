import type { AppendFacts } from '../facts/append.ts'
import { createFilesDesk } from './files/desk.ts'
import { rememberMappings, stageFilesAgain } from './files/committing.ts'
import { clearUpDraft, createImports } from './files/imports.ts'
import { createAppending, discardAppended, stageAppendedAgain } from './record/append.ts'
import { auditBatches } from './record/audit.ts'
import type { Audit, Loss } from './record/audit.ts'
import { createDesk } from './record/desk.ts'
import type { RecordOptions } from './record/desk.ts'
import { createRecording } from './record/recording.ts'
import { restoreLost } from './record/restore.ts'
import { resumeBatches } from './record/resume.ts'
import { createUndoing } from './record/undoing.ts'

export type { RecordOptions } from './record/desk.ts'

/** All ways in which facts come in, and what is done with them until they stand recorded. */
export interface Ingest {
  readonly imports: ReturnType<typeof createImports>
  readonly appendFacts: AppendFacts
  /** Looks for facts that were recorded and that the fact store has lost. */
  audit(): Promise<Audit>
  /** Records lost facts again from the kept rows; returns which are still missing. The ledgers do not follow by themselves. */
  restoreLost(): Promise<Loss[]>
  /** Finishes what was left half-way; says whether all is finished. To be asked before anything else. */
  resume(): Promise<boolean>
  /** Resolves when nothing is under way that nobody waits for. */
  idle(): Promise<void>
}

export function createIngest(options: RecordOptions): Ingest {
  const desk = createDesk(options)
  const files = createFilesDesk(desk)
  const remember = rememberMappings(files)
  const recording = createRecording(desk, (batch) => (batch.appended === null ? remember(batch) : Promise.resolve()))
  const undoing = createUndoing(desk, recording)
  const imports = createImports(files, recording, undoing)
  const [stageFiles, stageAppended] = [stageFilesAgain(files), stageAppendedAgain(desk)]
  const clearUp = clearUpDraft(files)
  return {
    imports,
    appendFacts: createAppending(desk, recording),
    audit: () => auditBatches(desk.facts, desk.batches),
    restoreLost: () => restoreLost(desk, (batch, fact) => (batch.appended === null ? stageFiles : stageAppended)(batch, fact)),
    resume: () =>
      resumeBatches(desk, {
        record: recording.record,
        undo: undoing.undo,
        async discard(id) {
          const batch = await desk.batches.one(id)
          return batch.appended === null ? imports.discard(id) : discardAppended(desk, batch)
        },
        clearUp: (draft) => (draft.appended === null ? clearUp(draft) : discardAppended(desk, draft)),
      }),
    idle: recording.idle,
  }
}
