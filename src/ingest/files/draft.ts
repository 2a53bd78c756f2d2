import { isOurFault, refuse } from '../../kernel/errors.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { problemOf } from '../record/desk.ts'
import { progressOf } from '../record/recording.ts'
import { mappedKinds } from './mapped-kinds.ts'
import { fileOf } from './desk.ts'
import type { FilesDesk } from './desk.ts'
import { createReceiving } from './receive.ts'
import { toFile, toRecord } from './records.ts'
import { settleSameIds } from './same-id.ts'
import { storable } from './storable.ts'
import type { FilePatch, Reading, StoredFile } from './records.ts'
import type { ImportFile, ImportRecord, Mapping } from './types.ts'

export interface AddFileOptions {
  name: string
  /** The kind of fact that the file holds, when it should not be guessed. */
  as?: string | undefined
  mapping?: Mapping | undefined
  /** Length of the upload when it is known, for the progress bar. */
  bytes?: number | undefined
}

/** What rows that share an id are is asked of a file that could otherwise be recorded. */
export async function askedIds({ facts, now }: FilesDesk, file: StoredFile, patch: FilePatch): Promise<FilePatch> {
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
export function createDrafts(desk: FilesDesk) {
  const { records, batches, locks, clock } = desk
  const receiving = createReceiving(desk, desk.settings)

  const create = async (about: { sample?: boolean } = {}): Promise<ImportRecord> => {
    const id = uuidv7(clock.now())
    await batches.add(id, desk.now(), about)
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
      return toFile(fileOf(await desk.countAgain(id, mappedKinds(found)), fileId))
    })
  }

  async function receiveFile(id: string, fileId: string, { name, as, mapping, bytes: total }: AddFileOptions, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    await records.addFile(id, fileId, name)
    const tell = progressOf(desk, id, `reading ${storable(name)}`)
    const onProgress = (bytes: number): Promise<void> => tell(bytes, total ?? null)
    try {
      const stored = fileOf(await records.one(id), fileId)
      await records.changeFile(fileId, await askedIds(desk, stored, await receiving.receive(stored, bytes, { as, mapping, onProgress })))
    } catch (error) {
      const problem = problemOf(error)
      // Where the workspace store itself is away, the file is marked as failed when that store is back.
      await records.changeFile(fileId, { state: 'failed', error: problem }).catch(() => undefined)
      if (problem.code === 'import_failed' || problem.code === 'body_stalled' || isOurFault(error)) throw error
    } finally {
      await batches.change(id, { progress: null }).catch(() => undefined)
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
    return toFile(fileOf(await desk.countAgain(id, [...mappedKinds(file.mapping), ...mappedKinds(changed.mapping)]), fileId))
  }

  async function removeFile(id: string, fileId: string): Promise<ImportRecord> {
    const file = fileOf(await desk.readDraft(id), fileId)
    await records.removeFile(fileId)
    await desk.forgetRows(id, fileId)
    return toRecord(await desk.countAgain(id, mappedKinds(file.mapping)))
  }

  /** Throws an import away that is not recorded: nothing of it is left. It is marked first, so that a kill in the middle is finished at the next start. */
  async function discard(id: string): Promise<ImportRecord> {
    const found = await records.one(id)
    await batches.take(id, 'discard', { progress: null })
    await desk.dropStaged(id)
    await desk.forgetRows(id)
    desk.counted.forget(id)
    await records.remove(id)
    return { ...toRecord(found), state: 'discarded', progress: null }
  }

  return { create, addFile, mapFile, removeFile, discard: (id: string) => desk.mending(() => discard(id)) }
}
