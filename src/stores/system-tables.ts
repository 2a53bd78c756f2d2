import { sql } from '../kernel/sql.ts'
import type { ClickHouseNode } from './clickhouse.ts'

/** What a server says of itself. Fails where its user may not see that. */
const ask = <Row>(node: ClickHouseNode, query: ReturnType<typeof sql>): Promise<Row[]> => node.read<Row>(query, { asWriter: true, maxSeconds: 10 })

export async function readDisks(node: ClickHouseNode): Promise<{ place: string; free: number; total: number }[]> {
  const rows = await ask<{ name: string; free: string; total: string }>(
    node,
    sql`SELECT name, toString(free_space) AS free, toString(total_space) AS total FROM system.disks`,
  )
  return rows.map(({ name, free, total }) => ({ place: `disk ${name} of ${new URL(node.address.url).host}`, free: Number(free), total: Number(total) }))
}

/** A part of a table that the engine found broken and set aside. */
export interface SetAside {
  readonly table: string
  readonly name: string
  readonly reason: string
}

export const readSetAside = (node: ClickHouseNode): Promise<SetAside[]> =>
  ask<SetAside>(node, sql`SELECT table, name, reason FROM system.detached_parts WHERE database = currentDatabase() AND reason != ''`)
