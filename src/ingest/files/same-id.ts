import type { FactDefinition } from '../../facts/fact.ts'
import { stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { identifier, joinSql, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { shorten } from '../record/refusal.ts'
import { counted } from './doubts/doubt.ts'
import { ROWS_PER_STAGE } from '../record/batch.ts'
import { KEPT_ROWS } from '../record/kept-rows.ts'
import { readWork } from '../record/scopes.ts'
import { mappedKinds } from './mapped-kinds.ts'
import { stageOf } from './records.ts'
import type { StoredFile } from './records.ts'
import { SAME_ID, apartBy } from './same-id-answers.ts'
import { columnsOf, isStaged } from '../record/staged-rows.ts'
import type { StagedScope } from '../record/staged-rows.ts'
import type { Ambiguity } from './types.ts'

const LONGEST_SECONDS = 600
const MOST_SHOWN = 2
const LONGEST_LINE = 160

/** Rows of one file that share an id and say different things. */
interface SameIds {
  readonly fact: FactDefinition
  /** Ids that several different rows have, and the rows that have them. */
  readonly ids: number
  readonly rows: number
  readonly examples: readonly string[]
  /** Columns of which each alone tells all such rows apart. */
  readonly telling: readonly string[]
  /** The rows with one id are of different times. */
  readonly ofTimes: boolean
}

const conflicting = (store: FactStore, fact: FactDefinition, scope: StagedScope): Sql => sql`
  SELECT source_id, source FROM ${store.everyShard(stagedTable(fact))} WHERE ${isStaged(scope)} GROUP BY source_id, source HAVING uniqExact(content_hash) > 1`

/** What could tell rows apart: names and words before times, and numbers last, for those are what a correction changes. */
function candidates(fact: FactDefinition): string[] {
  const rank = (name: string): number =>
    ['id', 'choice', 'text', 'date', 'instant', 'currency', 'boolean', 'number', 'money'].indexOf(fact.columns[name]?.type ?? '')
  const keys = fact.identity[0] ?? []
  return columnsOf(fact)
    .filter((name) => !keys.includes(name))
    .sort((a, b) => rank(a) - rank(b))
}

async function readLines(store: FactStore, file: StoredFile, rows: readonly string[]): Promise<string[]> {
  const kept = await store.read<{ row_number: string; raw: string[] }>(sql`
    SELECT row_number, raw FROM ${table(KEPT_ROWS)} WHERE import_id = ${param('String', file.import_id)} AND file_id = ${param('String', file.id)}
      AND row_number IN ${param(
        'Array(UInt64)',
        rows.map((row) => Number(row) % ROWS_PER_STAGE),
      )} ORDER BY row_number LIMIT 1 BY row_number`)
  return kept.map(({ row_number, raw }) => `row ${row_number}: ${shorten(raw.join(', '), LONGEST_LINE)}`)
}

/** The rows of a staged file of one fact that share an id and differ; null when there are none. */
async function readSameIds(store: FactStore, fact: FactDefinition, scopes: readonly StagedScope[], file: StoredFile): Promise<SameIds | null> {
  const names = candidates(fact)
  const [sums, telling, examples] = [{ ids: 0, rows: 0 }, new Set(names), [] as string[]]
  let ofTimes = columnsOf(fact).includes(fact.effective) && fact.historyOf === undefined
  for (const scope of scopes) {
    const rows = sql`SELECT *, content_hash FROM ${store.everyShard(stagedTable(fact))}
      WHERE ${isStaged(scope)} AND (source_id, source) GLOBAL IN (${conflicting(store, fact, scope)})`
    const each = joinSql(
      [...names, fact.effective].map((name, i) => sql`uniqExact((source_id, source, ${identifier(name)})) = ways_alike AS ${trusted(`told_${i}`)}`),
      ', ',
    )
    // Names that no fact has a column of: benchmarks have an n.
    const [found] = await store.read<Record<string, string>>(
      sql`
      SELECT uniqExact((source_id, source)) AS ids_alike, count() AS rows_alike, uniqExact((source_id, source, content_hash)) AS ways_alike, ${each}
        FROM (${rows})`,
      { maxSeconds: LONGEST_SECONDS },
    )
    if (found === undefined || Number(found.ids_alike) === 0) continue
    sums.ids += Number(found.ids_alike)
    sums.rows += Number(found.rows_alike)
    names.forEach((name, i) => Number(found[`told_${i}`]) === 0 && telling.delete(name))
    if (Number(found[`told_${names.length}`]) === 0) ofTimes = false
    if (examples.length > 0) continue
    const shown = await store.read<{ at: string[] }>(
      sql`
      SELECT arraySlice(arraySort(groupArray(row_number)), 1, 2) AS at
        FROM (SELECT source_id, source, min(row_number) AS row_number FROM (${rows}) GROUP BY source_id, source, content_hash)
      GROUP BY source_id, source ORDER BY source_id LIMIT ${param('UInt8', MOST_SHOWN)}`,
      { maxSeconds: LONGEST_SECONDS },
    )
    for (const { at } of shown) examples.push(...(await readLines(store, file, at)))
  }
  return sums.ids === 0 ? null : { fact, ...sums, examples, telling: [...telling], ofTimes }
}

const MOST_OFFERED = 3

/** What to ask about rows that share an id. `isMain`: they are what the file holds, not what its rows carry beside it. */
function askSameIds({ fact, ids, rows, examples, telling, ofTimes }: SameIds, isMain: boolean): Ambiguity {
  const apart = isMain && fact.columns[fact.identity[0]?.[0] ?? '']?.names !== 'account'
  return {
    key: SAME_ID,
    header: '',
    kind: 'choice',
    says: `${counted(rows, 'row', 'rows')} of ${fact.plural} share ${counted(ids, 'id', 'ids')} and say different things. What are they?`,
    choices: [
      ...(apart ? telling.slice(0, MOST_OFFERED).map((name) => ({ value: apartBy([name]), says: `Different ones, told apart by "${name}": all count` })) : []),
      ...(apart ? [{ value: apartBy([]), says: 'Different ones, told apart by all their columns: all count' }] : []),
      ...(ofTimes ? [{ value: 'latest', says: `Versions of one in the order of their time: the one with the latest "${fact.effective}" holds` }] : []),
      { value: 'last', says: 'Versions of one in the order of the file: the one that stands last holds' },
    ],
    examples: [...examples],
  }
}

/** Whether an answer settles rows that still share an id. */
const settlesSameIds = (answer: string | undefined): boolean => answer === 'last' || answer === 'latest'

const noteSameIds = ({ fact, ids, rows }: SameIds, answer: string | undefined): string =>
  `${counted(rows - ids, 'row', 'rows')} of ${fact.plural} gave way to another with the same id: ${answer === 'latest' ? `the latest "${fact.effective}" holds` : 'the last of the file holds'}.`

/** A staged file whose rows share ids though they differ: with the question, or with what was answered to it as a note. */
export async function settleSameIds(store: FactStore, file: StoredFile, at: string): Promise<{ questions: Ambiguity[]; notes: string[] }> {
  const [questions, notes]: [Ambiguity[], string[]] = [[], []]
  if (file.state !== 'staged') return { questions, notes }
  const answer = file.mapping?.answers?.[SAME_ID]
  const stage = { ...stageOf(file), latest: false }
  for (const [i, fact] of mappedKinds(file.mapping).entries()) {
    const works = await readWork(store, file.import_id, [stage], [fact], { at })
    const found = await readSameIds(
      store,
      fact,
      works.map(({ scope }) => scope),
      file,
    )
    if (found === null) continue
    if (settlesSameIds(answer)) notes.push(noteSameIds(found, answer))
    else if (questions.length === 0) questions.push(askSameIds(found, i === 0))
  }
  return { questions, notes }
}
