import { undoneImports } from '../../facts/current.ts'
import { FACTS } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { ownError } from '../../kernel/errors.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { copiesOf, countVersions } from './recorded.ts'
import type { RecordedCount, Records, StoredImport } from './records.ts'

/** Rows of one file of an import, of one kind, that were recorded and that the store does not hold any more. */
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

/** The rows of files as they stood: no number depends on them, but what is lost is recorded again from them. */
export const KEPT_ROWS = 'import_row'

/** What counting came to; null where the files of the store are damaged. Any other failure is thrown. */
async function unlessDamaged<T>(counting: Promise<T>): Promise<T | null> {
  try {
    return await counting
  } catch (error) {
    if (ownError(error)?.code === 'fact_store_damaged') return null
    throw error
  }
}

const nameOf = (record: StoredImport, position: number): string => record.files.find((file) => file.position === position)?.name ?? `file ${position}`

/** Of imports that were recorded before counts were kept, what is held now is taken as what was recorded. */
async function countOnce(store: FactStore, records: Records, imports: readonly StoredImport[], known: readonly RecordedCount[]): Promise<RecordedCount[]> {
  const counted = new Set(known.map(({ import_id }) => import_id))
  const uncounted = new Set(imports.map(({ id }) => id).filter((id) => !counted.has(id)))
  if (uncounted.size === 0) return []
  const found: RecordedCount[] = []
  for (const fact of FACTS) found.push(...(await countVersions(store, fact)).filter(({ import_id }) => uncounted.has(import_id)))
  for (const id of uncounted)
    await records.saveRecorded(
      id,
      found.filter(({ import_id }) => import_id === id),
    )
  return found
}

async function lostFacts(store: FactStore, records: Records, imports: ReadonlyMap<string, StoredImport>): Promise<Loss[]> {
  const known = await records.readRecorded()
  const recorded = [...known, ...(await countOnce(store, records, [...imports.values()], known))].filter(
    ({ import_id, rows }) => imports.has(import_id) && rows > 0,
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
      const file = nameOf(imports.get(import_id) as StoredImport, position)
      losses.push({ fact: fact.id, name: fact.name, import_id, file, recorded: rows / copies, held: there === null ? null : Math.floor(there / copies) })
    }
  }
  return losses
}

async function lostKeptRows(store: FactStore, imports: ReadonlyMap<string, StoredImport>): Promise<Loss[]> {
  const counted = await unlessDamaged(
    store.read<{ file_id: string; n: string }>(sql`SELECT file_id, count() AS n FROM ${table(KEPT_ROWS)} WHERE position(file_id, ':') = 0 GROUP BY file_id`, {
      maxSeconds: 600,
    }),
  )
  const held = counted === null ? null : new Map(counted.map(({ file_id, n }) => [file_id, Number(n)]))
  return [...imports.values()].flatMap(({ id: import_id, files }) =>
    files
      .map((file): Loss => ({
        fact: KEPT_ROWS,
        name: 'Kept rows',
        import_id,
        file: file.name,
        recorded: file.rows,
        held: held === null ? null : (held.get(file.id) ?? 0),
      }))
      .filter(({ recorded, held: there }) => recorded > 0 && (there === null || there < recorded)),
  )
}

/** Undos that the store has lost are written again: the workspace knows of each. Returns the imports that counted wrongly. */
async function writeUndosAgain(store: FactStore, undone: readonly StoredImport[]): Promise<string[]> {
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
  /** Imports whose undo was lost and is written again. */
  readonly undoneAgain: string[]
}

/** Compares what imports recorded, as the workspace keeps it, with what the fact store holds. Imports that were undone do not count. */
export async function auditImports(store: FactStore, records: Records): Promise<Audit> {
  const imports = new Map((await records.inStates(['refreshing', 'done'])).map((record) => [record.id, record]))
  const losses = [...(await lostFacts(store, records, imports)), ...(await lostKeptRows(store, imports))]
  return { losses, undoneAgain: await writeUndosAgain(store, await records.inStates(['undone'])) }
}
