import type { FactDefinition } from '../../facts/fact.ts'
import { FACTS } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { refuse } from '../../kernel/errors.ts'
import { auditBatches } from './audit.ts'
import type { Loss } from './audit.ts'
import type { Batch, Stage } from './batch.ts'
import type { Desk } from './desk.ts'
import { countNewVersions, insertStatements } from './insert.ts'
import { KEPT_ROWS } from './kept-rows.ts'
import { copiesOf, countVersions } from './recorded-counts.ts'
import { readWork } from './scopes.ts'

export const cannotRestore = ({ id }: Pick<Batch, 'id'>, why: string) =>
  refuse(
    'cannot_restore',
    `Import ${id} cannot be recorded again from its kept rows: ${why}.`,
    'Bring the data directory back from a backup, or undo the import and import its files again.',
    { import_id: id },
  )

/** Stages the kept rows of a batch that hold a fact once more, as they were staged when it was recorded. */
export type StageAgain = (batch: Batch, fact: FactDefinition) => Promise<Stage[]>

/** The microsecond before an instant, ISO in UTC. */
function justBefore(instant: string): string {
  const [, whole = '', micro = ''] = /^(.*)\.(\d{6})Z$/.exec(instant) ?? []
  if (micro !== '000000') return `${whole}.${String(Number(micro) - 1).padStart(6, '0')}Z`
  return `${new Date(Date.parse(`${whole}Z`) - 1000).toISOString().slice(0, 19)}.999999Z`
}

/** Records again what is missing of one fact, as it was recorded then: with its own instant, judged by what was known before it. */
async function restoreFact({ facts: store }: Desk, stageAgain: StageAgain, batch: Batch, fact: FactDefinition, missing: number): Promise<void> {
  const recordedAt = batch.recorded_at ?? ''
  const staged = await readWork(store, batch.id, await stageAgain(batch, fact), [fact], { at: batch.appended?.learnt_at ?? recordedAt })
  const works = staged.map(({ scope }) => ({ fact, scope: { ...scope, first: false, knownUntil: justBefore(recordedAt) } }))
  let found = 0
  for (const work of works) found += await countNewVersions(store, work, recordedAt)
  // Read otherwise than then, by another version of the program, rows would be doubled rather than restored.
  if (found > missing) throw cannotRestore(batch, `its rows would become ${found} ${fact.plural} where ${missing} are missing`)
  for (const work of works) for (const statement of insertStatements(store, work, recordedAt)) await store.writeEverywhere(statement)
}

async function missingOf(store: FactStore, { import_id, fact }: Loss, losses: readonly Loss[]): Promise<number> {
  const own = losses.filter((one) => one.import_id === import_id && one.fact === fact)
  if (own.some(({ held }) => held === null))
    throw refuse('cannot_restore', `The files of the fact store that hold ${fact} cannot be read.`, 'Bring the data directory back from a backup.', { fact })
  const definition = FACTS.find(({ id }) => id === fact) as FactDefinition
  const held = (await countVersions(store, definition, import_id)).reduce((sum, { rows }) => sum + rows, 0)
  return own.reduce((sum, { recorded }) => sum + recorded, 0) - held / copiesOf(store, definition)
}

/**
 * Records again, from the rows as they were kept, the facts that the store has lost, the oldest batch first: what a batch recorded
 * depends on those before it. Returns what is still missing. Throws `cannot_restore`.
 */
export async function restoreLost(desk: Desk, stageAgain: StageAgain): Promise<Loss[]> {
  const { batches, facts } = desk
  return desk.locks.exclusively('recording', async () => {
    const { losses } = await auditBatches(facts, batches)
    const lost = losses.filter(({ fact }) => fact !== KEPT_ROWS)
    const short = (await batches.inPhases('refreshing', 'done', 'undoing')).filter(({ id }) => lost.some(({ import_id }) => import_id === id))
    for (const batch of short.sort((a, b) => ((a.recorded_at ?? '') < (b.recorded_at ?? '') ? -1 : 1))) {
      const unkept = losses.find(({ fact, import_id }) => fact === KEPT_ROWS && import_id === batch.id)
      if (unkept !== undefined) throw cannotRestore(batch, `of "${unkept.file}" ${unkept.held ?? 'no'} of ${unkept.recorded} rows are kept`)
      try {
        for (const fact of FACTS) {
          const loss = lost.find(({ import_id, fact: id }) => import_id === batch.id && id === fact.id)
          if (loss !== undefined) await restoreFact(desk, stageAgain, batch, fact, await missingOf(facts, loss, lost))
        }
      } finally {
        await desk.dropStaged(batch.id)
      }
    }
    return (await auditBatches(facts, batches)).losses
  })
}
