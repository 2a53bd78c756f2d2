import { BinnacleError, refuse } from '../kernel/errors.ts'
import type { Op } from '../contract/op.ts'
import { check, refuseFaults } from './faults.ts'
import type { Fault } from './faults.ts'
import { bare } from '../kernel/bare.ts'

/** The most bytes a JSON body may have; files are uploads and have no such limit. */
export const JSON_LIMIT = 1024 * 1024

const tooLarge = (): BinnacleError =>
  new BinnacleError('body_too_large', `The body is larger than ${JSON_LIMIT} bytes.`, { cure: 'Send data as a file of an import.', status: 413 })

/** A body that stops arriving, and one of JSON that takes so long as a whole, is not waited for. */
const STALLED_MS = 60_000
const JSON_MS = 30_000

const stalled = (): BinnacleError =>
  new BinnacleError('body_stalled', 'The rest of the request did not arrive.', { cure: 'Send it again.', retry: true, status: 408 })

/** The chunks of a body as they arrive. Throws `body_stalled` when the next does not within so long. */
async function* arriving(body: ReadableStream<Uint8Array>, withinMs: () => number): AsyncIterable<Uint8Array> {
  const reader = body.getReader()
  for (;;) {
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(stalled()), withinMs())))
    const { done, value } = await Promise.race([reader.read(), limit]).finally(() => clearTimeout(timer))
    if (done) return
    yield value
  }
}

async function readLimited(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > JSON_LIMIT) throw tooLarge()
  if (request.body === null) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [size, text] = [0, '']
  try {
    const until = performance.now() + JSON_MS
    for await (const chunk of arriving(request.body, () => until - performance.now())) {
      size += chunk.byteLength
      if (size > JSON_LIMIT) throw tooLarge()
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw refuse('bad_request', 'The body is not UTF-8 text.', 'Send JSON encoded as UTF-8.')
    throw error
  }
}

async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new BinnacleError('not_json', 'The body is not declared as JSON.', { cure: 'Send the header content-type: application/json.', status: 415 })
  const text = await readLimited(request)
  try {
    return JSON.parse(text)
  } catch {
    throw refuse('bad_request', 'The body is not JSON.', 'Send one JSON object.')
  }
}

/** A key given once is its value, given several times a list. */
function readQuery(search: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = bare({})
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key)
    query[key] = values.length === 1 ? (values[0] ?? '') : values
  }
  return query
}

function readUpload(request: Request): AsyncIterable<Uint8Array> {
  if (request.body === null) throw refuse('no_file', 'The request carries no file.', 'Send the bytes of the file as the body.')
  return arriving(request.body, () => STALLED_MS)
}

/** The validated input of an operation. Throws `bad_request` with everything that is wrong. */
export async function readRequest(op: Op, request: Request, params: Record<string, string>): Promise<Record<string, unknown>> {
  const faults: Fault[] = []
  const received: Record<string, unknown> = {}
  const query = readQuery(new URL(request.url).searchParams)
  if (op.params !== undefined) received.params = check(op.params, params, 'path', faults)
  if (op.query !== undefined) received.query = check(op.query, query, 'query', faults)
  else for (const key of Object.keys(query)) faults.push({ in: 'query', at: key, says: 'is not known here; this operation takes no query' })
  if (op.body !== undefined) received.body = check(op.body, await readJson(request), 'body', faults)
  if (faults.length > 0) throw refuseFaults(faults)
  if (op.upload === true) received.upload = readUpload(request)
  return received
}
