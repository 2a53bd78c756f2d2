import { createHash } from 'node:crypto'
import type { Op } from '../contract/op.ts'
import type { Download } from './handler.ts'

const isDownload = (reply: unknown): reply is Download => typeof reply === 'object' && reply !== null && 'chunks' in reply && 'file_name' in reply

/** Whether `If-None-Match` names the tag, weakly compared (RFC 9110, 13.1.2). */
export function matches(request: Request, tag: string): boolean {
  const given = request.headers.get('if-none-match')
  if (given === null) return false
  const bare = (text: string): string => text.trim().replace(/^W\//, '')
  return given.split(',').some((one) => one.trim() === '*' || bare(one) === bare(tag))
}

export const entityTag = (content: string | Uint8Array): string => `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`

function answerJson(op: Op, reply: unknown, request: Request): Response {
  const body = JSON.stringify(reply)
  if (op.method !== 'GET') return new Response(body, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } })
  const tag = entityTag(body)
  const headers = { 'content-type': 'application/json', 'cache-control': 'private, no-cache', etag: tag }
  return matches(request, tag) ? new Response(null, { status: 304, headers }) : new Response(body, { headers })
}

/** The first chunk is awaited before the answer begins, so that a failure to begin is still an error answer. */
async function answerDownload(op: Op, { file_name, media_type, chunks }: Download): Promise<Response> {
  const encoder = new TextEncoder()
  const iterator = chunks[Symbol.asyncIterator]()
  let next = await iterator.next()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done === true) return controller.close()
      controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value)
      next = await iterator.next()
    },
    async cancel() {
      await iterator.return?.()
    },
  })
  const safe = file_name.replaceAll(/[^\w.-]+/g, '-')
  return new Response(body, {
    headers: {
      'content-type': media_type ?? `${op.produces}; charset=utf-8`,
      'content-disposition': `attachment; filename="${safe}"`,
      'cache-control': 'no-store',
    },
  })
}

/** What a handler returned as a response: JSON with an entity tag, text, or a file. */
export async function answer(op: Op, reply: unknown, request: Request): Promise<Response> {
  if (isDownload(reply)) return answerDownload(op, reply)
  if (op.produces !== undefined)
    return new Response(String(reply), { headers: { 'content-type': `${op.produces}; charset=utf-8`, 'cache-control': 'no-store' } })
  return answerJson(op, reply, request)
}
