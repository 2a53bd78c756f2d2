import type { FactDefinition } from '../facts/fact.ts'
import { factTable } from '../facts/fact.ts'
import type { FactStore } from '../facts/store.ts'
import { inRange, param, rangesFrom, sql, table, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'

/** Versions that one statement derives from: what bounds its memory, whatever is stored. */
const VERSIONS_PER_RUN = 4_000_000

/** Conditions that cut the accounts into runs of so many versions of a fact, one after the other; together they are all accounts. */
export async function accountRuns(store: FactStore, fact: FactDefinition, size = VERSIONS_PER_RUN): Promise<Sql[]> {
  const counted = store.shardLocal(sql`SELECT account_id, count() AS versions FROM ${table(factTable(fact))} GROUP BY account_id`)
  const begins = await store.read<{ account_id: string }>(sql`
    SELECT account_id FROM (
      SELECT account_id, n, sum(n) OVER (ORDER BY account_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto
      FROM (SELECT account_id, sum(versions) AS n FROM ${counted} GROUP BY account_id))
    WHERE intDiv(upto, ${param('UInt64', size)}) != intDiv(upto - n, ${param('UInt64', size)}) ORDER BY account_id`)
  return rangesFrom(begins.map((row) => row.account_id)).map((range) => inRange(trusted('account_id'), range))
}
