import { join } from 'node:path'
import pg from 'pg'
import { BinnacleError } from '../../kernel/errors.ts'
import { DISK_FULL } from '../clickhouse-failure.ts'
import { ClickHouseNode } from '../clickhouse.ts'
import type { ClickHouseAddress } from '../clickhouse.ts'
import type { WorkspaceAddress } from '../postgres.ts'
import { claimDataDirectory } from './data-directory.ts'
import type { DataDirectory } from './data-directory.ts'
import { startPrivateClickHouse } from './private-clickhouse.ts'
import { startPrivatePostgres } from './private-postgres.ts'
import { readDisks } from '../system-tables.ts'
import { watchServer } from './server-watch.ts'
import { checkRooms, roomOf, watchRooms } from './room.ts'
import type { Room } from './room.ts'
import { explainPlace } from './unusable.ts'
import type { EngineHealth, Log } from './supervisor.ts'

export type { EngineHealth } from './supervisor.ts'

export interface FactEngine {
  nodes: ClickHouseNode[]
  /** The name in `remote_servers` when there is more than one node. */
  cluster: string | null
  /** Throws `disk_full` when its disks have too little room to write anything new. */
  checkRoom?: () => void
}

export interface Engines {
  facts: FactEngine
  workspaceUrl: WorkspaceAddress
  directory: DataDirectory
  /** The state of both engines as it was last seen: never waits for an engine. */
  health(): { facts: EngineHealth; workspace: EngineHealth }
  /** The disks that are known of, as they were last seen. */
  rooms(): Room[]
  close(): Promise<void>
}

export interface EngineOptions {
  dataDirectory: string
  env?: NodeJS.ProcessEnv
  /** The memory that the private ClickHouse may use. */
  memoryBytes?: number
  log?: Log
}

/** A server that was named and cannot be used: where it is (never its password), why, and which variable to look at. */
function unreachable(variable: 'CLICKHOUSE_URL' | 'DATABASE_URL', where: string, error: unknown): BinnacleError {
  const { message, code } = error as Error & { code?: string }
  // A host of several addresses fails with all their errors and no message of its own.
  const why = (message || code || String(error)).replace(/\.$/, '')
  const engine = variable === 'DATABASE_URL' ? 'Postgres' : 'ClickHouse'
  return new BinnacleError('engine_unreachable', `The ${engine} that ${variable} names, ${where}, cannot be used: ${why}.`, {
    cure: `Look whether it runs, and whether host, port, user, password and database in ${variable} are right. Without ${variable} a private ${engine} is started.`,
    retry: true,
    status: 503,
    cause: error,
  })
}

interface Part<T> {
  value: T
  health(): EngineHealth
  rooms(): Room[]
  close(): Promise<void>
}

/** One address of CLICKHOUSE_URL: http(s)://user:password@host:port/database. */
export function parseClickHouseUrl(text: string, env: NodeJS.ProcessEnv): ClickHouseAddress {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new BinnacleError('engine_address_invalid', 'CLICKHOUSE_URL is not an address.', {
      cure: 'Write http://user:password@host:8123/database, several of them separated by commas for a cluster.',
    })
  }
  const writer = { user: decodeURIComponent(url.username) || 'default', password: decodeURIComponent(url.password) }
  const readerName = env['CLICKHOUSE_READER_USER']
  const reader = readerName ? { user: readerName, password: env['CLICKHOUSE_READER_PASSWORD'] ?? '' } : writer
  return { url: `${url.protocol}//${url.host}`, database: url.pathname.slice(1) || 'binnacle', writer, reader }
}

async function openFactServers(list: string, env: NodeJS.ProcessEnv): Promise<Part<FactEngine>> {
  const nodes = list.split(',').map((text) => new ClickHouseNode(parseClickHouseUrl(text.trim(), env)))
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.close()))
  }
  try {
    await Promise.all(nodes.map((node) => node.createDatabase()))
  } catch (error) {
    await close()
    throw unreachable('CLICKHOUSE_URL', nodes.map(({ address }) => address.url).join(', '), error)
  }
  const cluster = nodes.length > 1 ? (env['CLICKHOUSE_CLUSTER'] ?? 'binnacle') : null
  const ask = async (): Promise<string> => (await Promise.all(nodes.map((node) => node.version()))).join(', ')
  const watch = await watchServer(cluster === null ? 'server' : 'cluster', ask)
  const disks = await watchRooms(async () => (await Promise.all(nodes.map(readDisks))).flat(), env['BINNACLE_FREE_SPACE'])
  return {
    value: { nodes, cluster },
    health: watch.health,
    rooms: disks.rooms,
    close: async () => {
      watch.close()
      disks.close()
      await close()
    },
  }
}

async function startFacts(options: EngineOptions, directory: DataDirectory, log: Log): Promise<Part<FactEngine>> {
  const env = options.env ?? process.env
  const list = env['CLICKHOUSE_URL']
  if (list) return openFactServers(list, env)
  const engine = await startPrivateClickHouse({
    directory: join(directory.path, 'clickhouse'),
    database: 'binnacle',
    writerPassword: directory.secret('clickhouse-writer'),
    readerPassword: directory.secret('clickhouse-reader'),
    gate: directory.secret('clickhouse-gate'),
    memoryBytes: options.memoryBytes,
    log,
  })
  return {
    value: { nodes: [engine.node], cluster: null },
    health: () => engine.supervisor.health(),
    rooms: roomOf(directory.path, env['BINNACLE_FREE_SPACE']).rooms,
    close: engine.close,
  }
}

/** Host and port of a URL. */
function placeOf(connectionString: string): string {
  try {
    return new URL(connectionString).host || 'a socket'
  } catch {
    return 'no address: write postgres://user:password@host:5432/database'
  }
}

async function startWorkspace(options: EngineOptions, directory: DataDirectory, log: Log): Promise<Part<WorkspaceAddress>> {
  const env = options.env ?? process.env
  const connectionString = env['DATABASE_URL']
  if (!connectionString) {
    const { rooms } = roomOf(directory.path, env['BINNACLE_FREE_SPACE'])
    const engine = await startPrivatePostgres({ directory: join(directory.path, 'postgres'), log })
    return { value: engine.address, health: () => engine.supervisor.health(), rooms, close: engine.close }
  }
  const ask = async (): Promise<string> => {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, query_timeout: 5000 })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<{ server_version: string }>('SHOW server_version')).rows[0]?.server_version ?? ''
    } finally {
      await client.end()
    }
  }
  await ask().catch((error: unknown) => {
    throw unreachable('DATABASE_URL', placeOf(connectionString), error)
  })
  const watch = await watchServer('server', ask)
  return { value: { connectionString }, health: watch.health, rooms: () => [], close: async () => watch.close() }
}

/**
 * Claims the data directory and opens both stores: private engines, started and watched as child processes, or the
 * servers that CLICKHOUSE_URL and DATABASE_URL name. Throws `data_directory_in_use`, `engine_missing`, `engine_start_failed`, `engine_unreachable`.
 */
export async function startEngines(options: EngineOptions): Promise<Engines> {
  const log = options.log ?? (() => undefined)
  const directory = await claimDataDirectory(options.dataDirectory).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? new BinnacleError('disk_full', `The disk of ${options.dataDirectory} is full.`, { ...DISK_FULL, cause: error })
      : error
  })
  const [facts, workspace] = await Promise.allSettled([startFacts(options, directory, log), startWorkspace(options, directory, log)])
  if (facts.status === 'rejected' || workspace.status === 'rejected') {
    for (const part of [facts, workspace]) if (part.status === 'fulfilled') await part.value.close()
    directory.release()
    throw explainPlace(facts.status === 'rejected' ? facts.reason : (workspace as PromiseRejectedResult).reason, directory.path)
  }
  // Both private engines lie on one disk.
  const rooms = (): Room[] => [...new Map([...facts.value.rooms(), ...workspace.value.rooms()].map((room) => [room.place, room])).values()]
  return {
    facts: { ...facts.value.value, checkRoom: () => checkRooms(rooms()) },
    workspaceUrl: workspace.value.value,
    directory,
    health: () => ({ facts: facts.value.health(), workspace: workspace.value.health() }),
    rooms,
    close: async () => {
      await Promise.allSettled([facts.value.close(), workspace.value.close()])
      directory.release()
    },
  }
}
