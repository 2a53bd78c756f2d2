import { boundStore } from '../../facts/store.ts'
import { refuse } from '../../kernel/errors.ts'
import { checkRecorded, dropStaged, recordFacts } from './commit.ts'
import type { Desk } from './desk.ts'
import { notDraft } from './desk.ts'
import { headersKey } from '../files/planning.ts'
import { problemOf } from '../files/receive.ts'
import { toRecord } from './records.ts'
import type { StoredImport } from './records.ts'
import { countTakenBack } from './taken-back.ts'
import type { ImportRecord, TakenBack } from '../files/types.ts'

const REFRESHING = { step: 'refreshing', done: 0, total: null }

function checkReady(record: StoredImport): void {
  const waiting = record.files.find((file) => file.state === 'needs_answer' || file.state === 'receiving')
  if (waiting !== undefined)
    throw refuse(
      'import_needs_answer',
      `"${waiting.name}" is not ready.`,
      waiting.state === 'receiving' ? 'Wait until it has arrived.' : 'Answer its questions, or take it out.',
    )
  if (!record.files.some((file) => file.state === 'staged')) throw refuse('import_empty', 'The import has no file that could be read.', 'Add a file.')
}

const notDone = ({ state }: StoredImport) =>
  refuse('import_not_done', `The import is ${state}: there is nothing to undo.`, 'Only imports that are done can be undone.')

async function refresh({ onCommitted, records }: Desk, id: string, state: 'done' | 'undone'): Promise<void> {
  try {
    await onCommitted(id)
  } catch (error) {
    await records.change(id, { error: problemOf(error) })
    throw error
  }
  await records.change(id, { state, progress: null, error: null })
}

/** The step in which facts are recorded. To be taken by one import at a time. */
function createPutting(desk: Desk) {
  const { records, facts, workspace } = desk

  /** Records the facts of an import that is `committing`. To be run by one at a time. */
  async function put(id: string, held: AbortSignal): Promise<void> {
    let found = await records.one(id)
    if (found.state !== 'committing') return
    if (found.recorded_at === null) {
      // Counted before the first fact is recorded: afterwards they would all be the same.
      if (!(await desk.isCounted(id))) await desk.countAgain(id)
      await records.change(id, { recorded_at: await workspace.nextRecordedAt() })
      found = await records.one(id)
    }
    const at = found.recorded_at ?? ''
    await recordFacts(boundStore(facts, { signal: held }), found, at, (done, total) => records.change(id, { progress: { step: 'recording', done, total } }))
    await records.saveRecorded(id, await checkRecorded(facts, found, at))
    await records.changeFrom(['committing'], id, { state: 'refreshing', committed_at: at, error: null, progress: REFRESHING })
  }

  /** Imports that have their instant but were interrupted: a later one is judged by what they record. */
  async function putEarlier(id: string, held: AbortSignal): Promise<void> {
    for (const other of await records.inStates(['committing']))
      if (other.id !== id && other.recorded_at !== null)
        await put(other.id, held).catch((error: unknown) => records.change(other.id, { error: problemOf(error) }))
  }

  return { put, putEarlier }
}

/** Taking an import back, and what that would take back. */
function createTakingBack(desk: Desk, once: (id: string, work: (id: string) => Promise<void>) => Promise<void>) {
  const { records, locks, facts, workspace } = desk
  async function undoOnce(id: string): Promise<void> {
    await locks.exclusively('recording', async () => {
      const present = await records.one(id)
      if (present.state !== 'done') return
      const taken_back = present.taken_back ?? (await countTakenBack(facts, present))
      const at = await workspace.nextRecordedAt()
      await records.change(id, { undone_at: at, taken_back, progress: { step: 'undoing', done: 0, total: null } })
      await facts.insert('fact_undo', 'everywhere', [{ import_id: id, recorded_at: at, undone: 1 }])
      await records.change(id, { state: 'undone', progress: REFRESHING })
    })
    await refresh(desk, id, 'undone')
  }

  /** Takes back what an import recorded: the versions before count again. Throws `not_found`, `import_not_done`. */
  async function undo(id: string): Promise<ImportRecord> {
    const found = await records.one(id)
    if (found.state === 'undone' && found.progress === null) return toRecord(found)
    if (found.state !== 'done' && found.undone_at === null) throw notDone(found)
    await once(id, undoOnce)
    return toRecord(await records.one(id))
  }

  /** What an undo would take back. */
  async function previewUndo(id: string): Promise<TakenBack[]> {
    const found = await records.one(id)
    if (found.state !== 'done') throw notDone(found)
    return countTakenBack(facts, found)
  }

  return { undo, previewUndo }
}

/** Recording an import and taking it back: each step is written down before it is done, so that a kill anywhere is mended by doing it again. */
export function createRecording(desk: Desk) {
  const { records, locks, facts } = desk
  const { put, putEarlier } = createPutting(desk)

  const atWork = new Map<string, Promise<void>>()
  /** What is asked for twice is done once: who asks again while it is under way gets its end. */
  async function once(id: string, work: (id: string) => Promise<void>): Promise<void> {
    const running = atWork.get(id) ?? work(id).finally(() => atWork.delete(id))
    atWork.set(id, running)
    await running
  }

  async function recordOnce(id: string): Promise<void> {
    await locks.exclusively('recording', async (held) => {
      if ((await records.one(id)).recorded_at === null) await putEarlier(id, held)
      await put(id, held)
    })
    const found = await records.one(id)
    if (found.state !== 'refreshing') return
    await dropStaged(facts, id)
    desk.forgetCounts(id)
    for (const file of found.files)
      if (file.state === 'staged' && file.mapping !== null) await records.saveMapping(headersKey(file.headers), file.mapping, desk.now())
    await refresh(desk, id, 'done')
  }

  /** Goes on with an import that is being recorded, from whichever step was the last. */
  async function record(id: string): Promise<void> {
    try {
      await once(id, recordOnce)
    } catch (error) {
      await records.changeFrom(['committing'], id, { error: problemOf(error) }).catch(() => undefined)
      throw error
    }
  }

  /**
   * Records an import. It is acknowledged, and survives anything, once its state is past `committing`; asked again, it goes
   * on where it was. Throws `not_found`, `import_needs_answer`, `import_empty`, `import_not_draft`.
   */
  async function commit(id: string): Promise<ImportRecord> {
    const found = await records.one(id)
    if (found.state === 'done') return toRecord(found)
    if (found.state === 'draft') {
      checkReady(found)
      await records.changeFrom(['draft'], id, { state: 'committing', progress: { step: 'recording', done: 0, total: null } })
    } else if (found.state !== 'committing' && found.state !== 'refreshing') throw notDraft(found)
    await record(id)
    return toRecord(await records.one(id))
  }

  const taking = createTakingBack(desk, once)
  return {
    commit: (id: string) => desk.mending(() => commit(id)),
    undo: (id: string) => desk.mending(() => taking.undo(id)),
    previewUndo: taking.previewUndo,
    record,
  }
}
