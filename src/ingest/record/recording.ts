import { boundStore } from '../../facts/store.ts'
import type { FactStore } from '../../facts/store.ts'
import type { Batch, Stage } from './batch.ts'
import { problemOf } from './desk.ts'
import type { Desk } from './desk.ts'
import { countChanges, withCounts } from './dry-run.ts'
import { insertStatements } from './insert.ts'
import { checkRecorded, checkStaged } from './recorded-counts.ts'
import { factsIn, readWork } from './scopes.ts'
import type { Work } from './scopes.ts'
import { phaseOf } from './states.ts'

const REFRESHING = { step: 'refreshing', done: 0, total: null }
const PROGRESS_EVERY_MS = 300

const workOf = (store: FactStore, { id, stages }: Batch, at: string): Promise<Work[]> =>
  readWork(store, id, stages, factsIn(stages), { at, check: (fact, rows) => checkStaged(store, fact, stages, rows) })

/** Writes down how much of a step is done, now and then. */
export function progressOf({ batches }: Pick<Desk, 'batches'>, id: string, step: string): (done: number, total: number | null) => Promise<void> {
  let last = performance.now()
  return async (done, total) => {
    if (performance.now() - last < PROGRESS_EVERY_MS) return
    last = performance.now()
    await batches.change(id, { progress: { step, done, total } })
  }
}

/** Recording what stands staged. To be done with one batch at a time. */
function createPutting(desk: Desk) {
  const { batches, facts, workspace } = desk

  /** What the batch changes, counted before its first fact is recorded: afterwards every row would count as the same. */
  async function counted(store: FactStore, { id, stages }: Batch, works: readonly Work[]): Promise<Stage[]> {
    if (await desk.counted.isPresent(id)) return stages
    return withCounts(stages, factsIn(stages), await countChanges(store, works))
  }

  /** Records a batch that is `committing`, with its one `recorded_at`. What a former attempt recorded is not recorded twice. */
  async function put(id: string, held: AbortSignal): Promise<Batch> {
    let batch = await batches.one(id)
    if (phaseOf(batch) !== 'committing') return batch
    const store = boundStore(facts, { signal: held })
    const at = batch.recorded_at ?? (await workspace.nextRecordedAt())
    const works = await workOf(store, batch, batch.appended?.learnt_at ?? at)
    if (batch.recorded_at === null) {
      batch = { ...batch, recorded_at: at, stages: await counted(store, batch, works) }
      await batches.change(id, { recorded_at: at, stages: batch.stages })
    }
    const onProgress = progressOf(desk, id, 'recording')
    for (const [done, work] of works.entries()) {
      await onProgress(done, works.length)
      for (const statement of insertStatements(store, work, at)) await store.writeEverywhere(statement)
    }
    await batches.saveRecorded(id, await checkRecorded(facts, batch.stages, works))
    return batches.take(id, 'record', { committed_at: at, error: null, progress: REFRESHING })
  }

  /** Batches that have their instant but were interrupted: they come first, since a later batch is judged by what they record. */
  async function putEarlier(id: string, held: AbortSignal): Promise<void> {
    for (const other of await batches.inPhases('committing'))
      if (other.id !== id && other.recorded_at !== null) await put(other.id, held).catch((error: unknown) => batches.noteFailure(other.id, problemOf(error)))
  }

  return async (id: string): Promise<Batch> =>
    desk.locks.exclusively('recording', async (held) => {
      if ((await batches.one(id)).recorded_at === null) await putEarlier(id, held)
      return put(id, held)
    })
}

/** Work that is asked for twice is done once: who asks again while the work is under way gets the result of the first. */
function createOnce() {
  const atWork = new Map<string, Promise<unknown>>()
  return async function once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const running = (atWork.get(name) as Promise<T> | undefined) ?? work().finally(() => atWork.delete(name))
    atWork.set(name, running)
    return running
  }
}

export type Recording = ReturnType<typeof createRecording>

/**
 * Recording batches: each step is written down before it is done, so that a kill anywhere is mended by doing it again. A batch is
 * acknowledged, and survives anything, once it is past `committing`. `onRecorded` is done before anything is derived, and may be
 * repeated.
 */
export function createRecording(desk: Desk, onRecorded: (batch: Batch) => Promise<void> = async () => undefined) {
  const { batches } = desk
  const putNow = createPutting(desk)
  const once = createOnce()
  const followers = new Set<Promise<unknown>>()

  /** Brings what is derived from facts up to date with a batch. */
  async function follow(batch: Batch): Promise<void> {
    try {
      await desk.onCommitted(batch)
    } catch (error) {
      await batches.change(batch.id, { error: problemOf(error) })
      throw error
    }
    await batches.take(batch.id, 'follow', { progress: null, error: null })
  }

  /** Records a batch that is on its way to be; returns it as it is then. */
  async function put(id: string): Promise<Batch> {
    try {
      return await once(`put ${id}`, () => putNow(id))
    } catch (error) {
      await batches.noteFailure(id, problemOf(error)).catch(() => undefined)
      throw error
    }
  }

  async function recordOnce(id: string): Promise<void> {
    const batch = await put(id)
    if (phaseOf(batch) !== 'refreshing') return
    await desk.dropStaged(id, batch.appended === null ? undefined : factsIn(batch.stages))
    desk.counted.forget(id)
    await onRecorded(batch)
    await follow(batch)
  }
  /** Goes on with a batch that is being recorded, from whichever step was the last, until the ledgers have followed. */
  const record = (id: string): Promise<void> => once(`record ${id}`, () => recordOnce(id))

  return {
    once,
    put,
    record,
    follow,
    /** Brings a batch to its end without letting who asked wait: what fails is tried again later. */
    recordLater(id: string): void {
      const following = desk.mending(() => record(id)).catch(() => undefined)
      followers.add(following)
      void following.finally(() => followers.delete(following))
    },
    /** Resolves when nothing is under way that nobody waits for. */
    idle: async (): Promise<void> => void (await Promise.all(followers)),
  }
}
