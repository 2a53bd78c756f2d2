import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { BinnacleError } from '../../kernel/errors.ts'
import { explainWorkspaceFailure } from '../postgres-failure.ts'
import type { WorkspaceAddress } from '../postgres.ts'
import { preparePostgres } from './postgres-launch.ts'
import type { LaunchKind, PostgresLaunch } from './postgres-launch.ts'
import { endLeftOverPostgres } from './postgres-left-over.ts'
import { chooseSocketDirectory } from './postgres-socket.ts'
import { Supervisor, usualTimes } from './supervisor.ts'
import type { Log, SupervisedEngine, SupervisorTimes } from './supervisor.ts'
import { bare } from '../../kernel/bare.ts'

export interface PrivatePostgresOptions {
  /** The engine's folder, made if missing. */
  directory: string
  log: Log
  /** How to get away from root, where the machine's own answer is not wanted. */
  launch?: LaunchKind
  times?: SupervisorTimes
}

export interface PrivatePostgres {
  address: WorkspaceAddress
  supervisor: Supervisor
  close(): Promise<void>
}

const owner = 'binnacle'
const port = 5432

/**
 * Runs the engine and ends it when stdin, which the app holds, closes: so a killed app leaves no engine behind.
 * The fast shutdown first; where it does not come to an end, the hard one, from which the next start recovers.
 */
const watch = `umask 077
exec 3<&0
"$@" </dev/null 3<&- &
engine=$!
(
  exec >/dev/null 2>&1
  while read -r _; do :; done <&3
  kill -INT $engine
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -0 $engine || exit 0; sleep 0.1; done
  kill -KILL $engine
) &
watcher=$!
wait $engine
code=$?
kill $watcher 2>/dev/null
exit $code
`

const settings: Record<string, string> = bare({
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '64MB',
  max_connections: '50',
  work_mem: '8MB',
  max_wal_size: '512MB',
  max_worker_processes: '4',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  idle_in_transaction_session_timeout: '60s',
})

function spawnWatched(launch: PostgresLaunch, argv: readonly string[], cwd: string): ChildProcess {
  return spawn('/bin/sh', ['-c', watch, 'postgres', ...launch.wrap(argv)], {
    ...launch.identity,
    cwd,
    // A group of its own: Ctrl-C in a terminal reaches the app, which then stops its engines in order.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], TZ: 'UTC' },
  })
}

/** Makes the cluster beside its place and moves it in whole: a first start that is killed leaves nothing half made. */
async function initialise(launch: PostgresLaunch, directory: string, dataPath: string): Promise<void> {
  if (existsSync(join(dataPath, 'PG_VERSION'))) return
  if (existsSync(dataPath) && (!statSync(dataPath).isDirectory() || readdirSync(dataPath).length > 0))
    throw explainWorkspaceFailure(Object.assign(new Error(`${join(dataPath, 'PG_VERSION')} is missing`), { code: '58P01' }))
  const draft = `${dataPath}.new`
  rmSync(draft, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  mkdirSync(draft, { mode: 0o700 })
  if (launch.identity.uid !== undefined) chownSync(draft, launch.identity.uid, launch.identity.gid ?? launch.identity.uid)
  const command = [launch.initdb, '--auth=trust', '-U', owner, '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '-D', draft]
  const child = spawnWatched(launch, command, directory)
  const said = child.stderr === null ? Promise.resolve('') : text(child.stderr)
  const [code] = (await once(child, 'exit')) as [number | null]
  child.stdin?.destroy()
  if (code !== 0) {
    throw new BinnacleError('engine_start_failed', `The private Postgres could not be set up: ${(await said).trim()}`, {
      cure: 'The data directory must be writable and its disk not full.',
      status: 503,
    })
  }
  renameSync(draft, dataPath)
}

/** Damaged files are said as such: waiting for the engine does not help then. */
function damageOr(error: unknown): unknown {
  const explained = explainWorkspaceFailure(error)
  return explained.code === 'workspace_damaged' ? explained : error
}

/** Keeps one connection for asking whether the engine answers, so that asking every second starts no process. */
class Pulse {
  readonly #address: WorkspaceAddress
  #client: pg.Client | null = null
  #asking = false

  constructor(address: WorkspaceAddress) {
    this.#address = address
  }

  async ask(): Promise<string> {
    if (this.#asking) this.drop()
    const client = this.#client ?? (await this.#connect())
    this.#asking = true
    try {
      const answer = await client.query<{ server_version: string }>('SHOW server_version')
      return answer.rows[0]?.server_version ?? ''
    } catch (error) {
      this.drop()
      throw damageOr(error)
    } finally {
      this.#asking = false
    }
  }

  /** Forgets the connection without waiting: an engine that hangs never says goodbye. */
  drop(): void {
    const client = this.#client
    this.#client = null
    this.#asking = false
    client?.end().catch(() => undefined)
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#address, database: 'postgres', connectionTimeoutMillis: 2000, query_timeout: 2500 })
    client.on('error', () => {
      if (this.#client === client) this.#client = null
    })
    await client.connect().catch((error: unknown) => {
      throw damageOr(error)
    })
    this.#client = client
    return client
  }

  async createDatabase(name: string): Promise<void> {
    await this.ask()
    const found = await this.#client?.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found?.rowCount === 0) await this.#client?.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  }
}

function defineEngine(launch: PostgresLaunch, dataPath: string, socket: string, pulse: Pulse): SupervisedEngine {
  const command = [
    launch.postgres,
    '-D',
    dataPath,
    '-k',
    socket,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  return {
    name: 'Postgres',
    spawn: async (): Promise<ChildProcess> => {
      pulse.drop()
      await endLeftOverPostgres(dataPath, join(socket, `.s.PGSQL.${port}.lock`))
      return spawnWatched(launch, command, dataPath)
    },
    ping: () => pulse.ask(),
    requestStop: async (child) => {
      pulse.drop()
      child.stdin?.end()
    },
  }
}

const ATTEMPTS = 8

/**
 * Starts the engine under a supervisor. An app that was killed in the very moment it started Postgres leaves a watcher
 * whose engine appears only after left-overs were looked for; it ends within seconds, and then there is room.
 */
async function startSupervised(make: () => Supervisor): Promise<Supervisor> {
  for (let attempt = 1; ; attempt++) {
    const supervisor = make()
    try {
      await supervisor.start()
      return supervisor
    } catch (error) {
      await supervisor.close()
      const occupied = error instanceof Error && error.message.includes('"postmaster.pid" already exists')
      if (!occupied || attempt === ATTEMPTS) throw error
      await pause(500)
    }
  }
}

/** Starts a Postgres of our own, reachable by a unix socket alone, and keeps it running. Throws `engine_missing` or `engine_start_failed`. */
export async function startPrivatePostgres(options: PrivatePostgresOptions): Promise<PrivatePostgres> {
  const { directory } = options
  const launch = await preparePostgres(directory, options.launch)
  const dataPath = join(directory, 'data')
  await initialise(launch, directory, dataPath)
  const socket = chooseSocketDirectory(directory, launch.identity)
  const address: WorkspaceAddress = { host: socket, port, user: owner, database: owner }
  const pulse = new Pulse(address)
  let supervisor: Supervisor | null = null
  const close = async (): Promise<void> => {
    await supervisor?.close()
    pulse.drop()
    rmSync(socket, { recursive: true, force: true })
  }
  try {
    supervisor = await startSupervised(() => new Supervisor(defineEngine(launch, dataPath, socket, pulse), options.log, options.times ?? usualTimes))
    await pulse.createDatabase(owner)
    return { address, supervisor, close }
  } catch (error) {
    await close()
    throw damageOr(error)
  }
}
