import type { FactDefinition } from '../../facts/fact.ts'
import { notFound, refuse } from '../../kernel/errors.ts'
import { kindsOf } from '../record/batch.ts'
import type { Desk } from '../record/desk.ts'
import { countChanges, withCounts } from '../record/dry-run.ts'
import { forgetRows } from '../record/kept-rows.ts'
import { checkStaged } from '../record/recorded-counts.ts'
import { factsIn, readWork } from '../record/scopes.ts'
import { phaseOf, refusalOf } from '../record/states.ts'
import { createRecords, stagesOf } from './records.ts'
import type { StoredFile, StoredImport } from './records.ts'

/** What everything that is done with imports of files works with. */
export type FilesDesk = ReturnType<typeof createFilesDesk>

export function fileOf(record: StoredImport, fileId: string): StoredFile {
  const file = record.files.find((candidate) => candidate.id === fileId)
  if (file === undefined) throw notFound('file in this import', fileId, 'Read the import to see its files.')
  return file
}

/** Throws unless all files of an import are read, and some could be. */
export function checkReady({ files }: StoredImport): void {
  const waiting = files.find(({ state }) => state === 'needs_answer' || state === 'receiving')
  if (waiting !== undefined)
    throw refuse(
      'import_needs_answer',
      `"${waiting.name}" is not ready.`,
      waiting.state === 'receiving' ? 'Wait until it has arrived.' : 'Answer its questions, or take it out.',
    )
  if (!files.some(({ state }) => state === 'staged')) throw refuse('import_empty', 'The import has no file that could be read.', 'Add a file.')
}

export function createFilesDesk(desk: Desk) {
  const { facts, workspace, batches, counted } = desk
  const records = createRecords(workspace, batches)
  let counting: Promise<unknown> = Promise.resolve()

  /** What the staged files would change. With `only`, of these facts; of others they keep the counts they have. */
  async function count(id: string, only: readonly FactDefinition[] | undefined): Promise<void> {
    const last = await counted.lastRecorded()
    // Counts that this process did not make may never have been made: a kill can have come between.
    const partial = only !== undefined && (await counted.isPresent(id))
    const { files } = await records.one(id)
    const stages = stagesOf({ files })
    const asked = factsIn(stages).filter((fact) => !partial || only.includes(fact))
    const check = (fact: FactDefinition, rows: number): void => checkStaged(facts, fact, stages, rows)
    const changes = await countChanges(facts, await readWork(facts, id, stages, asked, { at: desk.now(), check }))
    const present = kindsOf(stages)
    for (const { position, counts } of withCounts(stages, asked, changes)) {
      const file = files.find((one) => one.position === position)
      if (file !== undefined) await records.changeFile(file.id, { counts: counts.filter(({ fact }) => present.includes(fact)) })
    }
    counted.note(id, last)
  }

  return {
    ...desk,
    records,
    async readDraft(id: string): Promise<StoredImport> {
      const record = await records.one(id)
      const refusal = refusalOf(phaseOf(record), 'change')
      if (refusal !== null) throw refusal
      return record
    },
    /** The dry run, one at a time. With `only`, of these facts, unless the others were not counted or something was recorded since. */
    async countAgain(id: string, only?: readonly FactDefinition[]): Promise<StoredImport> {
      const done = counting.then(() => count(id, only))
      counting = done.catch(() => undefined)
      await done
      return records.one(id)
    },
    /** Removes kept rows of an import, or of one of its files. */
    forgetRows: (id: string, fileId?: string): Promise<void> => forgetRows(facts, id, fileId),
  }
}
