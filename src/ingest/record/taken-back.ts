import { undoneImports } from '../../facts/current.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { factTable } from '../../facts/fact.ts'
import { factById } from '../../facts/facts.ts'
import type { FactStore } from '../../facts/store.ts'
import { inRange, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { TextRange } from '../../kernel/sql.ts'
import { factsOf } from './commit.ts'
import type { StoredImport } from './records.ts'
import { rangesOf } from './staged-rows.ts'
import type { TakenBack } from '../files/types.ts'

interface Counted {
  gone: string
  back: string
  later: string
}

/** What would be left of the identities of one range of an import's facts, without it. */
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

/** What undoing an import takes back, by kind of fact: the versions that count now, against those that would without it. */
export async function countTakenBack(store: FactStore, record: Pick<StoredImport, 'id' | 'files'>): Promise<TakenBack[]> {
  const found: TakenBack[] = []
  for (const id of new Set(record.files.flatMap(({ mapping }) => factsOf(mapping)).map((fact) => fact.id))) {
    const fact = factById(id)
    if (fact === undefined) continue
    const sum: TakenBack = { fact: id, gone: 0, back: 0, later: 0 }
    for (const range of await rangesOf(store, store.everyShard(factTable(fact)), sql`import_id = ${param('String', record.id)}`)) {
      const row = await countRange(store, fact, record.id, range)
      for (const key of ['gone', 'back', 'later'] as const) sum[key] += Number(row?.[key] ?? 0)
    }
    if (sum.gone + sum.back + sum.later !== 0) found.push(sum)
  }
  return found
}
