import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { defaultMemoryBytes, startPrivateClickHouse } from '../src/stores/engines/private-clickhouse.ts'
import type { PrivateClickHouse } from '../src/stores/engines/private-clickhouse.ts'
import { startPrivatePostgres } from '../src/stores/engines/private-postgres.ts'
import type { PrivatePostgres } from '../src/stores/engines/private-postgres.ts'

/** Everything a run needs, in a temporary folder of its own: engines, the product as a process, a Postgres to compare with. */
export interface House {
  readonly folder: string
  readonly clickhouse: PrivateClickHouse
  /** Holds the product's workspace. */
  readonly postgres: PrivatePostgres
  /** Holds the plain tables and nothing else. */
  readonly plain: pg.Client
  readonly app: { readonly address: string; readonly process: ChildProcess }
  close(): Promise<void>
}

const silent = (): void => undefined
/** What the engines' supervisors said last: shown when a run fails. */
const said: object[] = []
const keep =
  (engine: string) =>
  (line: object): void => {
    said.push({ engine, at: new Date().toISOString(), ...line })
    if (said.length > 20) said.shift()
  }
export const lastSaid = (): string => said.map((line) => JSON.stringify(line)).join('\n')
const WRITES = 'writes'
const READS = 'reads'

function environment(clickhouse: PrivateClickHouse, postgres: PrivatePostgres): NodeJS.ProcessEnv {
  const { address } = clickhouse
  const url = new URL(address.url)
  return {
    ...process.env,
    CLICKHOUSE_URL: `${url.protocol}//${address.writer.user}:${WRITES}@${url.host}/${address.database}`,
    CLICKHOUSE_READER_USER: address.reader.user,
    CLICKHOUSE_READER_PASSWORD: READS,
    DATABASE_URL: `postgres://binnacle@${encodeURIComponent(postgres.address.host ?? '')}:${postgres.address.port}/binnacle`,
    BINNACLE_LOG: 'error',
  }
}

async function startApp(folder: string, env: NodeJS.ProcessEnv): Promise<House['app']> {
  const program = fileURLToPath(new URL('../bin/binnacle.mjs', import.meta.url))
  const child = spawn(process.execPath, [program, 'start', '--port', '0', '--data', join(folder, 'data')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /https?:\/\/\S+/.exec(line)?.[0]
    if (address !== undefined) return { address, process: child }
  }
  throw new Error('the server ended before it was there')
}

async function stopApp({ process: child }: House['app']): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Days as text and sums as text, so that both stores are compared digit by digit where it matters. */
async function openPlain(server: PrivatePostgres): Promise<pg.Client> {
  pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
  const client = new pg.Client(server.address)
  // A lost connection fails the query that waits for it; nobody listens in between.
  client.on('error', silent)
  await client.connect()
  // What a careful owner would set for such questions on this machine.
  await client.query(`SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET effective_cache_size = '4GB'; SET random_page_cost = 1.1; SET jit = off`)
  return client
}

export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'binnacle-bench-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  process.once('exit', remove)
  const closing: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (const step of closing.reverse()) await step().catch(silent)
    remove()
    process.off('exit', remove)
  }
  const kept = <T>(value: T, end: (value: T) => Promise<unknown>): T => {
    closing.push(() => end(value))
    return value
  }
  try {
    const clickhouse = kept(
      await startPrivateClickHouse({
        directory: join(folder, 'clickhouse'),
        database: 'binnacle',
        writerPassword: WRITES,
        readerPassword: READS,
        memoryBytes: defaultMemoryBytes(),
        log: keep('ClickHouse'),
      }),
      (engine) => engine.close(),
    )
    const postgres = kept(await startPrivatePostgres({ directory: join(folder, 'postgres'), log: keep('Postgres (workspace)') }), (engine) => engine.close())
    const server = kept(await startPrivatePostgres({ directory: join(folder, 'plain'), log: keep('Postgres (plain)') }), (engine) => engine.close())
    const plain = kept(await openPlain(server), (client) => client.end())
    const app = kept(await startApp(folder, environment(clickhouse, postgres)), stopApp)
    return { folder, clickhouse, postgres, plain, app, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Asks the engine itself, as the user who writes. */
export async function askEngine({ clickhouse }: House, query: string, body?: ReadableStream<Uint8Array>): Promise<Response> {
  const { address } = clickhouse
  const url = new URL(address.url)
  const settings = {
    database: address.database,
    user: address.writer.user,
    password: WRITES,
    wait_end_of_query: '1',
    async_insert: '0',
    date_time_input_format: 'best_effort',
    output_format_json_quote_decimals: '1',
    max_execution_time: '0',
  }
  for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value)
  if (body !== undefined) url.searchParams.set('query', query)
  const response = await fetch(url, { method: 'POST', body: body ?? query, ...(body === undefined ? {} : { duplex: 'half' }) } as RequestInit)
  if (!response.ok) throw new Error(`ClickHouse: ${(await response.text()).slice(0, 1000)}\n${query.slice(0, 2000)}`)
  return response
}
