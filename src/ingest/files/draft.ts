import { isOurFault, refuse } from '../../kernel/errors.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { dropStaged, factsOf, settleSameIds } from '../record/commit.ts'
import type { Desk } from '../record/desk.ts'
import { fileOf, notDraft } from '../record/desk.ts'
import { createReceiving, problemOf } from './receive.ts'
import { toFile, toRecord } from '../record/records.ts'
import { storable } from '../record/storable.ts'
import type { FilePatch, Reading, StoredFile } from '../record/records.ts'
import type { ImportFile, ImportRecord, Mapping } from './types.ts'

export interface AddFileOptions {
  name: string
  /** The fact it holds, when it should not be guessed. */
  as?: string | undefined
  mapping?: Mapping | undefined
  /** Length of the upload when it is known, for the progress bar. */
  bytes?: number | undefined
}

const PROGRESS_EVERY_MS = 300

/** Writes down how much of a step is done, now and then. */
function progressOf({ records }: Desk, id: string, step: string, total: number | null): (done: number) => Promise<void> {
  let last = 0
  return async (done) => {
    if (performance.now() - last < PROGRESS_EVERY_MS) return
    last = performance.now()
    await records.change(id, { progress: { step, done, total } })
  }
}

/** What rows that share an id are is asked of a file that could otherwise be recorded. */
export async function askedIds({ facts, now }: Desk, file: StoredFile, patch: FilePatch): Promise<FilePatch> {
  if (patch.state !== 'staged') return patch
  const read = patch.mapping as Reading
  const { questions, notes } = await settleSameIds(facts, { ...file, ...read, state: 'staged' }, now())
  return {
    ...patch,
    mapping: { ...read, notes: [...read.notes, ...notes] },
    ...(questions.length === 0 ? {} : { state: 'needs_answer', ambiguities: questions }),
  }
}

/** What is done with an import before it is recorded. */
export function createDrafts(desk: Desk) {
  const { records, locks, clock, facts } = desk
  const receiving = createReceiving(facts, records, desk.settings)

  const create = async (about: { sample?: boolean } = {}): Promise<ImportRecord> => {
    const id = uuidv7(clock.now())
    await records.add(id, desk.now(), about)
    return toRecord(await records.one(id))
  }

  /**
   * Reads a file as its bytes arrive and says what it would change. A file that cannot be read is kept in the import as
   * `failed` with the reason; when the upload or a store breaks, that is thrown too. Throws `not_found`, `import_not_draft`.
   */
  async function addFile(id: string, options: AddFileOptions, bytes: AsyncIterable<Uint8Array>): Promise<ImportFile> {
    await desk.readDraft(id)
    const fileId = uuidv7(clock.now())
    return desk.mending(async () => {
      // The file is written down under the lock: one that arrives and that nobody is receiving has failed.
      await locks.together('receiving', () => receiveFile(id, fileId, options, bytes))
      const { mapping: found } = fileOf(await records.one(id), fileId)
      return toFile(fileOf(await desk.countAgain(id, factsOf(found)), fileId))
    })
  }

  async function receiveFile(id: string, fileId: string, { name, as, mapping, bytes: total }: AddFileOptions, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    await records.addFile(id, fileId, name)
    const onProgress = progressOf(desk, id, `reading ${storable(name)}`, total ?? null)
    try {
      const stored = fileOf(await records.one(id), fileId)
      await records.changeFile(fileId, await askedIds(desk, stored, await receiving.receive(stored, bytes, { as, mapping, onProgress })))
    } catch (error) {
      const problem = problemOf(error)
      // Where the workspace itself is away, that is done when it is back.
      await records.changeFile(fileId, { state: 'failed', error: problem }).catch(() => undefined)
      if (problem.code === 'import_failed' || problem.code === 'body_stalled' || isOurFault(error)) throw error
    } finally {
      await records.change(id, { progress: null }).catch(() => undefined)
    }
  }

  /** Reads the kept rows of a file again with another mapping; one without columns asks for the proposal for its fact. */
  async function mapFile(id: string, fileId: string, mapping: Mapping): Promise<ImportFile> {
    const file = fileOf(await desk.readDraft(id), fileId)
    if (file.state !== 'staged' && file.state !== 'needs_answer')
      throw refuse('file_not_read', 'The file was not read.', file.error?.cure ?? 'Wait until it has arrived.')
    const patch = await locks.together('receiving', async () =>
      askedIds(desk, file, await receiving.mapAgain(file, mapping, Math.max(file.reading + 2, clock.now().getTime()))),
    )
    await records.changeFile(fileId, patch)
    const changed = fileOf(await records.one(id), fileId)
    return toFile(fileOf(await desk.countAgain(id, [...factsOf(file.mapping), ...factsOf(changed.mapping)]), fileId))
  }

  async function removeFile(id: string, fileId: string): Promise<ImportRecord> {
    const file = fileOf(await desk.readDraft(id), fileId)
    await records.removeFile(fileId)
    await desk.forgetRows(id, fileId)
    return toRecord(await desk.countAgain(id, factsOf(file.mapping)))
  }

  /** Throws an import away that is not recorded: nothing of it is left. It is marked first, so that a kill in the middle is finished at the next start. */
  async function discard(id: string): Promise<ImportRecord> {
    const found = await records.one(id)
    if (!(await records.changeFrom(['draft', 'failed', 'discarded'], id, { state: 'discarded', progress: null }))) throw notDraft(found)
    await dropStaged(facts, id)
    await desk.forgetRows(id)
    desk.forgetCounts(id)
    await records.remove(id)
    return { ...toRecord(found), state: 'discarded', progress: null }
  }

  return { create, addFile, mapFile, removeFile, discard: (id: string) => desk.mending(() => discard(id)) }
}
