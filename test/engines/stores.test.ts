import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import { param, sql } from '../../src/kernel/sql.ts'
import { freshStores, testEngineKinds } from './engines.ts'
import type { FreshStores } from './engines.ts'

describe.each(testEngineKinds)('stores of kind %s', (kind) => {
  let stores: FreshStores
  beforeAll(async () => {
    stores = await freshStores(kind)
  }, 60_000)
  afterAll(() => stores.close())

  test('hold what was inserted', async () => {
    for (const node of stores.facts.nodes) {
      await node.write(sql`CREATE TABLE t (a Int64) ENGINE = MergeTree ORDER BY a`)
      await node.insertRows('t', [{ a: 1 }, { a: '9007199254740993' }])
      expect(await node.read(sql`SELECT a FROM t WHERE a >= ${param('Int64', 0)} ORDER BY a`)).toEqual([{ a: '1' }, { a: '9007199254740993' }])
    }
    const client = new pg.Client(stores.workspaceUrl)
    await client.connect()
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await client.end()
  })
})
