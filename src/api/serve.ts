import { Hono } from 'hono'
import type { Context } from 'hono'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'
import { z } from 'zod'
import type { Op } from '../contract/op.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { WHOLE_COMPANY } from '../metrics/kit/asker.ts'
import { answer } from './answer.ts'
import { answerError } from './answer-error.ts'
import { guard } from './guard.ts'
import { pairHandlers } from './handler.ts'
import type { AnyHandler } from './handler.ts'
import { openApiDocument } from './openapi.ts'
import { readRequest } from './read-request.ts'

export interface ServerLog {
  debug(line: object, message: string): void
  warn(line: object, message: string): void
  error(line: object, message: string): void
}

export interface ServeOptions {
  readonly contract: Record<string, Op>
  readonly handlers: object
  readonly version: string
  readonly log: ServerLog
  /** A name for each request, for the log and the answer. */
  readonly makeRequestId: () => string
  /** Answers what is no operation: the files and pages of the web app. */
  readonly webApp?: ((request: Request) => Response | null) | undefined
  /** Throws when nothing new may be written. */
  readonly checkRoom?: (() => void) | undefined
  /** Answers are checked against the contract too: in tests and development. */
  readonly checkAnswers?: boolean | undefined
}

interface Env {
  Variables: { requestId: string }
}

const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // Positions and sizes are set as style attributes; scripts stay strict.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
  // Loopback without TLS.
  strictTransportSecurity: false,
  crossOriginResourcePolicy: 'same-origin',
  crossOriginOpenerPolicy: 'same-origin',
})

function runOperation(op: Op, handler: AnyHandler, options: ServeOptions) {
  return async (c: Context<Env>): Promise<Response> => {
    if (op.method !== 'GET' && op.makesRoom !== true) options.checkRoom?.()
    const received = await readRequest(op, c.req.raw, c.req.param() as Record<string, string>)
    const length = c.req.header('content-length')
    const reply = await handler(received, {
      request_id: c.get('requestId'),
      // There are no people yet: whoever may use the server may be told everything.
      asker: WHOLE_COMPANY,
      signal: c.req.raw.signal,
      content_length: length === undefined ? undefined : Number(length),
    })
    if (options.checkAnswers === true && op.produces === undefined) z.parse(op.response, reply)
    return answer(op, reply, c.req.raw)
  }
}

const toHonoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

function addOperations(app: Hono<Env>, options: ServeOptions): void {
  const methods = new Map<string, string[]>()
  for (const { op, handler } of pairHandlers(options.contract, options.handlers)) {
    const path = toHonoPath(op.path)
    app.on(op.method, path, runOperation(op, handler, options))
    methods.set(path, [...(methods.get(path) ?? []), op.method])
  }
  for (const [path, allowed] of methods)
    app.all(path, (c) => {
      const error = new BinnacleError('method_not_allowed', `${c.req.method} is not possible here.`, { cure: `Use ${allowed.join(' or ')}.`, status: 405 })
      const response = answerError(error, c.get('requestId'), options.log)
      response.headers.set('allow', allowed.join(', '))
      return response
    })
}

const noSuchAddress = (path: string): BinnacleError =>
  new BinnacleError('no_such_address', `There is nothing at ${path}.`, { cure: 'The operations are listed in /openapi.json.', status: 404 })

/** The HTTP API of a contract and the web app beside it, as one `fetch`. Throws when contract and handlers do not fit. */
export function serveContract(options: ServeOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    const requestId = options.makeRequestId()
    c.set('requestId', requestId)
    const began = performance.now()
    await next()
    c.res.headers.set('x-request-id', requestId)
    const ms = Math.round(performance.now() - began)
    options.log.debug({ request_id: requestId, method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request')
  })
  app.use(securityHeaders)
  app.use(compress())
  app.use(async (c, next) => {
    guard(c.req.raw)
    await next()
  })
  addOperations(app, options)
  const document = JSON.stringify(openApiDocument(options.contract, options.version))
  app.get('/openapi.json', (c) => c.body(document, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' }))
  app.notFound((c) => {
    const isApi = c.req.path.startsWith('/api/')
    return (isApi ? null : options.webApp?.(c.req.raw)) ?? answerError(noSuchAddress(c.req.path), c.get('requestId'), options.log)
  })
  app.onError((error, c) => answerError(error, c.get('requestId'), options.log))
  return app
}
