import type { FactDefinition } from '../../facts/fact.ts'
import { FACTS } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { refuse } from '../../kernel/errors.ts'
import { auditImports, KEPT_ROWS } from './audit.ts'
import type { Loss } from './audit.ts'
import { countNewVersions, recordStatements } from './classify.ts'
import { dropStaged, factsOf, stagesOf } from './commit.ts'
import type { Desk } from './desk.ts'
import { countVersions } from './recorded.ts'
import { createReceiving } from '../files/receive.ts'
import type { StoredFile, StoredImport } from './records.ts'
import { scopesOf } from './staged-rows.ts'

const cannot = (record: StoredImport, why: string) =>
  refuse(
    'cannot_restore',
    `Import ${record.id} cannot be recorded again from its kept rows: ${why}.`,
    'Bring the data directory back from a backup, or undo the import and import its files again.',
    { import_id: record.id },
  )

/** Stages the kept rows of the files that hold a fact once more; returns the stages. */
async function stageAgain(desk: Desk, record: StoredImport, fact: FactDefinition): Promise<ReturnType<typeof stagesOf>> {
  // As they were when it was recorded: a time without a zone is one of the zone of then.
  const receiving = createReceiving(desk.facts, desk.records, () => desk.settingsAt(record.recorded_at ?? ''))
  const read: Pick<StoredFile, 'id' | 'reading' | 'mapping'>[] = []
  for (const file of record.files.filter(({ mapping }) => factsOf(mapping).includes(fact))) {
    if (file.mapping === null) continue
    const { mapping: reading, state } = await receiving.mapAgain(file, file.mapping, Math.max(file.reading + 2, desk.clock.now().getTime()))
    if (state !== 'staged') throw cannot(record, `"${file.name}" asks questions that were answered then`)
    read.push({ ...file, reading: (reading as { reading: number }).reading })
  }
  return stagesOf(read)
}

/** The microsecond before an instant, ISO in UTC. */
function justBefore(instant: string): string {
  const [, whole = '', micro = ''] = /^(.*)\.(\d{6})Z$/.exec(instant) ?? []
  if (micro !== '000000') return `${whole}.${String(Number(micro) - 1).padStart(6, '0')}Z`
  return `${new Date(Date.parse(`${whole}Z`) - 1000).toISOString().slice(0, 19)}.999999Z`
}

/** Records again what is missing of one fact, as it was recorded then: with its own instant, judged by what was known before it. */
async function restoreFact(desk: Desk, record: StoredImport, fact: FactDefinition, missing: number): Promise<void> {
  const { facts: store } = desk
  const at = record.recorded_at ?? ''
  const staged = await scopesOf(store, fact, record.id, await stageAgain(desk, record, fact), at, () => undefined)
  const scopes = staged.map((scope) => ({ ...scope, first: false, knownUntil: justBefore(at) }))
  let found = 0
  for (const scope of scopes) found += await countNewVersions(store, fact, scope)
  // Read otherwise than then, by another version of the program, rows would be doubled rather than restored.
  if (found > missing) throw cannot(record, `its rows would become ${found} ${fact.plural} where ${missing} are missing`)
  for (const scope of scopes) for (const statement of await recordStatements(store, fact, scope)) await store.writeEverywhere(statement)
}

async function missingOf(store: FactStore, { import_id, fact }: Loss, losses: readonly Loss[]): Promise<number> {
  const own = losses.filter((one) => one.import_id === import_id && one.fact === fact)
  if (own.some(({ held }) => held === null))
    throw refuse('cannot_restore', `The files of the fact store that hold ${fact} cannot be read.`, 'Bring the data directory back from a backup.', { fact })
  const definition = FACTS.find(({ id }) => id === fact) as FactDefinition
  const held = (await countVersions(store, definition, import_id)).reduce((sum, { rows }) => sum + rows, 0)
  const copies = definition.placement === 'everywhere' ? store.shards : 1
  return own.reduce((sum, { recorded }) => sum + recorded, 0) - held / copies
}

/**
 * Records again, from the rows of the files as they were kept, the facts that the store has lost, the oldest import first: what
 * an import recorded depends on those before it. Returns what is still missing. Throws `cannot_restore`.
 */
export async function restoreLost(desk: Desk): Promise<Loss[]> {
  return desk.locks.exclusively('recording', async () => {
    const { losses } = await auditImports(desk.facts, desk.records)
    const lost = losses.filter(({ fact }) => fact !== KEPT_ROWS)
    const short = (await desk.records.inStates(['refreshing', 'done'])).filter(({ id }) => lost.some(({ import_id }) => import_id === id))
    for (const record of short.sort((a, b) => ((a.recorded_at ?? '') < (b.recorded_at ?? '') ? -1 : 1))) {
      const unkept = losses.find(({ fact, import_id }) => fact === KEPT_ROWS && import_id === record.id)
      if (unkept !== undefined) throw cannot(record, `of "${unkept.file}" ${unkept.held ?? 'no'} of ${unkept.recorded} rows are kept`)
      try {
        for (const fact of FACTS) {
          const loss = lost.find(({ import_id, fact: id }) => import_id === record.id && id === fact.id)
          if (loss !== undefined) await restoreFact(desk, record, fact, await missingOf(desk.facts, loss, lost))
        }
      } finally {
        await dropStaged(desk.facts, record.id)
      }
    }
    return (await auditImports(desk.facts, desk.records)).losses
  })
}
