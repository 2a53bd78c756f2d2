import { joinSql, param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { undoneImports } from './current.ts'
import type { FactDefinition } from './fact.ts'
import { factTable } from './fact.ts'
import { FACTS } from './facts.ts'
import type { FactStore } from './store.ts'

/** Ids of those of the kinds that have a version, on any shard, that meets a condition. Stops at the first of each, so it costs little. */
export async function readKindsWith(store: FactStore, kinds: readonly FactDefinition[], which: Sql): Promise<Set<string>> {
  if (kinds.length === 0) return new Set()
  const found = kinds.map((fact) => sql`SELECT fact FROM (SELECT ${param('String', fact.id)} AS fact FROM ${table(factTable(fact))} WHERE ${which} LIMIT 1)`)
  return new Set(
    (await store.read<{ fact: string }>(sql`SELECT DISTINCT fact FROM ${store.shardLocal(joinSql(found, ' UNION ALL '))}`)).map(({ fact }) => fact),
  )
}

/** Ids of the kinds of facts of which any is recorded, over all shards. */
export const readHeldKinds = (store: FactStore): Promise<Set<string>> => readKindsWith(store, FACTS, sql`deleted = 0 AND import_id NOT IN (${undoneImports()})`)
