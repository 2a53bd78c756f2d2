import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import type { LedgerState } from '../facts/store.ts'
import type { Clock } from '../kernel/clock.ts'
import { BinnacleError, ownError } from '../kernel/errors.ts'
import { explainWorkspaceFailure } from './postgres-failure.ts'
import { openWorkspacePool } from './postgres.ts'
import type { WorkspaceAddress } from './postgres.ts'
import { openWorkspaceLocks } from './workspace-locks.ts'
import type { WorkspaceLocks } from './workspace-locks.ts'

export type WorkspaceDatabase = NodePgDatabase

/** The store of what the team decides and does. */
export interface Workspace {
  readonly pool: pg.Pool
  readonly db: WorkspaceDatabase
  /**
   * The next `recorded_at`, as ISO text with microseconds: the clock's now, or one microsecond after the last one handed
   * out when the clock stands still or went back. No two imports share one.
   */
  nextRecordedAt(): Promise<string>
  readLedgerState(): Promise<LedgerState>
  /** A number for a new build of the ledgers; never given twice. */
  nextLedgerBuild(): Promise<number>
  /** Puts one state in the place of the one it was made from. Throws `ledgers_moved_on` when another process did meanwhile. */
  swapLedgerState(next: LedgerState, from: LedgerState): Promise<void>
  /** How many rows the builds of a state have, by table and build. */
  saveLedgerRows(state: number, rows: Readonly<Record<string, number>>): Promise<void>
  /** Null where those of the present state were not counted. */
  readLedgerRows(): Promise<Readonly<Record<string, number>> | null>
  readonly locks: WorkspaceLocks
  /** Runs statements that count together or not at all. */
  transaction<T>(work: (db: WorkspaceDatabase) => Promise<T>): Promise<T>
  /** Work under way gets a second to end. */
  close(): Promise<void>
}

export const NO_LEDGERS: LedgerState = { state: 0, ledgers: {}, recorded_until: '1970-01-01T00:00:00.000000Z', settings_hash: '' }

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`

function migrationsFolder(): string {
  const found = ['./migrations/workspace', './stores/migrations/workspace'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync)
  if (found === undefined) throw new Error('the migrations of the workspace are not beside the program')
  return found
}

const movedOn = (): BinnacleError =>
  new BinnacleError('ledgers_moved_on', 'Another process derived the ledgers meanwhile.', { cure: 'Try again in a moment.', retry: true, status: 503 })

/** On connections of their own: a statement that changes the schema of a large workspace takes as long as it takes. */
async function bringUpToDate(address: WorkspaceAddress): Promise<void> {
  const pool = openWorkspacePool(address, { max: 1, statementMs: 0 })
  try {
    await migrate(drizzle(pool), { migrationsFolder: migrationsFolder() })
    await pool.query(`INSERT INTO ledger_state (id, state, last_given, settings_hash) VALUES (1, 0, 0, '') ON CONFLICT DO NOTHING`)
  } catch (error) {
    throw ownError(error) ?? explainWorkspaceFailure(error)
  } finally {
    await pool.end()
  }
}

async function runTransaction<T>(pool: pg.Pool, work: (db: WorkspaceDatabase) => Promise<T>): Promise<T> {
  let client: pg.PoolClient | undefined
  try {
    client = await pool.connect()
    await client.query('BEGIN')
    const result = await work(drizzle(client))
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // Whatever state the connection is in, the engine rolls back when it goes.
    client?.release(true)
    throw ownError(error) ?? explainWorkspaceFailure(error instanceof Error && error.cause !== undefined ? error.cause : error)
  }
}

export async function openWorkspace(address: WorkspaceAddress, clock: Clock): Promise<Workspace> {
  const locks = openWorkspaceLocks(address)
  try {
    await locks.exclusively('migrate', () => bringUpToDate(address))
  } catch (error) {
    await locks.close()
    throw error
  }
  const pool = openWorkspacePool(address)
  const db = drizzle(pool)

  return {
    pool,
    db,
    locks,
    transaction: (work) => runTransaction(pool, work),
    async nextRecordedAt() {
      const { rows } = await pool.query<{ at: string }>(
        `INSERT INTO recorded_clock (id, last) VALUES (1, $1::timestamptz)
         ON CONFLICT (id) DO UPDATE SET last = greatest(excluded.last, recorded_clock.last + interval '1 microsecond')
         RETURNING to_char(last AT TIME ZONE 'UTC', ${ISO}) AS at`,
        [clock.now().toISOString()],
      )
      const at = rows[0]?.at
      if (at === undefined) throw new Error('the workspace handed out no recorded_at')
      return at
    },
    async readLedgerState() {
      const { rows } = await pool.query<{ state: string; ledgers: LedgerState['ledgers']; settings_hash: string; recorded_until: string | null }>(
        `SELECT state, ledgers, settings_hash, to_char(recorded_until AT TIME ZONE 'UTC', ${ISO}) AS recorded_until FROM ledger_state WHERE id = 1`,
      )
      const row = rows[0]
      if (row === undefined) return NO_LEDGERS
      return {
        state: Number(row.state),
        ledgers: row.ledgers,
        recorded_until: row.recorded_until ?? NO_LEDGERS.recorded_until,
        settings_hash: row.settings_hash,
      }
    },
    async nextLedgerBuild() {
      const { rows } = await pool.query<{ last_given: string }>('UPDATE ledger_state SET last_given = last_given + 1 WHERE id = 1 RETURNING last_given')
      return Number(rows[0]?.last_given)
    },
    async swapLedgerState(next, from) {
      const { rowCount } = await pool.query(
        'UPDATE ledger_state SET state = $1, ledgers = $2, recorded_until = $3, settings_hash = $4, swapped_at = $5 WHERE id = 1 AND state = $6',
        [next.state, JSON.stringify(next.ledgers), next.recorded_until, next.settings_hash, clock.now().toISOString(), from.state],
      )
      if (rowCount === 0) throw movedOn()
    },
    async saveLedgerRows(state, rows) {
      await pool.query('UPDATE ledger_state SET counted = $1 WHERE id = 1 AND state = $2', [JSON.stringify({ state, rows }), state])
    },
    async readLedgerRows() {
      const { rows } = await pool.query<{ state: string; counted: { state: number; rows: Record<string, number> } | null }>(
        'SELECT state, counted FROM ledger_state WHERE id = 1',
      )
      const [row] = rows
      return row?.counted?.state === Number(row?.state) ? row.counted.rows : null
    },
    close: async () => void (await Promise.all([pool.end(), locks.close()])),
  }
}
