import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import pg from 'pg'
import { param, sql } from '../../src/kernel/sql.ts'
import { openWorkspacePool } from '../../src/stores/postgres.ts'
import { readHolder } from '../../src/stores/engines/data-directory.ts'
import { startEngines } from '../../src/stores/engines/engines.ts'
import type { EngineHealth } from '../../src/stores/engines/engines.ts'
import { startPrivateClickHouse } from '../../src/stores/engines/private-clickhouse.ts'
import { startPrivatePostgres } from '../../src/stores/engines/private-postgres.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import type { Supervisor } from '../../src/stores/engines/supervisor.ts'
import { usualTimes } from '../../src/stores/engines/supervisor.ts'
import { temporaryFolder } from './engines.ts'

const patience = 30_000
const memoryBytes = 1024 ** 3
const quick = { ...usualTimes, pingEveryMs: 100, pingTimeoutMs: 400, missedPings: 3, stopMs: 6000 }
const silent = (): void => undefined

const cleanups: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function folder(): string {
  const made = temporaryFolder()
  cleanups.push(made.remove)
  return made.path
}

/** The processes of this machine that work in or below a folder, by their working directory. */
function processesIn(path: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(path) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
      } catch {
        return false
      }
    })
    .map(Number)
}

const waitForHealth = (supervisor: Supervisor, fits: (health: EngineHealth) => boolean): Promise<boolean> => waitFor(() => fits(supervisor.health()), patience)

function pidOf(supervisor: Supervisor): number {
  const { pid } = supervisor
  if (pid === undefined) throw new Error('the engine does not run')
  return pid
}

async function startClickHouse() {
  const directory = folder()
  const engine = await startPrivateClickHouse({
    directory,
    database: 'binnacle',
    writerPassword: 'w',
    readerPassword: 'r',
    gate: 'g',
    memoryBytes,
    log: silent,
    times: quick,
  })
  cleanups.push(engine.close)
  return { ...engine, directory }
}

async function startPostgres(directory = folder()) {
  const engine = await startPrivatePostgres({ directory, log: silent, times: quick })
  cleanups.push(engine.close)
  const pool = openWorkspacePool(engine.address)
  cleanups.push(() => pool.end())
  return { ...engine, directory, pool }
}

describe('the private ClickHouse', () => {
  test('comes back at the same address after kill -9, with what was acknowledged', async () => {
    const { node, supervisor } = await startClickHouse()
    await node.write(sql`CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a`)
    await node.insertRows('t', [{ a: 1 }, { a: 2 }])
    process.kill(pidOf(supervisor), 'SIGKILL')
    expect(await waitForHealth(supervisor, ({ state }) => state !== 'up')).toBe(true)
    expect(await waitForHealth(supervisor, ({ state, restarts }) => state === 'up' && restarts === 1)).toBe(true)
    expect(await node.read(sql`SELECT count() AS rows FROM t`)).toEqual([{ rows: '2' }])
  })

  test('is replaced when it hangs, and says that it is down meanwhile', async () => {
    const { node, supervisor } = await startClickHouse()
    const hung = pidOf(supervisor)
    process.kill(hung, 'SIGSTOP')
    expect(await waitForHealth(supervisor, ({ state }) => state === 'down')).toBe(true)
    expect(await waitForHealth(supervisor, ({ state, restarts }) => state === 'up' && restarts === 1)).toBe(true)
    expect(pidOf(supervisor)).not.toBe(hung)
    expect(await node.ping()).toBe(true)
  })

  test('says that it cannot be reached while it is away', async () => {
    const { node, supervisor } = await startClickHouse()
    await supervisor.close()
    await expect(node.read(sql`SELECT 1`)).rejects.toMatchObject({ code: 'fact_store_unreachable', retry: true })
  })

  test('answers nobody who does not know its secrets', async () => {
    const { address } = await startClickHouse()
    const ask = (headers: Record<string, string>) => fetch(`${address.url}/?query=SELECT+1`, { headers })
    expect((await ask({})).status).toBe(404)
    expect((await ask({ ...address.headers, 'X-ClickHouse-User': 'binnacle', 'X-ClickHouse-Key': 'guess' })).status).toBe(403)
    expect((await ask({ ...address.headers, 'X-ClickHouse-User': 'binnacle', 'X-ClickHouse-Key': 'w' })).status).toBe(200)
  })
})

describe('the private Postgres', () => {
  test('comes back after kill -9 of the engine, with what was acknowledged', async () => {
    const { pool, supervisor, directory } = await startPostgres()
    await pool.query('CREATE TABLE t (a int)')
    await pool.query('INSERT INTO t VALUES (1), (2)')
    const postmaster = Number.parseInt(readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8'), 10)
    process.kill(postmaster, 'SIGKILL')
    expect(await waitForHealth(supervisor, ({ state, restarts }) => state === 'up' && restarts === 1)).toBe(true)
    expect((await pool.query('SELECT count(*)::int AS rows FROM t')).rows).toEqual([{ rows: 2 }])
  })

  test('comes back after kill -9 of its watcher', async () => {
    const { pool, supervisor } = await startPostgres()
    process.kill(pidOf(supervisor), 'SIGKILL')
    expect(await waitForHealth(supervisor, ({ state, restarts }) => state === 'up' && restarts === 1)).toBe(true)
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  test('is replaced when it hangs', async () => {
    const { supervisor, directory } = await startPostgres()
    const postmaster = Number.parseInt(readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8'), 10)
    for (const pid of processesIn(join(directory, 'data'))) process.kill(pid, 'SIGSTOP')
    expect(await waitForHealth(supervisor, ({ state }) => state === 'down')).toBe(true)
    expect(await waitForHealth(supervisor, ({ state, restarts }) => state === 'up' && restarts >= 1)).toBe(true)
    expect(processesIn(directory)).not.toContain(postmaster)
  })

  test('keeps its socket where its path is short enough and nobody else may look', async () => {
    const deep = join(folder(), 'a-folder-with-a-rather-long-name'.repeat(3))
    const { address, pool } = await startPostgres(deep)
    expect(address.host?.startsWith(deep)).toBe(false)
    expect(statSync(address.host ?? '').mode & 0o777).toBe(0o700)
    expect((await pool.query('SHOW listen_addresses')).rows).toEqual([{ listen_addresses: '' }])
  })

  test.runIf(process.getuid?.() === 0)('runs as another user where root may not make a user namespace', async () => {
    const parent = folder()
    const engine = await startPrivatePostgres({ directory: join(parent, 'postgres'), log: silent, launch: 'other-user' })
    cleanups.push(engine.close)
    const client = new pg.Client(engine.address)
    await client.connect()
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await client.end()
    expect(statSync(join(parent, 'postgres', 'data')).uid).toBe(65534)
  })
})

describe('an app that is killed', () => {
  async function startApp(dataDirectory: string): Promise<ChildProcess> {
    const app = spawn(process.execPath, ['test/engines/run-source.mjs', 'test/engines/parent.ts', dataDirectory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    cleanups.push(() => void app.kill('SIGKILL'))
    const [said] = await once(app.stdout!, 'data')
    expect(String(said)).toBe('up\n')
    return app
  }

  test('leaves no process behind, and the next one takes over its directory and data', async () => {
    const dataDirectory = folder()
    const app = await startApp(dataDirectory)
    expect(processesIn(dataDirectory).length).toBeGreaterThan(2)
    expect(readHolder(dataDirectory)).toEqual({ pid: app.pid, address: 'http://127.0.0.1:7777' })
    await expect(startEngines({ dataDirectory, env: {} })).rejects.toMatchObject({
      code: 'data_directory_in_use',
      details: { pid: app.pid, address: 'http://127.0.0.1:7777' },
    })

    app.kill('SIGKILL')
    await once(app, 'exit')
    expect(await waitFor(() => processesIn(dataDirectory).length === 0, patience)).toBe(true)
    expect(readHolder(dataDirectory)).toBeNull()

    const engines = await startEngines({ dataDirectory, env: {}, memoryBytes })
    cleanups.push(engines.close)
    expect(await engines.facts.nodes[0]?.read(sql`SELECT ${param('UInt8', 1)} AS one`)).toEqual([{ one: 1 }])
    expect(engines.health()).toMatchObject({ facts: { state: 'up', restarts: 0 }, workspace: { state: 'up', restarts: 0 } })
  })

  test('together with both watchers still lets the next one start', async () => {
    const dataDirectory = folder()
    const app = await startApp(dataDirectory)
    const postmaster = Number.parseInt(readFileSync(join(dataDirectory, 'postgres', 'data', 'postmaster.pid'), 'utf8'), 10)
    for (const pid of processesIn(dataDirectory)) process.kill(pid, 'SIGSTOP')
    app.kill('SIGKILL')
    await once(app, 'exit')
    expect(processesIn(dataDirectory)).toContain(postmaster)

    const engines = await startEngines({ dataDirectory, env: {}, memoryBytes })
    cleanups.push(engines.close)
    expect(engines.health()).toMatchObject({ facts: { state: 'up' }, workspace: { state: 'up' } })
    expect(processesIn(dataDirectory)).not.toContain(postmaster)
  })
})
