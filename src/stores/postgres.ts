import pg from 'pg'
import { Line } from '../kernel/line.ts'
import { explainWorkspaceFailure } from './postgres-failure.ts'

/** What a pg.Pool takes: a URL, or the private engine's socket directory as `host`. */
export interface WorkspaceAddress {
  connectionString?: string
  host?: string
  port?: number
  user?: string
  database?: string
}

interface PoolOptions {
  readonly max?: number
  /** The engine ends a statement after so long; 0: never. */
  readonly statementMs?: number
}

const CONNECT_MS = 10_000
/** Whoever finds all connections in use waits so long for one. */
const LONGEST_WAIT_MS = 60_000
const STATEMENT_MS = 30_000
/** Rows that another statement holds are waited for so long. */
const ROW_LOCK_MS = 10_000
/** The engine keeps the limit of a statement; ours, so much later, is for an engine that does not answer. */
const GRACE_MS = 5000
/** Work under way when the pool is closed gets so long to end. */
const CLOSE_MS = 1000

const textOf = (query: unknown): string | undefined =>
  typeof query === 'string' ? query : typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : undefined

/** Whoever holds a connection when the pool is closed is waited for a moment, then cut off. */
function endInTime(pool: pg.Pool, open: ReadonlySet<pg.PoolClient>): void {
  const end = pool.end.bind(pool) as () => Promise<void>
  pool.end = (async () => {
    let timer: NodeJS.Timeout | undefined
    const cutOff = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        for (const client of open) client.end().catch(() => undefined)
        resolve()
      }, CLOSE_MS)
    })
    await Promise.race([end(), cutOff])
    clearTimeout(timer)
  }) as typeof pool.end
}

/** The pool's own queue ends with the limit on connecting, and a busy moment is no broken engine: those who wait stand in a line before it. */
function queueBefore(pool: pg.Pool, max: number): void {
  const line = new Line(max)
  const enter = async (): Promise<() => void> => line.tryEnter() ?? line.enter({ signal: AbortSignal.timeout(LONGEST_WAIT_MS) })
  const ask = pool.query.bind(pool) as (...parameters: unknown[]) => Promise<unknown>
  pool.query = (async (...parameters: unknown[]) => {
    let leave: (() => void) | undefined
    try {
      leave = await enter()
      return await ask(...parameters)
    } catch (error) {
      throw explainWorkspaceFailure(error, textOf(parameters[0]))
    } finally {
      leave?.()
    }
  }) as typeof pool.query

  const take = pool.connect.bind(pool) as (callback?: unknown) => Promise<pg.PoolClient>
  pool.connect = (async (callback?: unknown) => {
    // The pool calls itself so.
    if (callback !== undefined) return take(callback)
    const leave = await enter()
    try {
      const client = await take()
      const release = client.release.bind(client)
      client.release = (broken) => {
        leave()
        release(broken)
      }
      return client
    } catch (error) {
      leave()
      throw error
    }
  }) as typeof pool.connect
}

/**
 * A pool of connections to the workspace store. Times are UTC. A connection that breaks is dropped, never fatal; what fails is
 * a `BinnacleError` (`workspace_unreachable`, `workspace_busy`, `workspace_timeout` ...).
 */
export function openWorkspacePool(address: WorkspaceAddress, { max = 10, statementMs = STATEMENT_MS }: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    ...address,
    max,
    application_name: 'binnacle',
    options: '-c timezone=UTC',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    ...(statementMs === 0 ? {} : { statement_timeout: statementMs, lock_timeout: ROW_LOCK_MS, query_timeout: statementMs + GRACE_MS }),
  })
  const open = new Set<pg.PoolClient>()
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    open.add(client)
    // A client that is checked out has no other listener, and an error that nobody hears ends the process.
    client.on('error', () => undefined)
  })
  pool.on('remove', (client) => open.delete(client))

  queueBefore(pool, max)
  endInTime(pool, open)
  return pool
}
