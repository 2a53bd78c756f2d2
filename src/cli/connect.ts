import { setTimeout as pause } from 'node:timers/promises'
import { makeClient } from '../contract/client.ts'
import type { Routes } from '../contract/client.ts'
import { contract } from '../contract/contract.ts'
import type { BinnacleClient } from '../contract/contract.ts'
import type { Op } from '../contract/op.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { composeApp, makeLog, openStores } from '../main.ts'
import { readHolder } from '../stores/engines/data-directory.ts'
import { printNote } from './output.ts'

export interface Connection {
  readonly client: BinnacleClient
  /** Address of the server that answers; null when this process does. */
  readonly server: string | null
  close(): Promise<void>
}

const routes: Routes = Object.fromEntries(
  Object.entries(contract as Record<string, Op>).map(([name, { method, path, produces }]) => [
    name,
    produces === undefined ? [method, path] : [method, path, produces],
  ]),
)

function connectTo(address: string): Connection {
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(url, init)
    } catch (error) {
      throw new BinnacleError('server_unreachable', `The server at ${address} does not answer.`, {
        cure: 'Look whether it is still running, and try again.',
        retry: true,
        status: 503,
        cause: error,
      })
    }
  }
  return { client: makeClient(routes, address.replace(/\/$/, ''), send), server: address, close: async () => undefined }
}

/** The same app without a listener, for this one command. */
async function connectInProcess(dataDirectory: string): Promise<Connection> {
  const stores = await openStores({ dataDirectory, log: makeLog('warn') })
  try {
    const app = composeApp(stores)
    await app.ready
    const client = makeClient(routes, 'http://localhost', (url, init) => app.fetch(new Request(url, init)))
    const close = async (): Promise<void> => {
      await app.close()
      await stores.close()
    }
    return { client, server: null, close }
  } catch (error) {
    await stores.close()
    throw error
  }
}

const LONGEST_WAIT_MS = 30_000

/**
 * The server that holds the data directory, or else the app in this process. A holder that serves no address yet is
 * starting, or another command: it is waited for.
 */
export async function connect(dataDirectory: string): Promise<Connection> {
  for (let waited = 0; ; waited += 200) {
    const holder = readHolder(dataDirectory)
    if (holder?.address !== undefined) return connectTo(holder.address)
    if (holder === null || waited >= LONGEST_WAIT_MS) return connectInProcess(dataDirectory)
    if (waited === 0) printNote(`Waiting for process ${holder.pid}, which holds ${dataDirectory} ...`)
    await pause(200)
  }
}

/** Runs one command over a connection, which is closed whatever happens. */
export async function withConnection<T>(dataDirectory: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connect(dataDirectory)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}
