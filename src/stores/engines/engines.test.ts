import { expect, test } from 'vitest'
import { sql } from '../../kernel/sql.ts'
import { startTestEngines, temporaryFolder } from '../../../test/engines/engines.ts'
import { parseClickHouseUrl, startEngines } from './engines.ts'
import { findPostgres } from './postgres-launch.ts'
import { findClickHouse } from './private-clickhouse.ts'
import { waitFor } from './process-identity.ts'

test('an address of CLICKHOUSE_URL names server, database and users', () => {
  const address = parseClickHouseUrl('https://cs:p%40ss@facts.example:8443/crm', { CLICKHOUSE_READER_USER: 'eyes', CLICKHOUSE_READER_PASSWORD: 'look' })
  expect(address).toEqual({
    url: 'https://facts.example:8443',
    database: 'crm',
    writer: { user: 'cs', password: 'p@ss' },
    reader: { user: 'eyes', password: 'look' },
  })
  expect(parseClickHouseUrl('http://facts:8123', {})).toMatchObject({ database: 'binnacle', reader: { user: 'default', password: '' } })
  expect(() => parseClickHouseUrl('facts', {})).toThrow('CLICKHOUSE_URL is not an address')
})

test('a platform without engines is told how to come by them', () => {
  expect(() => findClickHouse('darwin-arm64')).toThrow(
    expect.objectContaining({ code: 'engine_missing', cure: expect.stringMatching(/npm install .*@chdb\/lib-darwin-arm64.*CLICKHOUSE_URL/) }),
  )
  expect(() => findClickHouse('win32-x64')).toThrow(
    expect.objectContaining({ code: 'engine_missing', cure: expect.stringMatching(/none for this platform.*CLICKHOUSE_URL/) }),
  )
  expect(() => findPostgres('win32-arm64')).toThrow(expect.objectContaining({ code: 'engine_missing', cure: expect.stringContaining('DATABASE_URL') }))
})

test('a server without a reader of its own is still only read by reads', async () => {
  const servers = await startTestEngines('url')
  const [first] = servers.facts.nodes
  const folder = temporaryFolder()
  const url = new URL(first!.address.url)
  url.username = first!.address.writer.user
  url.password = first!.address.writer.password
  const engines = await startEngines({
    dataDirectory: folder.path,
    env: { CLICKHOUSE_URL: `${url.href}binnacle`, DATABASE_URL: servers.workspaceUrl.connectionString },
  })
  try {
    const node = engines.facts.nodes[0]!
    await node.write(sql`CREATE TABLE t (a Int8) ENGINE = MergeTree ORDER BY a`)
    await expect(node.read(sql`INSERT INTO t VALUES (1)`)).rejects.toMatchObject({ details: { clickhouse_code: '164' } })
    await expect(node.read(sql`INSERT INTO t VALUES (1)`, { settings: { readonly: 0 } })).rejects.toMatchObject({ details: { clickhouse_code: '164' } })
    expect(await node.read(sql`SELECT count() AS n FROM t`)).toEqual([{ n: '0' }])
    expect(engines.health()).toMatchObject({ facts: { state: 'up', kind: 'server' }, workspace: { state: 'up', kind: 'server' } })
    await servers.close()
    const areDown = (): boolean => Object.values(engines.health()).every(({ state }) => state === 'down')
    expect(await waitFor(areDown, 30_000)).toBe(true)
  } finally {
    await engines.close()
    await servers.close()
    folder.remove()
  }
})
