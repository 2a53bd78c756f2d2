import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { BinnacleError } from '../kernel/errors.ts'
import { Line } from '../kernel/line.ts'
import { LOCKS } from './lock-names.ts'
import type { LockName } from './lock-names.ts'
import { explainWorkspaceFailure } from './postgres-failure.ts'
import { openWorkspacePool } from './postgres.ts'
import type { WorkspaceAddress } from './postgres.ts'

export interface LockOptions {
  /** Gives up waiting, never the work. */
  readonly signal?: AbortSignal | undefined
  /** Of those in this process who wait, a lower rank goes first. */
  readonly rank?: number
}

/** Locks among the processes that share a workspace, held by a connection and so gone with its process. */
export interface WorkspaceLocks {
  /**
   * Runs the work alone among all processes. `held` fires when the lock is lost, since its connection broke: then another
   * process may be at it. Throws `workspace_locked` when another process keeps it for very long.
   */
  exclusively<T>(name: LockName, work: (held: AbortSignal) => Promise<T>, options?: LockOptions): Promise<T>
  /** Runs the work while nobody does something exclusively; many may at once. */
  together<T>(name: LockName, work: () => Promise<T>): Promise<T>
  /** Runs the work alone if nobody is at it, here or elsewhere; says whether it did. */
  ifFree(name: LockName, work: () => Promise<void>): Promise<boolean>
  close(): Promise<void>
}

/** Another process may derive the ledgers of a large company meanwhile. */
const LONGEST_WAIT_MS = 600_000
const [SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS] = [5, 200]

type Mode = 'exclusive' | 'shared'

const STATEMENTS: Record<Mode, { take: string; leave: string }> = {
  exclusive: { take: 'SELECT pg_try_advisory_lock($1) AS free', leave: 'SELECT pg_advisory_unlock($1)' },
  shared: { take: 'SELECT pg_try_advisory_lock_shared($1) AS free', leave: 'SELECT pg_advisory_unlock_shared($1)' },
}

interface Held {
  readonly lost: AbortSignal
  release(): Promise<void>
}

async function tryTake(client: pg.PoolClient, name: LockName, mode: Mode): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(STATEMENTS[mode].take, [LOCKS[name]])
  return rows[0]?.free === true
}

function hold(client: pg.PoolClient, name: LockName, mode: Mode): Held {
  const lost = new AbortController()
  const lose = (error?: Error): void => lost.abort(explainWorkspaceFailure(error ?? new Error('Connection terminated')))
  client.once('error', lose)
  client.once('end', lose)
  return {
    lost: lost.signal,
    async release() {
      client.off('error', lose)
      client.off('end', lose)
      let broken: Error | undefined
      if (lost.signal.aborted) broken = lost.signal.reason as Error
      else await client.query(STATEMENTS[mode].leave, [LOCKS[name]]).catch((error: Error) => (broken = error))
      client.release(broken)
    },
  }
}

const locked = (name: LockName): BinnacleError =>
  new BinnacleError('workspace_locked', `Another process has been at the same work (${name}) for very long.`, {
    cure: 'Wait until it is done and try again; if no other Binnacle uses this workspace, end its connections to Postgres.',
    retry: true,
    status: 503,
  })

/** Takes a lock on a connection of its own; null when it is not free by the time that waiting may end. */
type Take = (name: LockName, mode: Mode, waitMs: number, signal?: AbortSignal) => Promise<Held | null>

/** Asked again and again rather than waited for in the engine, where nobody could give up. */
const takeFrom =
  (pool: pg.Pool): Take =>
  async (name, mode, waitMs, signal) => {
    const until = performance.now() + waitMs
    let client: pg.PoolClient | undefined
    try {
      client = await pool.connect()
      for (let ms = SHORTEST_PAUSE_MS; !(await tryTake(client, name, mode)); ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
        signal?.throwIfAborted()
        if (performance.now() >= until) {
          client.release()
          return null
        }
        await pause(ms)
      }
      return hold(client, name, mode)
    } catch (error) {
      client?.release(true)
      if (signal?.aborted === true) throw error
      throw explainWorkspaceFailure(error)
    }
  }

/** Whatever fails once the lock is lost fails for that. */
async function workHeld<T>({ lost, release }: Held, work: (held: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await work(lost)
  } catch (error) {
    throw lost.aborted ? lost.reason : error
  } finally {
    await release()
  }
}

/** Of those in this process who hold a lock together, one connection holds it for all. */
function holdTogether(take: Take): WorkspaceLocks['together'] {
  const holders = new Map<LockName, { held: Promise<Held | null>; users: number }>()
  return async (name, work) => {
    const holder = holders.get(name) ?? { held: take(name, 'shared', LONGEST_WAIT_MS), users: 0 }
    holders.set(name, holder)
    holder.users++
    try {
      if ((await holder.held) === null) throw locked(name)
      return await work()
    } finally {
      holder.users--
      if (holder.users === 0) {
        holders.delete(name)
        await (await holder.held.catch(() => null))?.release()
      }
    }
  }
}

/**
 * Connections of their own: whoever holds a lock works with the pool of the workspace, which waiting lock holders must not
 * use up. In this process those who want a lock queue before they take a connection, so each lock has one at most.
 */
export function openWorkspaceLocks(address: WorkspaceAddress): WorkspaceLocks {
  const pool = openWorkspacePool(address, { max: 2 * Object.keys(LOCKS).length })
  const take = takeFrom(pool)
  const lines = new Map<LockName, Line>()
  const lineOf = (name: LockName): Line => {
    const line = lines.get(name) ?? new Line(1)
    lines.set(name, line)
    return line
  }
  return {
    async exclusively(name, work, { signal, rank } = {}) {
      const leave = await lineOf(name).enter({ signal, rank })
      try {
        const held = await take(name, 'exclusive', LONGEST_WAIT_MS, signal)
        if (held === null) throw locked(name)
        return await workHeld(held, work)
      } finally {
        leave()
      }
    },
    together: holdTogether(take),
    async ifFree(name, work) {
      const leave = lineOf(name).tryEnter()
      if (leave === null) return false
      try {
        const held = await take(name, 'exclusive', 0)
        if (held !== null) await workHeld(held, work)
        return held !== null
      } finally {
        leave()
      }
    },
    close: () => pool.end(),
  }
}
