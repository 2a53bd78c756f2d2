import { ownError } from '../kernel/errors.ts'
import type { ApiError } from '../contract/contract.ts'

export interface ErrorLog {
  error(line: object, message: string): void
  warn(line: object, message: string): void
}

/** Details of a failure inside: SQL and addresses belong in the log, not in an answer. */
const INTERNAL = new Set(['fact_store_query_failed', 'workspace_query_failed'])

function forCaller(error: unknown, requestId: string): { status: number; body: ApiError } {
  const lookUp = `Look in the server log for request ${requestId}.`
  const own = ownError(error)
  if (own === null) {
    const body = { code: 'internal', message: 'Something went wrong in the server.', cure: lookUp, retry: false, details: { request_id: requestId } }
    return { status: 500, body: { error: body } }
  }
  const { code, message, cure, retry, status, details } = own
  if (status < 500)
    return { status: status === 499 ? 503 : status, body: { error: { code, message, cure, retry, details: { ...details, request_id: requestId } } } }
  const hidden = INTERNAL.has(code)
  return {
    status,
    body: {
      error: {
        code,
        message: hidden ? 'A query to one of the stores failed.' : message,
        cure: hidden || cure === '' ? lookUp : cure,
        retry,
        details: { request_id: requestId },
      },
    },
  }
}

/** The one shape of every error. What the person cannot mend is logged with its cause. */
export function answerError(error: unknown, requestId: string, log: ErrorLog): Response {
  const { status, body } = forCaller(error, requestId)
  const own = ownError(error)
  if (status >= 500) log.error({ err: own ?? error, details: own?.details, request_id: requestId }, 'request failed')
  const again: Record<string, string> = (status === 503 || status === 507) && body.error.retry ? { 'retry-after': '1' } : {}
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...again } })
}
