import type { FactCounts } from '../../facts/append.ts'
import { stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Stage } from './batch.ts'
import { judgedDated, judgedUndated, moved } from './judge.ts'
import { readTogether } from './scopes.ts'
import type { Work } from './scopes.ts'
import { isKeptByAccount, isStaged } from './staged-rows.ts'

interface Counted {
  fact: string
  file_id: string
  judgement: keyof FactCounts | 'all' | 'moved' | 'removed'
  n: string
}

/** Rows of each stage by what they would be, and all of them. */
function countsOfWork(store: FactStore, { fact, scope }: Work): Sql[] {
  const spread = (query: Sql): Sql => (isKeptByAccount(fact) ? store.shardLocal(query) : sql`(${query})`)
  const counted = (judgement: Sql, query: Sql): Sql =>
    sql`SELECT ${param('String', fact.id)} AS fact, file_id, ${judgement} AS judgement, n FROM ${spread(query)}`
  const judged = (rows: Sql): Sql => counted(sql`toString(judgement)`, sql`SELECT file_id, judgement, count() AS n FROM (${rows}) GROUP BY file_id, judgement`)
  return [
    counted(sql`'all'`, sql`SELECT file_id, count() AS n FROM ${table(stagedTable(fact))} WHERE ${isStaged(scope)} GROUP BY file_id`),
    judged(judgedDated(store, fact, scope)),
    ...(fact.historyOf === undefined ? [] : [judged(judgedUndated(store, fact, scope))]),
    ...(scope.moves
      ? [
          counted(
            sql`if(removed = 1, 'removed', 'moved')`,
            sql`SELECT last_file AS file_id, last_deleted AS removed, count() AS n FROM (${moved(store, fact, scope)}) GROUP BY file_id, removed`,
          ),
        ]
      : []),
  ]
}

/** What the staged rows of each stage would change, by its id and kind. Nothing is recorded. */
export async function countChanges(store: FactStore, works: readonly Work[]): Promise<Map<string, FactCounts[]>> {
  const byStage = new Map<string, FactCounts[]>()
  const rows = await readTogether<Counted>(
    store,
    works.flatMap((work) => countsOfWork(store, work)),
    works[0]?.scope.small === true,
  )
  for (const { fact, file_id, judgement, n } of rows) {
    const counts = byStage.get(file_id) ?? []
    byStage.set(file_id, counts)
    let entry = counts.find((one) => one.fact === fact)
    if (entry === undefined) counts.push((entry = { fact, new: 0, changed: 0, same: 0, repeated: 0 }))
    if (judgement === 'all') entry.repeated += Number(n)
    else if (judgement === 'moved') [entry.new, entry.changed] = [entry.new - Number(n), entry.changed + Number(n)]
    else if (judgement === 'removed') [entry.same, entry.changed] = [entry.same - Number(n), entry.changed + Number(n)]
    else if (judgement === 'new' || judgement === 'changed' || judgement === 'same') {
      entry[judgement] += Number(n)
      entry.repeated -= Number(n)
    }
  }
  const order = new Map(works.map(({ fact }, i) => [fact.id, i]))
  for (const counts of byStage.values()) counts.sort((a, b) => (order.get(a.fact) ?? 0) - (order.get(b.fact) ?? 0))
  return byStage
}

/** Stages with what they would change of the kinds that were worked on; of others they keep what they say. */
export function withCounts(stages: readonly Stage[], facts: readonly { readonly id: string }[], changes: ReadonlyMap<string, FactCounts[]>): Stage[] {
  const isAsked = (id: string): boolean => facts.some((fact) => fact.id === id)
  return stages.map((stage) => ({ ...stage, counts: [...stage.counts.filter(({ fact }) => !isAsked(fact)), ...(changes.get(stage.id) ?? [])] }))
}
