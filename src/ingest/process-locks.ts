import type pg from 'pg'

/** Numbers of this folder's advisory locks, beside those of src/stores/workspace.ts. */
const COMMIT = 7_301_003
const RECEIVING = 7_301_004

/**
 * Locks among the processes that share a workspace, held by a connection and so gone with its process.
 * Commits follow one another, so that an import recorded earlier is never seen later. Whoever receives files holds a
 * shared lock, so that a process that starts can tell files of a dead one from those of a living one.
 */
export function createProcessLocks(pool: pg.Pool) {
  let receivers = 0
  let holder: Promise<pg.PoolClient> | null = null

  const oneByOne = async <T>(work: () => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      await client.query('SELECT pg_advisory_lock($1)', [COMMIT])
      return await work()
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [COMMIT]).catch(() => undefined)
      client.release()
    }
  }

  const take = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect()
    await client.query('SELECT pg_advisory_lock_shared($1)', [RECEIVING])
    return client
  }

  const receiving = async <T>(work: () => Promise<T>): Promise<T> => {
    receivers++
    holder ??= take()
    const held = holder
    try {
      await held
      return await work()
    } finally {
      receivers--
      if (receivers === 0) {
        holder = null
        const client = await held.catch(() => null)
        await client?.query('SELECT pg_advisory_unlock_shared($1)', [RECEIVING]).catch(() => undefined)
        client?.release()
      }
    }
  }

  /** Runs the work only when nobody, in this process or another, is receiving files. */
  const whileNobodyReceives = async (work: () => Promise<void>): Promise<void> => {
    const client = await pool.connect()
    try {
      const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [RECEIVING])
      if (rows[0]?.free !== true) return
      try {
        await work()
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [RECEIVING])
      }
    } finally {
      client.release()
    }
  }

  return { oneByOne, receiving, whileNobodyReceives }
}
