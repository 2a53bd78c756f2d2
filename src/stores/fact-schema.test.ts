import { describe, expect, it } from 'vitest'
import { freshStores, layoutKinds } from '../../test/engines/engines.ts'
import { FACTS } from '../facts/facts.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { ClickHouseNode } from './clickhouse.ts'
import { factTables } from './fact-schema.ts'
import { openFactStore } from './fact-store.ts'

const shapeOf = async (node: ClickHouseNode, name: string) => ({
  columns: await node.read(
    sql`SELECT name, type, default_kind, default_expression FROM system.columns WHERE database = currentDatabase() AND table = ${param('String', name)}
      ORDER BY position`,
  ),
  kept: await node.read(
    sql`SELECT engine, sorting_key, partition_key FROM system.tables WHERE database = currentDatabase() AND name = ${param('String', name)}`,
  ),
})

describe.each(layoutKinds)('the migrated fact store (%s)', (kind) => {
  it('has the tables that the facts declare, and can be migrated again', async () => {
    const stores = await freshStores(kind)
    try {
      await openFactStore(stores.facts)
      await openFactStore(stores.facts)
      for (const node of stores.facts.nodes)
        for (const statement of FACTS.flatMap(factTables)) {
          const name = /EXISTS (\w+) \(/.exec(statement)?.[1] ?? ''
          await node.write(trusted(statement.replace(name, `declared_${name}`)))
          expect(await shapeOf(node, name), name).toEqual(await shapeOf(node, `declared_${name}`))
        }
    } finally {
      await stores.close()
    }
  })
})
