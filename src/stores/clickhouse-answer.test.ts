import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../kernel/sql.ts'
import { ClickHouseNode } from './clickhouse.ts'

/** Two rows as ClickHouse writes them. */
const WHOLE =
  '{\n\t"meta":\n\t[\n\t\t{\n\t\t\t"name": "a",\n\t\t\t"type": "UInt64"\n\t\t}\n\t],\n\n\t"data":\n\t[\n\t\t[1],\n\t\t[2]\n\t],\n\n\t"rows": 2,\n\n\t"statistics":\n\t{\n\t\t"rows_read": 2\n\t}\n}\n'
const FAILURE =
  '\r\n__exception__\r\nabcdefghijklmnop\r\nCode: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)\n76 abcdefghijklmnop\r\n__exception__\r\n'

/** What stands in for ClickHouse: it answers every query in the same way. */
let reply: (response: ServerResponse) => void = () => undefined
const server = createServer((request, response) => {
  request.resume().on('end', () => reply(response))
})
let node: ClickHouseNode

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const login = { user: 'u', password: 'p' }
  node = new ClickHouseNode({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, database: 'binnacle', writer: login, reader: login })
})
afterAll(async () => {
  await node.close()
  server.closeAllConnections()
  server.close()
})

const says =
  (body: string, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(200, headers).end(body)
const breaksOff = (body: string) => (response: ServerResponse) => {
  response.writeHead(200).write(body)
  setImmediate(() => response.destroy())
}

const question = sql`SELECT a FROM t`
async function streamed(): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const chunk of node.readStream(question)) rows.push(...chunk)
  return rows
}
const READERS = {
  'all at once': () => node.read(question),
  'as a stream': streamed,
  'as a file': async () => buffer(await node.readRaw(question, 'Parquet')),
}

describe.each(Object.entries(READERS))('an answer that is read %s', (name, read) => {
  test.each([
    ['is empty', says(''), 'fact_store_answer_cut'],
    ['stops between two rows', says(WHOLE.slice(0, WHOLE.indexOf('[2]'))), 'fact_store_answer_cut'],
    ['stops within a row', says(WHOLE.slice(0, WHOLE.indexOf('2]'))), 'fact_store_answer_cut'],
    ['stops before it says how many rows it has', says(WHOLE.slice(0, WHOLE.indexOf('"rows"'))), 'fact_store_answer_cut'],
    ['is a line a row', says('{"a":"1"}\n{"a":"2"}\n'), 'fact_store_answer_cut'],
    ['breaks off with its connection', breaksOff(WHOLE.slice(0, 90)), 'fact_store_unreachable'],
    ['ends with a failure', says(WHOLE.slice(0, WHOLE.indexOf('[2]')) + FAILURE), 'disk_full'],
  ])('and %s is an error', async (_, answers, code) => {
    reply = answers
    await expect(read()).rejects.toMatchObject({ code })
  })

  test.skipIf(name === 'as a file')('and holds another number of rows than it says is an error', async () => {
    reply = says(WHOLE.replace('"rows": 2', '"rows": 3'))
    await expect(read()).rejects.toMatchObject({ code: 'fact_store_answer_cut' })
  })
})

test('a whole answer is one, in whichever pieces it comes', async () => {
  reply = says(WHOLE)
  expect([await node.read(question), await streamed()]).toEqual([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 2 }],
  ])
  reply = (response) => {
    response.writeHead(200)
    const bytes = WHOLE.split('')
    const next = (): void => void (bytes.length === 0 ? response.end() : response.write(bytes.splice(0, 7).join(''), () => setImmediate(next)))
    next()
  }
  expect(await streamed()).toEqual([{ a: 1 }, { a: 2 }])
})

describe('a write', () => {
  const summary = (written: number) => ({
    'x-clickhouse-summary': JSON.stringify({ read_rows: '0', read_bytes: '0', written_rows: String(written), written_bytes: '0' }),
  })
  const insert = () => node.insertRows('t', [{ a: 1 }, { a: 2 }])

  test('that is answered with nothing is no write', async () => {
    reply = says('')
    await expect(insert()).rejects.toMatchObject({ code: 'fact_store_answer_cut' })
    await expect(node.write(sql`INSERT INTO t SELECT a FROM u`)).rejects.toMatchObject({ code: 'fact_store_answer_cut' })
  })

  test('of fewer rows than were sent is no write', async () => {
    reply = says('', summary(1))
    await expect(insert()).rejects.toMatchObject({ code: 'fact_store_answer_cut' })
    reply = says('', summary(2))
    await insert()
  })

  test.each([
    ['Code: 243. DB::Exception: Cannot reserve 1.99 MiB, not enough space. (NOT_ENOUGH_SPACE) (version 26.7.2.1)\n', '243'],
    [
      'Code: 75. DB::ErrnoException: Cannot write to file /data/x: , errno: 28, strerror: No space left on device. (CANNOT_WRITE_TO_FILE_DESCRIPTOR) (version 26.7.2.1)\n',
      '75',
    ],
  ])('to a full disk says so, with its cure: %s', async (message, code) => {
    reply = (response) => void response.writeHead(500, { 'x-clickhouse-exception-code': code }).end(message)
    await expect(insert()).rejects.toMatchObject({ code: 'disk_full', status: 507, retry: true, cure: expect.stringContaining('Free some space') })
  })
})
