import type { FactDefinition } from '../../facts/fact.ts'
import { stagedTable } from '../../facts/fact.ts'
import { FACTS, factById } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { identifier, joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { classifyScope, recordStatements } from './classify.ts'
import { checkStaged, copiesOf, countVersions, notRecorded, shortOf } from './recorded.ts'
import type { RecordedCount, StoredFile, StoredImport } from './records.ts'
import { stageId } from '../files/stage.ts'
import { SAME_ID } from './identity.ts'
import { askSameIds, noteSameIds, readSameIds, settlesSameIds } from '../files/same-id.ts'
import { scopesOf } from './staged-rows.ts'
import type { StagedScope } from './staged-rows.ts'
import { targetOf } from '../files/targets.ts'
import type { Ambiguity, FactCounts, Mapping } from '../files/types.ts'

/** The facts that rows of a file with this mapping become, its own first; none of a file that is not mapped. */
export function factsOf(mapping: Mapping | null): FactDefinition[] {
  if (mapping === null) return []
  const fact = factById(mapping.fact)
  if (fact === undefined) return []
  const carried = mapping.columns.flatMap(({ to }) => {
    const target = to === null ? null : targetOf(fact, to)
    return target?.kind === 'carried' ? [target.fact] : []
  })
  return [...new Set([fact, ...carried])]
}

const stagedFiles = (record: StoredImport): StoredFile[] => record.files.filter((file) => file.state === 'staged')

/** The facts of an import's staged files. Accounts and their histories come first, in the order of their ids. */
export const stagedFacts = (record: StoredImport): FactDefinition[] => {
  const ids = new Set(
    stagedFiles(record)
      .flatMap((file) => factsOf(file.mapping))
      .map((fact) => fact.id),
  )
  return FACTS.filter((fact) => ids.has(fact.id))
}

/** The stages of files in their latest reading. */
export function stagesOf(files: readonly Pick<StoredFile, 'id' | 'reading' | 'mapping'>[]): Pick<StagedScope, 'stages' | 'latest'> {
  const ids = (some: typeof files): string[] => some.map((file) => stageId(file.id, file.reading))
  return { stages: ids(files), latest: ids(files.filter((file) => file.mapping?.answers?.[SAME_ID] === 'latest')) }
}

const scopes = (store: FactStore, record: StoredImport, fact: FactDefinition, at: string): Promise<StagedScope[]> => {
  const files = stagedFiles(record).filter((file) => factsOf(file.mapping).includes(fact))
  return scopesOf(store, fact, record.id, stagesOf(files), at, (rows) => checkStaged(store, fact, files, rows))
}

/** A staged file whose rows share ids though they differ: with the question, or with what was answered to it as a note. */
export async function settleSameIds(store: FactStore, file: StoredFile, at: string): Promise<{ questions: Ambiguity[]; notes: string[] }> {
  const [questions, notes]: [Ambiguity[], string[]] = [[], []]
  if (file.state !== 'staged') return { questions, notes }
  const answer = file.mapping?.answers?.[SAME_ID]
  for (const [i, fact] of factsOf(file.mapping).entries()) {
    const found = await readSameIds(
      store,
      fact,
      await scopesOf(store, fact, file.import_id, { stages: [stageId(file.id, file.reading)], latest: [] }, at, () => undefined),
      file,
    )
    if (found === null) continue
    if (settlesSameIds(answer)) notes.push(noteSameIds(found, answer))
    else if (questions.length === 0) questions.push(askSameIds(found, i === 0))
  }
  return { questions, notes }
}

/**
 * What each staged file of an import would change, by file id. When only some facts are asked for, since rows of others did
 * not change, files keep the counts they have of those.
 */
export async function classifyImport(
  store: FactStore,
  record: StoredImport,
  at: string,
  only: readonly FactDefinition[] = FACTS,
): Promise<Map<string, FactCounts[]>> {
  const isAsked = (id: string): boolean => only.some((fact) => fact.id === id)
  const byFile = new Map<string, FactCounts[]>(stagedFiles(record).map((file) => [file.id, file.counts.filter(({ fact }) => !isAsked(fact))]))
  for (const fact of stagedFacts(record).filter(({ id }) => isAsked(id))) {
    const byStage = new Map<string, FactCounts>()
    for (const scope of await scopes(store, record, fact, at)) await classifyScope(store, fact, scope, byStage)
    for (const file of stagedFiles(record)) {
      const counts = byStage.get(stageId(file.id, file.reading))
      if (counts !== undefined) byFile.get(file.id)?.push(counts)
    }
  }
  return byFile
}

/** Records the staged facts with their import's one `recorded_at`. What a former attempt recorded is not recorded twice. */
export async function recordFacts(store: FactStore, record: StoredImport, at: string, onStep: (done: number, total: number) => Promise<void>): Promise<void> {
  const work: { fact: FactDefinition; scope: StagedScope }[] = []
  for (const fact of stagedFacts(record)) for (const scope of await scopes(store, record, fact, at)) work.push({ fact, scope })
  for (const [done, { fact, scope }] of work.entries()) {
    await onStep(done, work.length)
    for (const statement of await recordStatements(store, fact, scope)) await store.writeEverywhere(statement)
  }
}

/**
 * Counts what stands recorded under an import, by fact and file. Throws `facts_not_recorded` unless that is all that its
 * staged rows come to.
 */
export async function checkRecorded(store: FactStore, record: StoredImport, at: string): Promise<RecordedCount[]> {
  const facts = stagedFacts(record)
  const counted = (await Promise.all(facts.map((fact) => countVersions(store, fact, record.id)))).flat()
  const copies = (id: string): number => copiesOf(store, facts.find((fact) => fact.id === id) as FactDefinition)
  const short = shortOf(record, counted, copies)
  // An undated row was judged by what held at the dry run, which may be otherwise by now: judged again, none may be left.
  const left =
    short.length === 0
      ? new Map<string, FactCounts[]>()
      : await classifyImport(
          store,
          record,
          at,
          facts.filter(({ id }) => short.includes(id)),
        )
  for (const fact of facts.filter(({ id }) => short.includes(id))) {
    const missing = [...left.values()]
      .flat()
      .filter((one) => one.fact === fact.id)
      .reduce((sum, { new: fresh, changed }) => sum + fresh + changed, 0)
    if (missing > 0) throw notRecorded(fact, missing)
  }
  return counted
}

/** Facts that have staged rows on any node, by import. */
export async function importsWithStagedRows(store: FactStore, where: Sql = trusted('1')): Promise<Map<string, FactDefinition[]>> {
  const found = new Map<string, FactDefinition[]>()
  const staged = FACTS.map(
    (fact) => sql`SELECT DISTINCT ${param('String', fact.id)} AS fact, import_id FROM ${store.everyShard(stagedTable(fact))} WHERE ${where}`,
  )
  for (const { fact: id, import_id } of await store.read<{ fact: string; import_id: string }>(joinSql(staged, ' UNION ALL '), { maxSeconds: 600 }))
    found.set(import_id, [...(found.get(import_id) ?? []), ...FACTS.filter((fact) => fact.id === id)])
  return found
}

/** Removes the staged rows of an import, also those of facts that its files were read as before. */
export async function dropStaged(store: FactStore, importId: string): Promise<void> {
  const id = param('String', importId)
  const found = await importsWithStagedRows(store, sql`import_id = ${id}`)
  await Promise.all(
    (found.get(importId) ?? []).map((fact) =>
      store.writeEverywhere(sql`ALTER TABLE ${identifier(stagedTable(fact))} DROP PARTITION ${id}`, { evenIfFull: true }),
    ),
  )
}
