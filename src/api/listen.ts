import { serve } from '@hono/node-server'
import type { ServerType } from '@hono/node-server'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BinnacleError } from '../kernel/errors.ts'

export interface Listening {
  readonly address: string
  /** Takes no new requests, lets those under way end for so long, then cuts them off. */
  drain(withinMs: number): Promise<void>
}

const HOST = '127.0.0.1'
/** A large file may take longer to arrive than Node's usual five minutes. */
const NO_LIMIT = 0

function open(fetch: (request: Request) => Response | Promise<Response>, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: HOST, port, overrideGlobalObjects: false, serverOptions: { requestTimeout: NO_LIMIT } }, () => {
      server.off('error', reject)
      resolve(server)
    })
    server.once('error', reject)
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
  let server: ServerType
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
    drain: (withinMs) =>
      new Promise((resolve) => {
        const http = server as Server
        const timer = setTimeout(() => http.closeAllConnections(), withinMs)
        http.close(() => {
          clearTimeout(timer)
          resolve()
        })
        http.closeIdleConnections()
      }),
  }
}
