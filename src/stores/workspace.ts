import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import type { LedgerState } from '../facts/store.ts'
import type { Clock } from '../kernel/clock.ts'
import { openWorkspacePool } from './postgres.ts'
import type { WorkspaceAddress } from './postgres.ts'
import * as schema from './workspace-schema.ts'

export type WorkspaceDatabase = NodePgDatabase<typeof schema>

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
  swapLedgerState(next: LedgerState): Promise<void>
  /** Runs the work alone among all processes that share this workspace. */
  exclusively<T>(name: 'migrate' | 'ledgers', work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export const NO_LEDGERS: LedgerState = { state: 0, ledgers: {}, recorded_until: '1970-01-01T00:00:00.000000Z', settings_hash: '' }

const LOCKS = { migrate: 7_301_001, ledgers: 7_301_002 }
const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`

function migrationsFolder(): string {
  const found = ['./migrations/workspace', './stores/migrations/workspace'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync)
  if (found === undefined) throw new Error('the migrations of the workspace are not beside the program')
  return found
}

export async function openWorkspace(address: WorkspaceAddress, clock: Clock): Promise<Workspace> {
  const pool = openWorkspacePool(address)
  const db = drizzle(pool, { schema })

  const exclusively: Workspace['exclusively'] = async (name, work) => {
    const client = await pool.connect()
    try {
      await client.query('SELECT pg_advisory_lock($1)', [LOCKS[name]])
      return await work()
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCKS[name]]).catch(() => undefined)
      client.release()
    }
  }

  await exclusively('migrate', () => migrate(db, { migrationsFolder: migrationsFolder() }))
  await pool.query(`INSERT INTO ledger_state (id, state, last_given, settings_hash) VALUES (1, 0, 0, '') ON CONFLICT DO NOTHING`)

  return {
    pool,
    db,
    exclusively,
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
        state: Number(row.state), ledgers: row.ledgers,
        recorded_until: row.recorded_until ?? NO_LEDGERS.recorded_until, settings_hash: row.settings_hash,
      }
    },
    async nextLedgerBuild() {
      const { rows } = await pool.query<{ last_given: string }>('UPDATE ledger_state SET last_given = last_given + 1 WHERE id = 1 RETURNING last_given')
      return Number(rows[0]?.last_given)
    },
    async swapLedgerState(next) {
      await pool.query('UPDATE ledger_state SET state = $1, ledgers = $2, recorded_until = $3, settings_hash = $4, swapped_at = $5 WHERE id = 1', [
        next.state, JSON.stringify(next.ledgers), next.recorded_until, next.settings_hash, clock.now().toISOString(),
      ])
    },
    close: () => pool.end(),
  }
}
