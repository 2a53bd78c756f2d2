import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exitCodeOf } from '../../cli/exit.ts'
import { startEngines } from './engines.ts'

let folder = ''
let server: Server
let status = 200
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unreachable-'))
  server = createServer(
    (_, answer) =>
      void answer
        .writeHead(status, status === 200 ? { 'x-clickhouse-summary': JSON.stringify({ written_rows: '0' }) } : { 'x-clickhouse-exception-code': '516' })
        .end(status === 200 ? '' : 'Code: 516. DB::Exception: wrong password. (AUTHENTICATION_FAILED)'),
  )
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens))
})
afterEach(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const start = async (env: NodeJS.ProcessEnv): Promise<{ message: string; cure: string }> =>
  startEngines({ dataDirectory: folder, env }).then(
    () => expect.fail('it started'),
    (error: unknown) => {
      expect(exitCodeOf(error)).toBe(4)
      return error as { message: string; cure: string }
    },
  )
const clickhouse = (): string => `http://binnacle:secret@127.0.0.1:${(server.address() as AddressInfo).port}/binnacle`

test.each([
  ['nobody listens there', 'postgres://me:secret@127.0.0.1:1/x', /DATABASE_URL names, 127\.0\.0\.1:1, cannot be used: .*ECONNREFUSED/],
  ['it is no address', 'my postgres', /DATABASE_URL names, no address: write postgres:/],
])('a DATABASE_URL that cannot be used says so with its cure: %s', async (_, url, says) => {
  status = 200
  const { message, cure } = await start({ CLICKHOUSE_URL: clickhouse(), DATABASE_URL: url })
  expect(message).toMatch(says)
  expect(cure).toMatch(/DATABASE_URL are right/)
  expect(message + cure).not.toContain('secret')
})

test('a CLICKHOUSE_URL that cannot be used says so with its cure', async () => {
  status = 403
  const refused = await start({ CLICKHOUSE_URL: clickhouse(), DATABASE_URL: 'postgres://127.0.0.1:1/x' })
  expect(refused.message).toMatch(/ClickHouse that CLICKHOUSE_URL names, http:\/\/127\.0\.0\.1:\d+, cannot be used/)
  expect(refused.cure).toMatch(/CLICKHOUSE_URL are right/)
  expect(refused.message + refused.cure).not.toContain('secret')
  expect((await start({ CLICKHOUSE_URL: 'nonsense', DATABASE_URL: 'postgres://127.0.0.1:1/x' })).cure).toContain('http://user:password@host:8123/database')
})
