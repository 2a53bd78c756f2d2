import { undoneImports } from '../../facts/current.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { factTable } from '../../facts/fact.ts'
import { factById } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { inRange, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { TextRange } from '../../kernel/sql.ts'
import { kindsOf } from './batch.ts'
import type { Batch, TakenBack } from './batch.ts'
import { readRanges } from './scopes.ts'

interface Counted {
  gone: string
  back: string
  later: string
}

/** What would be left of the identities of one range of a batch's facts, without it. */
async function countRange(store: FactStore, fact: FactDefinition, importId: string, range: TextRange): Promise<Counted | undefined> {
  const own = sql`import_id = ${param('String', importId)}`
  const byAccount = fact.placement === 'account'
  const within = inRange(trusted('source_id'), range)
  const versions = sql`
    SELECT argMax(import_id, recorded_at) AS last_import, argMax(deleted, recorded_at) AS tombstone, countIf(NOT ${own}) AS others,
      argMaxIf(deleted, recorded_at, NOT ${own}) AS other_tombstone
    FROM ${table(factTable(fact))}
    WHERE ${within} AND source_id IN (SELECT source_id FROM ${table(factTable(fact))} WHERE ${own} AND ${within}) AND import_id NOT IN (${undoneImports()})
    GROUP BY ${trusted(byAccount ? 'account_id, source_id, source' : 'source_id, source')} HAVING countIf(${own}) > 0`
  const last = sql`last_import = ${param('String', importId)}`
  const restored = sql`${last} AND others > 0 AND other_tombstone = 0`
  // A fact that came to another account is one that goes back, though it stands under both.
  const counted = sql`
    SELECT toInt64(countIf(${last} AND tombstone = 0 AND (others = 0 OR other_tombstone = 1))) - toInt64(countIf(${restored} AND tombstone = 1)) AS gone,
      toInt64(countIf(${restored})) AS back, toInt64(countIf(NOT (${last}))) AS later
    FROM (${versions})`
  const [row] = await store.read<Counted>(
    byAccount ? sql`SELECT sum(gone) AS gone, sum(back) AS back, sum(later) AS later FROM ${store.shardLocal(counted)}` : counted,
    { maxSeconds: 600 },
  )
  return row
}

/** What undoing a batch takes back, by kind of fact: the versions that count now, against those that would without it. */
export async function countTakenBack(store: FactStore, { id: importId, stages }: Pick<Batch, 'id' | 'stages'>): Promise<TakenBack[]> {
  const found: TakenBack[] = []
  for (const id of kindsOf(stages)) {
    const fact = factById(id)
    if (fact === undefined) continue
    const sum: TakenBack = { fact: id, gone: 0, back: 0, later: 0 }
    const [all, own] = [store.everyShard(factTable(fact)), sql`import_id = ${param('String', importId)}`]
    const [held] = await store.read<{ n: string }>(sql`SELECT count() AS n FROM ${all} WHERE ${own}`, { maxSeconds: 600 })
    for (const range of await readRanges(store, all, own, Number(held?.n ?? 0))) {
      const row = await countRange(store, fact, importId, range)
      for (const key of ['gone', 'back', 'later'] as const) sum[key] += Number(row?.[key] ?? 0)
    }
    if (sum.gone + sum.back + sum.later !== 0) found.push(sum)
  }
  return found
}
