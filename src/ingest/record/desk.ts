import type { FactStore } from '../../facts/store.ts'
import { stagedTable } from '../../facts/fact.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import type { Clock } from '../../kernel/clock.ts'
import { isOurFault, ownError } from '../../kernel/errors.ts'
import type { Settings } from '../../kernel/settings.ts'
import { identifier, param, sql } from '../../kernel/sql.ts'
import type { Workspace } from '../../stores/workspace.ts'
import type { Batch, Problem } from './batch.ts'
import { createBatches } from './batches.ts'
import { readStagedKinds } from './scopes.ts'

export interface RecordOptions {
  readonly facts: FactStore
  readonly workspace: Workspace
  readonly clock: Clock
  readonly settings: () => Promise<Settings>
  /** The settings that were in force on an instant (ISO, UTC); the present ones where nobody knows. */
  readonly settingsAt?: (instant: string) => Promise<Settings>
  /**
   * Called when a batch was recorded or taken back, before it counts as done: brings what is derived from facts up to date.
   * When it fails the facts are safe, and it is called again by `resume`.
   */
  readonly onCommitted: (batch: Batch) => Promise<void>
  /** Called when something was left half-way that `resume` takes up again. */
  readonly onInterrupted?: (error: unknown) => void
}

/** What everything that is done with batches works with. */
export type Desk = ReturnType<typeof createDesk>

export function problemOf(error: unknown): Problem {
  const own = ownError(error)
  if (own !== null) return { code: own.code, message: own.message, cure: own.cure }
  return {
    code: 'import_failed',
    message: error instanceof Error ? error.message : String(error),
    cure: 'Try again; if it fails again, report it with the log.',
  }
}

export function createDesk(options: RecordOptions) {
  const { facts, workspace, clock } = options
  /** For each batch the last `recorded_at` there was when its rows were counted. */
  const countedAt = new Map<string, string>()
  const lastRecorded = async (): Promise<string> => {
    const { rows } = await workspace.pool.query<{ last: string }>('SELECT last::text AS last FROM recorded_clock')
    return rows[0]?.last ?? ''
  }
  return {
    ...options,
    settingsAt: options.settingsAt ?? options.settings,
    batches: createBatches(workspace),
    locks: workspace.locks,
    now: (): string => clock.now().toISOString(),
    /** Does the work; what a failing engine leaves of it half-way is taken up again later. */
    async mending<T>(work: () => Promise<T>): Promise<T> {
      try {
        return await work()
      } catch (error) {
        if (isOurFault(error)) options.onInterrupted?.(error)
        throw error
      }
    },
    counted: {
      lastRecorded,
      /** Notes that the rows of a batch were counted against the facts as they were then. */
      note: (id: string, last: string): void => void countedAt.set(id, last),
      /** Whether the rows of a batch were counted in this process, and nothing was recorded since. */
      isPresent: async (id: string): Promise<boolean> => countedAt.has(id) && countedAt.get(id) === (await lastRecorded()),
      forget: (id: string): void => void countedAt.delete(id),
    },
    /** Removes the staged rows of a batch: of the given kinds, or of all that there are, also those that its files were read as before. */
    async dropStaged(id: string, kinds?: readonly FactDefinition[]): Promise<void> {
      const found = kinds ?? (await readStagedKinds(facts, sql`import_id = ${param('String', id)}`)).get(id) ?? []
      await Promise.all(
        found.map((fact) =>
          facts.writeEverywhere(sql`ALTER TABLE ${identifier(stagedTable(fact))} DROP PARTITION ${param('String', id)}`, { evenIfFull: true }),
        ),
      )
    },
  }
}
