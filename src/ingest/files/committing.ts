import type { FactDefinition } from '../../facts/fact.ts'
import type { Batch } from '../record/batch.ts'
import type { Recording } from '../record/recording.ts'
import { cannotRestore } from '../record/restore.ts'
import type { StageAgain } from '../record/restore.ts'
import { phaseOf, refusalOf } from '../record/states.ts'
import { checkReady } from './desk.ts'
import type { FilesDesk } from './desk.ts'
import { mappedKinds } from './mapped-kinds.ts'
import { headersKey } from './propose.ts'
import { createReceiving } from './receive.ts'
import { stageOf, stagesOf, toRecord } from './records.ts'
import type { Reading } from './records.ts'
import { saveMapping } from './saved-mappings.ts'
import type { ImportRecord } from './types.ts'

/** Handing a draft over to be recorded. */
export function createCommitting({ records, batches, mending }: FilesDesk, { record }: Pick<Recording, 'record'>) {
  /**
   * Records an import. It is acknowledged, and survives anything, once its state is past `committing`; asked again, it goes
   * on where it was. Throws `not_found`, `import_needs_answer`, `import_empty`, `import_not_draft`.
   */
  async function commit(id: string): Promise<ImportRecord> {
    const found = await records.one(id)
    const phase = phaseOf(found)
    const refusal = refusalOf(phase, 'commit')
    if (refusal !== null) throw refusal
    if (phase === 'done' || phase === 'undoing') return toRecord(found)
    if (phase === 'draft') {
      checkReady(found)
      await batches.take(id, 'commit', { stages: stagesOf(found), progress: { step: 'recording', done: 0, total: null } })
    }
    await record(id)
    return toRecord(await records.one(id))
  }
  return (id: string): Promise<ImportRecord> => mending(() => commit(id))
}

/** How files with these headers were read is remembered once they are recorded. */
export const rememberMappings =
  ({ records, workspace, now }: FilesDesk) =>
  async (batch: Batch): Promise<void> => {
    const [found] = await records.withFiles([batch])
    for (const file of found?.files ?? [])
      if (file.state === 'staged' && file.mapping !== null) await saveMapping(workspace.db, headersKey(file.headers), file.mapping, now())
  }

/** Stages the kept rows of the files that hold a fact once more. */
export const stageFilesAgain = (desk: FilesDesk): StageAgain =>
  async function stageAgain(batch: Batch, fact: FactDefinition) {
    // Settings as they were when the import was recorded: a time without a zone is in the zone of that day.
    const receiving = createReceiving(desk, () => desk.settingsAt(batch.recorded_at ?? ''))
    const [found] = await desk.records.withFiles([batch])
    const stages = []
    for (const file of found?.files ?? []) {
      if (file.mapping === null || !mappedKinds(file.mapping).includes(fact)) continue
      const { mapping: read, state } = await receiving.mapAgain(file, file.mapping, Math.max(file.reading + 2, desk.clock.now().getTime()))
      if (state !== 'staged') throw cannotRestore(batch, `"${file.name}" asks questions that were answered then`)
      stages.push(stageOf({ ...file, reading: (read as Reading).reading, staged: null }))
    }
    return stages
  }
