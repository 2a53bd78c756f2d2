import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BinnacleError } from '../../kernel/errors.ts'
import { trusted } from '../../kernel/sql.ts'
import { ClickHouseNode } from '../clickhouse.ts'
import type { ClickHouseAddress } from '../clickhouse.ts'
import { gateHeader, readerUser, serverConfig, usersConfig, writerUser } from './clickhouse-config.ts'
import type { PrivateClickHouseSetup } from './clickhouse-config.ts'
import { freePort } from './free-port.ts'
import { endProcess, identifyProcess } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { Supervisor, usualTimes } from './supervisor.ts'
import type { Log, SupervisedEngine, SupervisorTimes } from './supervisor.ts'
import { bare } from '../../kernel/bare.ts'

export interface PrivateClickHouseOptions {
  /** The engine's folder, made if missing. */
  directory: string
  database: string
  writerPassword: string
  readerPassword: string
  /** A secret that each HTTP request must carry; without one anybody on this machine may ask as the passwordless session user. */
  gate?: string
  memoryBytes?: number
  cluster?: PrivateClickHouseSetup['cluster']
  /** The port of the native protocol; only a cluster needs one. */
  tcpPort?: number
  log: Log
  times?: SupervisorTimes
}

export interface PrivateClickHouse {
  address: ClickHouseAddress
  node: ClickHouseNode
  supervisor: Supervisor
  close(): Promise<void>
}

const libraryPackages: Record<string, string> = bare({
  'linux-x64': '@chdb/lib-linux-x64-gnu',
  'linux-arm64': '@chdb/lib-linux-arm64-gnu',
  'darwin-x64': '@chdb/lib-darwin-x64',
  'darwin-arm64': '@chdb/lib-darwin-arm64',
})

/** Where the engine's library is; throws `engine_missing` with the way to add it. */
export function findClickHouse(platform = `${process.platform}-${process.arch}`): string {
  const name = libraryPackages[platform]
  if (name !== undefined) {
    try {
      const library = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'libchdb.so')
      if (existsSync(library)) return library
    } catch {
      // Falls through to the explanation.
    }
  }
  const orServer = 'set CLICKHOUSE_URL to a ClickHouse server, such as http://user:password@host:8123'
  throw new BinnacleError('engine_missing', `The private ClickHouse for ${platform} is not installed.`, {
    cure: name === undefined ? `There is none for this platform: ${orServer}.` : `Run npm install --no-save ${name}, or ${orServer}.`,
    status: 503,
  })
}

/** Beside this module in the source tree, beside the bundle in a built package. */
function findHost(): string {
  for (const candidate of ['./clickhouse-host.mjs', '../clickhouse-host.mjs']) {
    const path = fileURLToPath(new URL(candidate, import.meta.url))
    if (existsSync(path)) return path
  }
  throw new Error('clickhouse-host.mjs is missing beside the program')
}

/** Half of the machine, at most 4 GiB; within a container's limit where there is one. */
export function defaultMemoryBytes(): number {
  const limit = process.constrainedMemory?.() ?? 0
  const machine = limit > 0 && limit < totalmem() ? limit : totalmem()
  return Math.min(Math.floor(machine / 2), 4 * 1024 ** 3)
}

// The last query never ends, which keeps the engine up; killing it ends the engine in good order.
const keepAlive = `SELECT count() FROM numbers(1000000000) WHERE sleepEachRow(0.25)
 SETTINGS max_block_size=1, max_threads=1, max_execution_time=0, function_sleep_max_microseconds_per_block=10000000000`

function writeConfiguration(options: PrivateClickHouseOptions): void {
  for (const folder of ['', 'data', 'files', 'backups']) mkdirSync(join(options.directory, folder), { recursive: true, mode: 0o700 })
  const setup: PrivateClickHouseSetup = { ...options, memoryBytes: options.memoryBytes ?? defaultMemoryBytes() }
  writeFileSync(join(options.directory, 'config.xml'), serverConfig(setup), { mode: 0o600 })
  writeFileSync(join(options.directory, 'users.xml'), usersConfig(setup), { mode: 0o600 })
}

function engineArguments(options: PrivateClickHouseOptions, port: number): string[] {
  const { directory, tcpPort } = options
  const listen = tcpPort === undefined ? '' : 'SYSTEM START LISTEN TCP; '
  return [
    '--path',
    join(directory, 'data'),
    '--config-file',
    join(directory, 'config.xml'),
    '--listen_host',
    '127.0.0.1',
    '--http_port',
    String(port),
    ...(tcpPort === undefined ? [] : ['--tcp_port', String(tcpPort)]),
    '--query',
    `${listen}SYSTEM START LISTEN HTTP; ${keepAlive}`,
  ]
}

/** What the file says of the process; null where a loss of power left half a file: then the process is gone too. */
function readIdentity(path: string): ProcessIdentity | null {
  const text = readFileSync(path, 'utf8')
  try {
    return JSON.parse(text) as ProcessIdentity
  } catch {
    return null
  }
}

async function endLeftOver(identityFile: string): Promise<void> {
  if (!existsSync(identityFile)) return
  const left = readIdentity(identityFile)
  if (left !== null) await endProcess(left, [{ signal: 'SIGKILL', waitMs: 5000 }])
  rmSync(identityFile, { force: true })
}

function defineEngine(options: PrivateClickHouseOptions, port: number, node: ClickHouseNode): SupervisedEngine {
  const identityFile = join(options.directory, 'process.json')
  const library = findClickHouse()
  const host = findHost()
  return {
    name: 'ClickHouse',
    spawn: async (): Promise<ChildProcess> => {
      await endLeftOver(identityFile)
      const child = spawn(process.execPath, [host, library, ...engineArguments(options, port)], {
        cwd: options.directory,
        // A group of its own: Ctrl-C in a terminal reaches the app, which then stops its engines in order.
        detached: true,
        stdio: ['pipe', 'ignore', 'pipe'],
        env: { PATH: process.env['PATH'], TZ: 'UTC', MALLOC_CONF: process.env['MALLOC_CONF'] },
      })
      const identity = child.pid === undefined ? null : identifyProcess(child.pid)
      if (identity !== null) writeFileSync(identityFile, JSON.stringify(identity), { mode: 0o600 })
      return child
    },
    ping: () => node.version(),
    requestStop: async () => {
      // An ending engine waits some seconds for connections that are kept open, so ours go first.
      await node.close()
      const last = new ClickHouseNode(node.address)
      await last.write(trusted(`KILL QUERY WHERE user = '' AND query LIKE '%sleepEachRow(0.25)%' ASYNC`), { maxSeconds: 2 })
      await last.close()
    },
  }
}

/** Starts a ClickHouse of our own on a loopback port and keeps it running. Throws `engine_missing` or `engine_start_failed`. */
export async function startPrivateClickHouse(options: PrivateClickHouseOptions): Promise<PrivateClickHouse> {
  writeConfiguration(options)
  const port = await freePort()
  const address: ClickHouseAddress = {
    url: `http://127.0.0.1:${port}`,
    database: options.database,
    writer: { user: writerUser, password: options.writerPassword },
    reader: { user: readerUser, password: options.readerPassword },
    ...(options.gate === undefined ? {} : { headers: { [gateHeader]: options.gate } }),
  }
  const node = new ClickHouseNode(address)
  const supervisor = new Supervisor(defineEngine(options, port, node), options.log, options.times ?? usualTimes)
  const close = async (): Promise<void> => {
    await supervisor.close()
    await node.close()
    rmSync(join(options.directory, 'process.json'), { force: true })
  }
  try {
    await supervisor.start()
    await node.createDatabase()
  } catch (error) {
    await close()
    throw error
  }
  return { address, node, supervisor, close }
}
