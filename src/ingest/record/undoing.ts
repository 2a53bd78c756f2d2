import type { Batch, TakenBack } from './batch.ts'
import type { Desk } from './desk.ts'
import type { Recording } from './recording.ts'
import { phaseOf, refusalOf } from './states.ts'
import { countTakenBack } from './taken-back.ts'

/** Taking a batch back, and what that would take back. */
export function createUndoing(desk: Desk, { once, follow, record }: Pick<Recording, 'once' | 'follow' | 'record'>) {
  const { batches, locks, facts, workspace } = desk

  async function undoOnce(id: string): Promise<void> {
    const receding = await locks.exclusively('recording', async () => {
      const present = await batches.one(id)
      const phase = phaseOf(present)
      if (phase !== 'done' && phase !== 'undoing') return present
      const taken_back = present.taken_back ?? (await countTakenBack(facts, present))
      const patch = { undone_at: await workspace.nextRecordedAt(), taken_back, progress: { step: 'undoing', done: 0, total: null } }
      if (phase === 'done') await batches.take(id, 'undo', patch)
      else await batches.change(id, patch)
      await facts.insert('fact_undo', 'everywhere', [{ import_id: id, recorded_at: patch.undone_at, undone: 1 }])
      return batches.take(id, 'recede', { progress: { step: 'refreshing', done: 0, total: null } })
    })
    await follow(receding)
  }

  /** Takes back what a batch recorded: the versions before count again. Throws `not_found`, `import_not_done`. */
  async function undo(id: string): Promise<Batch> {
    let found = await batches.one(id)
    // Nobody waited for the ledgers to follow what was appended.
    if (found.appended !== null && phaseOf(found) === 'refreshing') {
      await record(id)
      found = await batches.one(id)
    }
    const refusal = refusalOf(phaseOf(found), 'undo')
    if (refusal !== null) throw refusal
    if (phaseOf(found) === 'undone') return found
    await once(`undo ${id}`, () => undoOnce(id))
    return batches.one(id)
  }

  /** What an undo would take back. */
  async function previewUndo(id: string): Promise<TakenBack[]> {
    const found = await batches.one(id)
    const refusal = refusalOf(phaseOf(found), 'preview')
    if (refusal !== null) throw refusal
    return countTakenBack(facts, found)
  }

  return { undo: (id: string) => desk.mending(() => undo(id)), previewUndo }
}
