import type { FactDefinition } from '../../facts/fact.ts'
import { factTable, stagedTable } from '../../facts/fact.ts'
import { FACTS } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { joinSql, param, rangesFrom, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql, TextRange } from '../../kernel/sql.ts'
import type { Stage } from './batch.ts'
import { EVERYTHING, canMove, hasIdentityIn, isStaged, lastAccounts } from './staged-rows.ts'
import type { StagedScope } from './staged-rows.ts'

/** Identities that one statement works on: what bounds its memory, whatever the size of the batch. */
const ROWS_PER_RANGE = 200_000
/** Of all kinds together: so few rows are asked about in one statement. */
const SMALL = 20_000
const LONGEST_SECONDS = 600

/** One statement's worth of staged rows, of one kind. */
export interface Work {
  readonly fact: FactDefinition
  readonly scope: StagedScope
}

/** The kinds of facts that stages hold. Accounts and their histories come first, in the order of their ids. */
export const factsIn = (stages: readonly Stage[]): FactDefinition[] => FACTS.filter(({ id }) => stages.some(({ facts }) => facts.includes(id)))

/** The engine takes statements of a bounded length. */
const MOST_TOGETHER = 16

/** Queries of the same columns: in few statements where little is asked, else one after the other. */
export async function readTogether<Row>(store: FactStore, queries: readonly Sql[], atOnce: boolean): Promise<Row[]> {
  const rows: Row[] = []
  const each = atOnce ? MOST_TOGETHER : 1
  for (let i = 0; i < queries.length; i += each)
    rows.push(...(await store.read<Row>(joinSql(queries.slice(i, i + each), ' UNION ALL '), { maxSeconds: LONGEST_SECONDS })))
  return rows
}

/** Ranges of identities that together hold so many rows of a table that meet a condition; none where there are none. */
export async function readRanges(store: FactStore, from: Sql, where: Sql, rows: number): Promise<TextRange[]> {
  if (rows === 0) return []
  if (rows <= ROWS_PER_RANGE) return [EVERYTHING]
  const begins = await store.read<{ source_id: string }>(
    sql`
    SELECT DISTINCT source_id FROM (SELECT source_id, rowNumberInAllBlocks() AS n FROM (SELECT source_id FROM ${from} WHERE ${where} ORDER BY source_id))
    WHERE n > 0 AND n % ${param('UInt64', ROWS_PER_RANGE)} = 0 ORDER BY source_id`,
    { maxSeconds: LONGEST_SECONDS },
  )
  return rangesFrom(begins.map((row) => row.source_id))
}

/** Whether an identity is staged for two accounts. On a cluster these may lie on two shards, which do not see each other's rows. */
async function isContested(store: FactStore, { fact, scope }: Work): Promise<boolean> {
  if (store.shards === 1 || !canMove(fact)) return false
  const [found] = await store.read<{ n: string }>(sql`SELECT countIf(accounts > 1) AS n FROM (${lastAccounts(store, fact, scope)})`)
  return Number(found?.n) > 0
}

/** Whether any version stands under another account than the staged row of its identity: hardly ever, so it is asked first. */
function movedOnes(store: FactStore, { fact, scope }: Work, name: string): Sql {
  const rows = (columns: Sql): Sql => sql`SELECT ${columns} FROM ${store.everyShard(stagedTable(fact))} WHERE ${isStaged(scope)}`
  const others = sql`SELECT source_id FROM ${table(factTable(fact))} WHERE ${hasIdentityIn(scope.range)}
    AND source_id IN (${rows(sql`source_id`)}) AND (source_id, account_id) NOT IN (${rows(sql`source_id, account_id`)}) LIMIT 1`
  return sql`SELECT ${param('String', name)} AS work FROM ${store.shardLocal(others)}`
}

async function withMoves(store: FactStore, works: readonly Work[], small: boolean): Promise<Work[]> {
  const asked = works.flatMap((work, i) => (work.scope.first || !canMove(work.fact) ? [] : [movedOnes(store, work, String(i))]))
  const moved = new Set((await readTogether<{ work: string }>(store, asked, small)).map(({ work }) => work))
  return works.map(({ fact, scope }, i) => ({ fact, scope: { ...scope, moves: moved.has(String(i)) } }))
}

export interface ScopeOptions {
  /** The instant that undated rows of histories speak of, ISO in UTC. */
  readonly at: string
  /** Is told how many rows are staged of a kind. */
  readonly check?: (fact: FactDefinition, rows: number) => void
}

/** Pieces of work that together are all staged rows of some kinds of facts, in some stages of a batch. */
export async function readWork(
  store: FactStore,
  importId: string,
  stages: readonly Stage[],
  facts: readonly FactDefinition[],
  { at, check }: ScopeOptions,
): Promise<Work[]> {
  const whole = facts.map((fact): Work => {
    const own = stages.filter((stage) => stage.facts.includes(fact.id))
    const scope = { importId, stages: own.map(({ id }) => id), latest: own.filter(({ latest }) => latest).map(({ id }) => id), at, range: EVERYTHING }
    return { fact, scope: { ...scope, contested: false, first: false, moves: false, small: false } }
  })
  const counts = whole.map(
    ({ fact, scope }) => sql`SELECT ${param('String', fact.id)} AS fact, count() AS rows,
      (SELECT count() FROM ${store.everyShard(factTable(fact))}) AS recorded FROM ${store.everyShard(stagedTable(fact))} WHERE ${isStaged(scope)}`,
  )
  const found = new Map((await readTogether<{ fact: string; rows: string; recorded: string }>(store, counts, true)).map((row) => [row.fact, row]))
  const rowsOf = ({ id }: FactDefinition): number => Number(found.get(id)?.rows ?? 0)
  const small = facts.reduce((sum, fact) => sum + rowsOf(fact), 0) <= SMALL
  const works: Work[] = []
  for (const { fact, scope } of whole) {
    check?.(fact, rowsOf(fact))
    const first = Number(found.get(fact.id)?.recorded ?? 0) === 0
    for (const range of await readRanges(store, store.everyShard(stagedTable(fact)), isStaged(scope), rowsOf(fact))) {
      const work = { fact, scope: { ...scope, range, first, small } }
      works.push({ fact, scope: { ...work.scope, contested: await isContested(store, work) } })
    }
  }
  return withMoves(store, works, small)
}

/** Kinds of facts that have staged rows on any node, by the batch they are of. */
export async function readStagedKinds(store: FactStore, where: Sql = trusted('1')): Promise<Map<string, FactDefinition[]>> {
  const found = new Map<string, FactDefinition[]>()
  const staged = FACTS.map(
    (fact) => sql`SELECT DISTINCT ${param('String', fact.id)} AS fact, import_id FROM ${store.everyShard(stagedTable(fact))} WHERE ${where}`,
  )
  for (const { fact: id, import_id } of await readTogether<{ fact: string; import_id: string }>(store, staged, true))
    found.set(import_id, [...(found.get(import_id) ?? []), ...FACTS.filter((fact) => fact.id === id)])
  return found
}
