import { undoneImports } from '../../facts/current.ts'
import { FACTS } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { ownError } from '../../kernel/errors.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import type { Batch } from './batch.ts'
import type { Batches, RecordedCount } from './batches.ts'
import { KEPT_ROWS } from './kept-rows.ts'
import { copiesOf, countVersions } from './recorded-counts.ts'

/** Rows of one file of an import, or of what was appended, of one kind, that were recorded and that the store does not hold any more. */
export interface Loss {
  /** A kind of fact, or `KEPT_ROWS`. */
  readonly fact: string
  readonly name: string
  readonly import_id: string
  readonly file: string
  readonly recorded: number
  /** Null where the store's files cannot be read. */
  readonly held: number | null
}

/** What counting came to; null where the files of the store are damaged. Any other failure is thrown. */
async function unlessDamaged<T>(counting: Promise<T>): Promise<T | null> {
  try {
    return await counting
  } catch (error) {
    if (ownError(error)?.code === 'fact_store_damaged') return null
    throw error
  }
}

const nameOf = ({ stages }: Batch, position: number): string => stages.find((stage) => stage.position === position)?.name ?? `file ${position}`

/** Of batches that were recorded before counts were kept, what is held now is taken as what was recorded. */
async function countOnce(store: FactStore, batches: Batches, all: readonly Batch[], known: readonly RecordedCount[]): Promise<RecordedCount[]> {
  const counted = new Set(known.map(({ import_id }) => import_id))
  const uncounted = new Set(all.map(({ id }) => id).filter((id) => !counted.has(id)))
  if (uncounted.size === 0) return []
  const found: RecordedCount[] = []
  for (const fact of FACTS) found.push(...(await countVersions(store, fact)).filter(({ import_id }) => uncounted.has(import_id)))
  for (const id of uncounted)
    await batches.saveRecorded(
      id,
      found.filter(({ import_id }) => import_id === id),
    )
  return found
}

async function lostFacts(store: FactStore, batches: Batches, recordedBatches: ReadonlyMap<string, Batch>): Promise<Loss[]> {
  const known = await batches.readRecorded()
  const recorded = [...known, ...(await countOnce(store, batches, [...recordedBatches.values()], known))].filter(
    ({ import_id, rows }) => recordedBatches.has(import_id) && rows > 0,
  )
  const losses: Loss[] = []
  for (const fact of FACTS) {
    const wanted = recorded.filter((one) => one.fact === fact.id)
    if (wanted.length === 0) continue
    const counted = await unlessDamaged(countVersions(store, fact))
    const held = counted === null ? null : new Map(counted.map(({ import_id, position, rows }) => [`${import_id} ${position}`, rows]))
    for (const { import_id, position, rows } of wanted) {
      const there = held === null ? null : (held.get(`${import_id} ${position}`) ?? 0)
      if (there !== null && there >= rows) continue
      const copies = copiesOf(store, fact)
      const file = nameOf(recordedBatches.get(import_id) as Batch, position)
      losses.push({ fact: fact.id, name: fact.name, import_id, file, recorded: rows / copies, held: there === null ? null : Math.floor(there / copies) })
    }
  }
  return losses
}

async function lostKeptRows(store: FactStore, recordedBatches: ReadonlyMap<string, Batch>): Promise<Loss[]> {
  const counted = await unlessDamaged(
    store.read<{ file_id: string; n: string }>(sql`SELECT file_id, count() AS n FROM ${table(KEPT_ROWS)} WHERE position(file_id, ':') = 0 GROUP BY file_id`, {
      maxSeconds: 600,
    }),
  )
  const held = counted === null ? null : new Map(counted.map(({ file_id, n }) => [file_id, Number(n)]))
  return [...recordedBatches.values()].flatMap(({ id: import_id, stages }) =>
    stages
      .map(({ name: file, kept }): Loss => ({
        fact: KEPT_ROWS,
        name: 'Kept rows',
        import_id,
        file,
        recorded: kept.rows,
        held: held === null ? null : (held.get(kept.as) ?? 0),
      }))
      .filter(({ recorded, held: there }) => recorded > 0 && (there === null || there < recorded)),
  )
}

/** Undos that the store has lost are written again: the workspace knows of each. Returns the batches that counted wrongly. */
async function writeUndosAgain(store: FactStore, undone: readonly Batch[]): Promise<string[]> {
  if (undone.length === 0) return []
  const ids = param(
    'Array(String)',
    undone.map(({ id }) => id),
  )
  const held = new Set(
    (await store.read<{ import_id: string }>(sql`SELECT import_id FROM (${undoneImports()}) WHERE import_id IN ${ids}`)).map(({ import_id }) => import_id),
  )
  const lost = undone.filter(({ id, undone_at }) => undone_at !== null && !held.has(id))
  if (lost.length > 0)
    await store.insert(
      'fact_undo',
      'everywhere',
      lost.map(({ id, undone_at }) => ({ import_id: id, recorded_at: undone_at, undone: 1 })),
    )
  return lost.map(({ id }) => id)
}

export interface Audit {
  readonly losses: Loss[]
  /** Batches whose undo was lost and is written again. */
  readonly undoneAgain: string[]
}

/** Compares what batches recorded, as the workspace keeps it, with what the fact store holds. Those that were undone do not count. */
export async function auditBatches(store: FactStore, batches: Batches): Promise<Audit> {
  const recordedBatches = new Map((await batches.inPhases('refreshing', 'done', 'undoing')).map((batch) => [batch.id, batch]))
  const losses = [...(await lostFacts(store, batches, recordedBatches)), ...(await lostKeptRows(store, recordedBatches))]
  return { losses, undoneAgain: await writeUndosAgain(store, await batches.inPhases('receding', 'undone')) }
}
