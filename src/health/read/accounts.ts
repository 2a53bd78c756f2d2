import { contact } from '../../facts/contact.ts'
import { factTable } from '../../facts/fact.ts'
import { invoice } from '../../facts/invoice.ts'
import { subscriptionVersion } from '../../facts/subscription-version.ts'
import { ticket } from '../../facts/ticket.ts'
import { usageEvent } from '../../facts/usage-event.ts'
import { emptySql, joinSql, param, sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { groupBy } from '../group.ts'
import type { Chunk, Reading } from './versions.ts'

/** Kinds by which an account is known that no row describes. */
const KNOWN_BY = [subscriptionVersion, invoice, ticket, usageEvent, contact]

interface Row {
  readonly account_id: string
  readonly counted_as: string
  readonly is_internal: number
}

/** Accounts that count, each with all that are counted as it, in the order of their ids; so many at a time. */
export async function readChunks({ store }: Reading, accounts: Sql, wanted: readonly string[] | undefined, size: number): Promise<Chunk[]> {
  const among = wanted === undefined ? emptySql : sql`WHERE account_id IN ${param('Array(String)', [...wanted])}`
  const named = store.shardLocal(
    joinSql(
      KNOWN_BY.map((fact) => sql`SELECT DISTINCT account_id FROM ${table(factTable(fact))} ${among}`),
      ' UNION DISTINCT ',
    ),
  )
  const query = sql`
    WITH described AS (${accounts})
    SELECT account_id, counted_as, is_internal FROM described
    UNION ALL
    SELECT DISTINCT account_id, account_id AS counted_as, toUInt8(0) AS is_internal FROM ${named} WHERE account_id NOT IN (SELECT account_id FROM described)`
  const rows: Row[] = []
  for await (const chunk of store.readChunks<Row>(query, { maxSeconds: 600 })) for (const row of chunk) rows.push(row)
  const internal = new Set(rows.filter((row) => row.is_internal === 1 && row.account_id === row.counted_as).map(({ account_id }) => account_id))
  const only = wanted === undefined ? undefined : new Set(wanted)
  const counted = groupBy(
    rows.filter(({ counted_as }) => !internal.has(counted_as) && (only === undefined || only.has(counted_as))),
    ({ counted_as }) => counted_as,
  )
  const ids = [...counted.keys()].sort()
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, i) => {
    const own = ids.slice(i * size, (i + 1) * size)
    return { accounts: own, countedAs: new Map(own.flatMap((id) => (counted.get(id) ?? []).map(({ account_id }) => [account_id, id] as const))) }
  })
}
