import { joinSql, param, sql, table } from '../kernel/sql.ts'
import { undoneImports } from './current.ts'
import { factTable } from './fact.ts'
import { FACTS } from './facts.ts'
import type { FactStore } from './store.ts'

/** Ids of the kinds of facts of which any is recorded, over all shards. Stops at the first of each, so it costs little. */
export async function readHeldKinds(store: FactStore): Promise<Set<string>> {
  const found = FACTS.map(
    (fact) => sql`SELECT fact FROM (SELECT ${param('String', fact.id)} AS fact FROM ${table(factTable(fact))} WHERE deleted = 0 AND import_id NOT IN (${undoneImports()}) LIMIT 1)`,
  )
  return new Set((await store.read<{ fact: string }>(sql`SELECT DISTINCT fact FROM ${store.shardLocal(joinSql(found, ' UNION ALL '))}`)).map(({ fact }) => fact))
}
