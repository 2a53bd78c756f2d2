import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Handlers } from '../../src/api/handler.ts'
import { serveContract } from '../../src/api/serve.ts'
import { makeClient } from '../../src/contract/client.ts'
import type { Routes } from '../../src/contract/client.ts'
import { op } from '../../src/contract/op.ts'
import { BinnacleError, refuse } from '../../src/kernel/errors.ts'

const list = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.string()))
const contract = {
  readThing: op({
    method: 'GET',
    path: '/api/v1/things/{id}',
    summary: 'One thing',
    params: z.object({ id: z.string() }),
    query: z.object({ limit: z.coerce.number().int().min(1).default(7), tag: list }),
    response: z.object({ id: z.string(), limit: z.number(), tags: z.array(z.string()) }),
  }),
  changeThing: op({
    method: 'PUT',
    path: '/api/v1/things/{id}',
    summary: 'Change',
    params: z.object({ id: z.string() }),
    body: z.object({ name: z.string(), parts: z.array(z.object({ size: z.number() })).default([]) }),
    response: z.object({ name: z.string() }),
  }),
  sendFile: op({ method: 'POST', path: '/api/v1/files', summary: 'Send', upload: true, response: z.object({ bytes: z.number() }) }),
  saveFile: op({ method: 'GET', path: '/api/v1/things.csv', summary: 'Save', response: z.string(), produces: 'text/csv' }),
  fail: op({ method: 'GET', path: '/api/v1/fail/{how}', summary: 'Fail', params: z.object({ how: z.string() }), response: z.object({}) }),
}

async function* lines(): AsyncGenerator<string> {
  yield 'a,b\n'
  yield '1,"zwei"\n'
}

function failHow(how: string): Error {
  if (how === 'refused') return refuse('no_such_day', 'That day is no day.', 'Give another.')
  if (how === 'query')
    return new BinnacleError('fact_store_query_failed', 'SELECT secret FROM t failed', { status: 500, details: { sql: 'SELECT secret FROM t' } })
  return new Error('SELECT secret in /srv/somewhere')
}

const handlers: Handlers<typeof contract> = {
  readThing: ({ params, query }) => ({ id: params.id, limit: query.limit, tags: query.tag }),
  changeThing: ({ body }) => ({ name: body.name }),
  async sendFile({ upload }) {
    let bytes = 0
    for await (const chunk of upload) bytes += chunk.byteLength
    return { bytes }
  },
  saveFile: () => ({ file_name: 'things of "today".csv', chunks: lines() }),
  fail: ({ params }) => {
    throw failHow(params.how)
  },
}

const logged: { line: object; message: string }[] = []
const log = { debug: () => undefined, warn: () => undefined, error: (line: object, message: string) => void logged.push({ line, message }) }
const start = (given: object = handlers) => serveContract({ contract, handlers: given, version: '1', log, makeRequestId: () => 'r-1', checkAnswers: true })
const app = start()
const send = (path: string, init: RequestInit = {}) => app.request(`http://127.0.0.1:4310${path}`, init)
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string; message: string; cure: string; details: { faults: { in: string; at: string }[] } } }).error

test('does not start when an operation has no handler or a handler no operation', () => {
  const { fail: _, ...rest } = handlers
  expect(() => start({ ...rest, stray: () => null })).toThrow(/fail \(GET .*\) has no handler; handler stray belongs to no operation/)
})

describe('input', () => {
  test('reads defaults, numbers and lists, and decodes the path', async () => {
    const response = await send('/api/v1/things/a%2Fb?tag=x&tag=y')
    expect(await response.json()).toEqual({ id: 'a/b', limit: 7, tags: ['x', 'y'] })
  })

  test('collects every fault before it answers, misspelt keys included', async () => {
    const response = await send('/api/v1/things/a?limit=0&lmit=3')
    expect(response.status).toBe(400)
    const error = await errorOf(response)
    expect(error.code).toBe('bad_request')
    expect(error.details.faults.map(({ in: part, at }) => `${part} ${at}`)).toEqual(['query lmit', 'query limit'])
    expect(error.message).toContain('known are limit, tag')
  })

  test('refuses unknown keys deep in a body', async () => {
    const body = JSON.stringify({ name: 'n', parts: [{ size: 1, colour: 'red' }] })
    const response = await send('/api/v1/things/a', { method: 'PUT', body, headers: { 'content-type': 'application/json' } })
    expect((await errorOf(response)).details.faults.map((fault) => fault.at)).toEqual(['parts.0.colour'])
  })

  test.each([
    ['a body that is no JSON', { body: '{', headers: { 'content-type': 'application/json' } }, 400],
    ['a body not declared as JSON', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415],
    ['a body that is too large', { body: JSON.stringify({ name: 'x'.repeat(1_100_000) }), headers: { 'content-type': 'application/json' } }, 413],
  ])('refuses %s', async (_, init, status) => {
    expect((await send('/api/v1/things/a', { method: 'PUT', ...init })).status).toBe(status)
  })

  test('passes an upload on as it comes', async () => {
    const body = new Blob(['x'.repeat(300_000)]).stream()
    const response = await send('/api/v1/files', { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect(await response.json()).toEqual({ bytes: 300_000 })
  })
})

describe('answers', () => {
  test('an unchanged answer is not sent again', async () => {
    const first = await send('/api/v1/things/a')
    const tag = first.headers.get('etag') ?? ''
    const second = await send('/api/v1/things/a', { headers: { 'if-none-match': `W/${tag}` } })
    expect([second.status, await second.text()]).toEqual([304, ''])
    expect((await send('/api/v1/things/b', { headers: { 'if-none-match': tag } })).status).toBe(200)
  })

  test('a file comes with a name that cannot break the header', async () => {
    const response = await send('/api/v1/things.csv')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="things-of-today-.csv"')
    expect(await response.text()).toBe('a,b\n1,"zwei"\n')
  })

  test('an answer that breaks the contract is found out', async () => {
    const broken = start({ ...handlers, readThing: () => ({ id: 1 }) })
    expect((await broken.request('http://localhost/api/v1/things/a')).status).toBe(500)
  })

  test('secure headers and a request id go with every answer', async () => {
    const { headers } = await send('/api/v1/none')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-request-id')).toBe('r-1')
  })
})

describe('errors', () => {
  test('what a person can mend is said with the cure', async () => {
    const response = await send('/api/v1/fail/refused')
    expect(response.status).toBe(400)
    expect(await errorOf(response)).toMatchObject({ code: 'no_such_day', cure: 'Give another.', retry: false })
  })

  test.each(['query', 'unknown'])('a failure inside (%s) is logged whole and answered without its insides', async (how) => {
    logged.length = 0
    const response = await send(`/api/v1/fail/${how}`)
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).not.toMatch(/SELECT|\/srv/)
    expect(text).toContain('r-1')
    expect(logged.map(({ line }) => String((line as { err: Error }).err))).toEqual([expect.stringContaining('SELECT secret')])
  })

  test('an unknown address and a wrong method say what there is', async () => {
    expect((await errorOf(await send('/api/v1/none'))).code).toBe('no_such_address')
    const response = await send('/api/v1/things/a', { method: 'DELETE' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, PUT'])
  })

  test('the typed client turns an error back into a BinnacleError', async () => {
    const routes: Routes = Object.fromEntries(Object.entries(contract).map(([name, { method, path }]) => [name, [method, path]]))
    const client = makeClient(routes, 'http://localhost', (url, init) => app.request(url, init)) as unknown as Record<
      string,
      (call: object) => Promise<unknown>
    >
    await expect(client.fail?.({ params: { how: 'refused' } })).rejects.toMatchObject({ name: 'BinnacleError', code: 'no_such_day', status: 400 })
  })
})

describe('who may ask', () => {
  test.each([
    ['another host name (DNS rebinding)', { host: 'evil.example:4310' }, 'foreign_host'],
    ['a page of another origin', { host: '127.0.0.1:4310', origin: 'https://evil.example' }, 'foreign_origin'],
    ['a page of another port', { host: '127.0.0.1:4310', origin: 'http://127.0.0.1:9999' }, 'foreign_origin'],
    ['a page without an origin of its own', { host: '127.0.0.1:4310', origin: 'null' }, 'foreign_origin'],
    ['a cross-site request without Origin', { host: '127.0.0.1:4310', 'sec-fetch-site': 'cross-site' }, 'foreign_origin'],
  ])('%s is refused', async (_, headers, code) => {
    const response = await send('/api/v1/files', { method: 'POST', body: 'x', headers })
    expect([response.status, (await errorOf(response)).code]).toEqual([403, code])
  })

  test.each([
    ['its own page', { host: 'localhost:4310', origin: 'http://localhost:4310', 'sec-fetch-site': 'same-origin' }],
    ['a program', { host: '[::1]:4310' }],
  ])('%s is served', async (_, headers) => {
    expect((await send('/api/v1/files', { method: 'POST', body: 'x', headers })).status).toBe(200)
  })

  test('a link on another site may open a page, not change anything', async () => {
    const headers = { host: 'localhost:4310', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await send('/api/v1/things/a', { headers })).status).toBe(200)
    expect((await send('/api/v1/files', { method: 'POST', body: 'x', headers })).status).toBe(403)
  })
})
