import { getRequestListener } from '@hono/node-server'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BinnacleError } from '../kernel/errors.ts'

export interface Listening {
  readonly address: string
  /** How long each part of a request may take to arrive; 0: no limit. */
  readonly limits: { readonly headersMs: number; readonly keepAliveMs: number; readonly requestMs: number }
  /** Takes no new requests, lets those under way end for so long, then cuts them off. */
  drain(withinMs: number): Promise<void>
}

const HOST = '127.0.0.1'
/** A large file may take longer to arrive than Node's usual five minutes; each part of a request has a limit of its own instead. */
const NO_LIMIT = 0
const HEADERS_MS = 20_000
const KEEP_ALIVE_MS = 30_000
/** Who sends a body that nobody wants has so long to stop and read why. */
const LINGER_MS = 30_000

/**
 * A client that still sends reads the answer only when it has sent all, and not at all when the connection is reset under it.
 * So what is left of a body that nobody reads is taken in and thrown away, for a while, before the answer ends.
 */
function linger(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const end = outgoing.end.bind(outgoing) as (...parameters: unknown[]) => ServerResponse
  outgoing.end = ((...parameters: unknown[]) => {
    if (incoming.complete || incoming.destroyed) return end(...parameters)
    const [chunk, encoding] = parameters
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) outgoing.write(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    const finish = (): void => {
      clearTimeout(cutOff)
      incoming.off('end', finish)
      incoming.off('close', finish)
      end()
    }
    const cutOff = setTimeout(finish, LINGER_MS).unref()
    incoming.on('end', finish)
    incoming.on('close', finish)
    // Reading the rest of the body would hold the answer up.
    incoming.removeAllListeners('data')
    incoming.resume()
    return outgoing
  }) as typeof outgoing.end
}

function open(fetch: (request: Request) => Response | Promise<Response>, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const listener = getRequestListener(fetch, { overrideGlobalObjects: false })
    const limits = { requestTimeout: NO_LIMIT, headersTimeout: HEADERS_MS, keepAliveTimeout: KEEP_ALIVE_MS, connectionsCheckingInterval: 5000 }
    const server = createServer(limits, (incoming, outgoing) => {
      linger(incoming, outgoing)
      void listener(incoming, outgoing)
    })
    server.once('error', reject)
    server.listen(port, HOST, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

/**
 * Listens on the loopback interface only. Without a port: on the usual one, or on any that is free when it is taken.
 * Throws `port_in_use` when the port that was asked for is taken.
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  ports: { wanted: number | undefined; usual: number },
): Promise<Listening> {
  let server: Server
  try {
    server = await open(fetch, ports.wanted ?? ports.usual)
  } catch (error) {
    if (!isTaken(error)) throw error
    if (ports.wanted !== undefined)
      throw new BinnacleError('port_in_use', `Port ${ports.wanted} is taken by another program.`, {
        cure: 'Give another with --port, or 0 for any that is free.',
        status: 409,
        cause: error,
      })
    server = await open(fetch, 0)
  }
  const { port } = server.address() as AddressInfo
  return {
    address: `http://${HOST}:${port}`,
    limits: { headersMs: server.headersTimeout, keepAliveMs: server.keepAliveTimeout, requestMs: server.requestTimeout },
    drain: (withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), withinMs)
        server.close(() => {
          clearTimeout(timer)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
