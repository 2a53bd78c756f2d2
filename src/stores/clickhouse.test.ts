import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identifier, joinSql, param, sql, trusted } from '../kernel/sql.ts'
import { freshStores, testEngineKinds } from '../../test/engines/engines.ts'
import type { FreshStores } from '../../test/engines/engines.ts'
import { ClickHouseNode } from './clickhouse.ts'
import { waitFor } from './engines/process-identity.ts'

const endless = sql`SELECT count() AS n FROM numbers(100000000000) WHERE cityHash64(number) = 1`
const failsHalfWay = sql`SELECT throwIf(number = 400000) AS x, number FROM numbers(500000) SETTINGS max_block_size = 1000`

/** READONLY, SETTING_CONSTRAINT_VIOLATION, ACCESS_DENIED. */
const refusals = /^(164|452|497)$/

describe.each(testEngineKinds)('a ClickHouse node of kind %s', (kind) => {
  let stores: FreshStores
  let node: ClickHouseNode
  /** Reads as the user who writes, to see what a reader may not. */
  let overseer: ClickHouseNode

  beforeAll(async () => {
    stores = await freshStores(kind)
    node = stores.facts.nodes[0]!
    overseer = new ClickHouseNode({ ...node.address, reader: node.address.writer })
    await node.write(sql`CREATE TABLE t (a Int64, s String) ENGINE = MergeTree ORDER BY a`)
  })
  afterAll(async () => {
    await overseer.close()
    await stores.close()
  })

  const isRunning = async (queryId: string): Promise<boolean> =>
    (await overseer.read(sql`SELECT 1 FROM system.processes WHERE query_id = ${param('String', queryId)}`)).length > 0
  const untilRunning = (queryId: string): Promise<boolean> => waitFor(() => isRunning(queryId), 20_000)
  const untilEnded = (queryId: string): Promise<boolean> => waitFor(async () => !(await isRunning(queryId)), 20_000)

  describe('parameters', () => {
    test.each([
      ['String', `it's "quoted" \\ \\N \t\r\n \0 {p0:String} -- /* é 💥 \u2028`],
      ['String', ''],
      ['String', '\\N'],
      ['Nullable(String)', null],
      ['Array(String)', [`a'b`, '[', ',', '\\', '']],
      ['Array(Nullable(String))', ['NULL', null]],
      ['Array(Array(String))', [['a', `b'`], []]],
      ['Decimal(38, 6)', '-12345678901234567890123456789012.123456'],
      ['Array(Decimal(38, 6))', ['0.000001', '99999999999999999999999999999999.999999']],
      ['Array(Nullable(Int64))', ['9223372036854775807', null, '-1']],
      ['Int64', '-9223372036854775808'],
      ['Float64', 0.1],
      ['Bool', true],
      ['Date', '2024-02-29'],
      ['Array(Date)', ['2024-02-29', '1970-01-01']],
      ['DateTime64(3)', '2024-02-29T10:00:00.123Z'],
      ['DateTime64(6)', '1969-12-31T23:59:58.999999Z'],
      ['Array(DateTime64(3))', ['2024-02-29T10:00:00.000Z']],
      ['UUID', '0190e8f0-7e3a-7000-8000-000000000000'],
    ] as const)('%s %j comes back as it went', async (type, value) => {
      expect(await node.read(sql`SELECT ${param(type, value)} AS value`)).toEqual([{ value }])
    })

    test('an instant of another zone is the same instant', async () => {
      const there = param('DateTime64(3)', '2024-02-29T10:00:00.123+12:45')
      expect(await node.read(sql`SELECT ${there} AS value`)).toEqual([{ value: '2024-02-28T21:15:00.123Z' }])
    })

    test('a value longer than an address may be arrives whole', async () => {
      const long = 'é'.repeat(1_000_000)
      expect(await node.read(sql`SELECT lengthUTF8(${param('String', long)}) AS length`)).toEqual([{ length: '1000000' }])
    })

    test('a list of numbers holds numbers', async () => {
      const query = sql`SELECT ${param('Array(Int64)', ['1] UNION ALL SELECT [2'])} AS value`
      await expect(node.read(query)).rejects.toThrow('list of numbers')
    })
  })

  describe('the reader', () => {
    test.each([
      ['insert', sql`INSERT INTO t VALUES (1, 'x')`],
      ['drop', sql`DROP TABLE t`],
      ['create', sql`CREATE TABLE u (a Int8) ENGINE = Memory`],
      ['create a temporary table', sql`CREATE TEMPORARY TABLE u (a Int8)`],
      ['read a file', sql`SELECT * FROM file('users.xml', 'LineAsString')`],
      ['read a URL', sql`SELECT * FROM url('http://127.0.0.1:9/', 'LineAsString')`],
      ['read another server', sql`SELECT * FROM remote('127.0.0.1:9', system.one)`],
      ['read a Postgres', sql`SELECT * FROM postgresql('127.0.0.1:9', 'a', 'b', 'c', 'd')`],
      ['run a program', sql`SELECT * FROM executable('id', 'TSV', 'a String')`],
      ['see the queries of others', sql`SELECT * FROM system.processes`],
      ['see the users', sql`SELECT * FROM system.users`],
      ['lift its own limit', sql`SELECT 1 SETTINGS max_execution_time = 100000`],
      ['leave read-only mode', sql`SELECT 1 SETTINGS readonly = 0`],
    ])('may not %s', async (_, query) => {
      const failure = await node.read(query).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'fact_store_query_failed', details: { clickhouse_code: expect.stringMatching(refusals) } })
    })

    test('may read tables, and set what only shapes a query', async () => {
      const settings = { max_threads: 1, join_use_nulls: 1 }
      expect(await node.read(sql`SELECT count() AS n FROM t WHERE a < 0`, { settings, maxSeconds: 5 })).toEqual([{ n: '0' }])
    })
  })

  describe('a query that is given up', () => {
    test('ends in the engine when the signal fires', async () => {
      const queryId = `abort-read-${kind}-${randomUUID()}`
      const giveUp = new AbortController()
      const answer = node.read(endless, { signal: giveUp.signal, queryId })
      const refused = expect(answer).rejects.toMatchObject({ code: 'fact_store_query_aborted' })
      expect(await untilRunning(queryId)).toBe(true)
      giveUp.abort()
      await refused
      expect(await untilEnded(queryId)).toBe(true)
    })

    test('ends in the engine when a stream of rows is left', async () => {
      const queryId = `leave-stream-${kind}-${randomUUID()}`
      for await (const rows of node.readStream(sql`SELECT number FROM numbers(100000000000)`, { queryId })) {
        expect(rows[0]).toEqual({ number: '0' })
        break
      }
      expect(await untilEnded(queryId)).toBe(true)
    })

    test('ends when the signal fires while rows stream', async () => {
      const queryId = `abort-stream-${kind}-${randomUUID()}`
      const giveUp = new AbortController()
      const readAll = async (): Promise<void> => {
        for await (const rows of node.readStream(sql`SELECT number FROM numbers(100000000000)`, { queryId, signal: giveUp.signal })) {
          if (rows.length > 0) giveUp.abort()
        }
      }
      await expect(readAll()).rejects.toMatchObject({ code: 'fact_store_query_aborted' })
      expect(await untilEnded(queryId)).toBe(true)
    })

    test('ends when the reader of raw bytes goes away', async () => {
      const queryId = `leave-raw-${kind}-${randomUUID()}`
      const raw = await node.readRaw(sql`SELECT number FROM numbers(100000000000)`, 'Parquet', { queryId })
      await once(raw, 'data')
      raw.destroy()
      expect(await untilEnded(queryId)).toBe(true)
    })

    test('ends by its own limit', async () => {
      await expect(node.read(endless, { maxSeconds: 1 })).rejects.toMatchObject({ code: 'fact_store_timeout' })
    })
  })

  describe('a query that fails', () => {
    test('shows its SQL and the names of its parameters, never their values', async () => {
      const failure = await node.read(sql`SELECT toDate(${param('String', 'jane@example.com')}) AS d`).catch((error: unknown) => error)
      expect(failure).toMatchObject({
        code: 'fact_store_query_failed',
        details: { sql: 'SELECT toDate({p0:String}) AS d', parameters: ['p0'] },
      })
      const unread = await node.read(sql`SELECT ${param('Int64', 'jane@example.com')} AS n`).catch((error: unknown) => error)
      expect(String(unread)).not.toContain('jane')
    })

    test('half-way fails every way of reading', async () => {
      const drain = async (): Promise<void> => {
        for await (const rows of node.readStream(failsHalfWay)) expect(rows.length).toBeGreaterThan(0)
      }
      const expected = { code: 'fact_store_query_failed', details: { clickhouse_code: '395' } }
      await expect(node.read(failsHalfWay)).rejects.toMatchObject(expected)
      await expect(drain()).rejects.toMatchObject(expected)
      await expect(node.readRaw(failsHalfWay, 'Parquet').then(text)).rejects.toMatchObject(expected)
    })

    test('with more rows than fit in memory is refused, and comes as a stream', async () => {
      const many = sql`SELECT number FROM numbers(600000)`
      await expect(node.read(many)).rejects.toMatchObject({ code: 'answer_too_large', retry: false })
      let rows = 0
      for await (const chunk of node.readStream(many)) rows += chunk.length
      expect(rows).toBe(600_000)
    })

    test('for want of memory says so and leaves the engine up', async () => {
      const greedy = sql`SELECT length(groupArray(number)) AS n FROM numbers(1000000000)`
      await expect(node.read(greedy)).rejects.toMatchObject({ code: 'fact_store_out_of_memory', retry: true })
      expect(await node.ping()).toBe(true)
    })
  })

  describe('inserting', () => {
    const count = async (s: string): Promise<unknown> => node.read(sql`SELECT count() AS n FROM t WHERE s = ${param('String', s)}`)

    test('keeps every digit and letter', async () => {
      await node.insertRows('t', [{ a: '9223372036854775807', s: `'"\\\n\u2028💥` }])
      expect(await node.read(sql`SELECT s FROM t WHERE a = ${param('Int64', '9223372036854775807')}`)).toEqual([{ s: `'"\\\n\u2028💥` }])
    })

    test('keeps empty cells at the end of the last row', async () => {
      await node.insertRows('t', [
        { a: 1, s: 'full' },
        { a: 12345, s: '' },
      ])
      await node.insertRows('t', [{ a: 12345, s: undefined }])
      expect(await node.read(sql`SELECT s FROM t WHERE a = 12345`)).toEqual([{ s: '' }, { s: '' }])
    })

    test('the same token twice stores once', async () => {
      const options = { deduplicationToken: 'batch-1' }
      await node.insertRows('t', [{ a: 1, s: 'token' }], options)
      await node.insertRows('t', [{ a: 1, s: 'token' }], options)
      expect(await count('token')).toEqual([{ n: '1' }])
    })

    test('a row that does not fit stores none of its batch', async () => {
      const rows = [
        { a: 1, s: 'torn' },
        { a: 'no number', s: 'torn' },
      ]
      await expect(node.insertRows('t', rows)).rejects.toMatchObject({ code: 'fact_store_query_failed' })
      await expect(node.insertRows('t', [{ a: 1, s: 'torn', unknown: 1 }])).rejects.toMatchObject({ code: 'fact_store_query_failed' })
      expect(await count('torn')).toEqual([{ n: '0' }])
    })
  })

  test('a name that is no name is refused before it is sent', async () => {
    await expect(node.insertRows('t; DROP TABLE t', [{ a: 1 }])).rejects.toThrow('not an identifier')
    await expect(node.readRaw(sql`SELECT 1`, 'CSV INTO OUTFILE')).rejects.toThrow('not an identifier')
  })

  test('a format that does not prove its end is not read', async () => {
    await expect(node.readRaw(sql`SELECT 1`, 'CSV')).rejects.toThrow('nothing proves the end')
  })

  test('lists, texts and rows of every shape come the same way at once and as a stream', async () => {
    const query = sql`SELECT [number, 1] AS list, map('a', number) AS words, CAST((number, 'x'), 'Tuple(n UInt64, s String)') AS pair,
      'a\n\t]\u2028' AS text, NULL AS nothing FROM numbers(3)`
    const streamed: unknown[] = []
    for await (const rows of node.readStream(query)) streamed.push(...rows)
    expect(streamed).toEqual(await node.read(query))
    expect(streamed[2]).toEqual({ list: ['2', '1'], words: { a: '2' }, pair: { n: '2', s: 'x' }, text: 'a\n\t]\u2028', nothing: null })
    const none: unknown[] = []
    for await (const rows of node.readStream(sql`SELECT 1 AS one WHERE 0`)) none.push(...rows)
    expect([none, await node.read(sql`SELECT 1 AS one WHERE 0`)]).toEqual([[], []])
  })

  test('a constant over a join of rows without a match stays what it is when joined again', async () => {
    for (const [table, from, rows] of [
      ['left_rows', 0, 41],
      ['some_of_them', 4, 300],
      ['all_of_them', 0, 400],
    ] as const) {
      await node.write(sql`CREATE TABLE ${identifier(table)} (k UInt32, v String) ENGINE = MergeTree ORDER BY k`)
      await node.write(sql`INSERT INTO ${identifier(table)} SELECT number + ${param('UInt32', from)}, 'v' FROM numbers(${param('UInt32', rows)})`)
    }
    const once = sql`SELECT l.k AS k, s.v AS v FROM left_rows AS l LEFT JOIN some_of_them AS s ON s.k = l.k`
    const twice = sql`SELECT r.*, a.v AS name FROM (SELECT k, v, 1 AS adds FROM (${once})) AS r LEFT JOIN all_of_them AS a ON a.k = r.k`
    const counted = sql`SELECT toUInt8(adds) AS adds, count() AS n FROM (${twice}) GROUP BY adds`
    expect(await node.read(counted)).toEqual([{ adds: 1, n: '41' }])
    await node.write(sql`CREATE TABLE written (adds UInt8, n UInt64) ENGINE = MergeTree ORDER BY n`)
    await node.write(sql`INSERT INTO written ${counted}`)
    expect(await node.read(sql`SELECT * FROM written`)).toEqual([{ adds: 1, n: '41' }])
  })

  test('a day begins at midnight in UTC', async () => {
    expect(await node.read(sql`SELECT toDate(${param('DateTime64(3)', '2024-03-31T23:59:59.999Z')}) AS day`)).toEqual([{ day: '2024-03-31' }])
  })

  test.runIf(kind === 'cluster')('every shard answers a view, with parameters inside it, for the reader', async () => {
    const database = identifier(node.address.database)
    for (const [i, shard] of stores.facts.nodes.entries()) {
      await shard.write(sql`CREATE TABLE amounts (account String, day Date, x Decimal(38, 6)) ENGINE = MergeTree ORDER BY account`)
      await shard.insertRows('amounts', [
        { account: `a${i}`, day: '2024-01-01', x: '0.000001' },
        { account: `a${i}`, day: '2024-02-01', x: '1.5' },
      ])
    }
    const view = sql`cluster(${trusted(`'${stores.facts.cluster}'`)}, view(SELECT * FROM ${database}.amounts WHERE day >= ${param('Date', '2024-02-01')}))`
    expect(await node.read(sql`SELECT sum(x) AS total, count() AS rows FROM ${view}`)).toEqual([{ total: '3', rows: '2' }])
    const plan = await node.read<{ explain: string }>(sql`EXPLAIN distributed = 1 SELECT account, sum(x) FROM ${view} GROUP BY account`)
    const lines = plan.map(({ explain }) => explain.trim())
    // Grouped on each shard: only states of groups travel.
    expect(lines.indexOf('MergingAggregated')).toBeGreaterThanOrEqual(0)
    expect(lines.slice(lines.findIndex((line) => line.startsWith('ReadFromRemote')))).toContain('Aggregating')
  })

  test.runIf(kind === 'cluster')('a foreground insert through a Distributed table is on its shards when it returns', async () => {
    const database = identifier(node.address.database)
    for (const shard of stores.facts.nodes) {
      await shard.write(sql`CREATE TABLE spread_local (account String) ENGINE = MergeTree ORDER BY account`)
      const where = joinSql([trusted(`'${stores.facts.cluster}'`), database, identifier('spread_local'), sql`cityHash64(account)`], ', ')
      await shard.write(sql`CREATE TABLE spread AS spread_local ENGINE = Distributed(${where})`)
    }
    await node.insertRows(
      'spread',
      Array.from({ length: 100 }, (_, i) => ({ account: `a${i}` })),
    )
    const counts = await Promise.all(stores.facts.nodes.map((shard) => shard.read<{ n: string }>(sql`SELECT count() AS n FROM spread_local`)))
    expect(counts.every(([row]) => Number(row?.n) > 0)).toBe(true)
    expect(counts.reduce((sum, [row]) => sum + Number(row?.n), 0)).toBe(100)
    expect(await stores.facts.nodes[1]?.read(sql`SELECT count() AS n FROM spread`)).toEqual([{ n: '100' }])
  })
})
