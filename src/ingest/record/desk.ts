import type { FactDefinition } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import type { Clock } from '../../kernel/clock.ts'
import { isOurFault, notFound, refuse } from '../../kernel/errors.ts'
import type { Settings } from '../../kernel/settings.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Workspace } from '../../stores/workspace.ts'
import { classifyImport } from './commit.ts'
import { createRecords } from './records.ts'
import type { StoredFile, StoredImport } from './records.ts'

export interface ImportsOptions {
  readonly facts: FactStore
  readonly workspace: Workspace
  readonly clock: Clock
  readonly settings: () => Promise<Settings>
  /** Those that were in force on an instant (ISO, UTC); the present ones where nobody knows. */
  readonly settingsAt?: (instant: string) => Promise<Settings>
  /**
   * Called when an import was recorded or undone, before it counts as done: brings what is derived from facts up to date.
   * When it fails the facts are safe, and it is called again by `resume`.
   */
  readonly onCommitted: (importId: string) => Promise<void>
  /** Called when something was left half-way that `resume` takes up again. */
  readonly onInterrupted?: (error: unknown) => void
}

/** A deletion waits for a full disk, and is done when there is room. */
const FORGET_SECONDS = 30

/** What everything that is done with imports works with. */
export type Desk = ReturnType<typeof createDesk>

export const notDraft = (record: StoredImport) =>
  refuse('import_not_draft', `The import is ${record.state}.`, record.state === 'done' ? 'Undo it, or begin a new import.' : 'Begin a new import.')

export function fileOf(record: StoredImport, fileId: string): StoredFile {
  const file = record.files.find((candidate) => candidate.id === fileId)
  if (file === undefined) throw notFound('file in this import', fileId, 'Read the import to see its files.')
  return file
}

export function createDesk(options: ImportsOptions) {
  const { facts, workspace, clock } = options
  const records = createRecords(workspace)
  const now = (): string => clock.now().toISOString()
  /** For each import the last `recorded_at` there was when its rows were counted. */
  const countedAt = new Map<string, string>()
  let counting: Promise<unknown> = Promise.resolve()

  const lastRecorded = async (): Promise<string> => {
    const { rows } = await workspace.pool.query<{ last: string }>('SELECT last::text AS last FROM recorded_clock')
    return rows[0]?.last ?? ''
  }
  const count = async (id: string, only: readonly FactDefinition[] | undefined): Promise<void> => {
    const last = await lastRecorded()
    // What this process did not count itself may not be counted at all: a kill came between.
    const partial = only !== undefined && countedAt.get(id) === last
    for (const [fileId, counts] of await classifyImport(facts, await records.one(id), now(), partial ? only : undefined))
      await records.changeFile(fileId, { counts })
    countedAt.set(id, last)
  }

  return {
    ...options,
    settingsAt: options.settingsAt ?? options.settings,
    records,
    locks: workspace.locks,
    now,
    /** Does the work; what a failing engine leaves of it half-way is taken up again later. */
    async mending<T>(work: () => Promise<T>): Promise<T> {
      try {
        return await work()
      } catch (error) {
        if (isOurFault(error)) options.onInterrupted?.(error)
        throw error
      }
    },
    async readDraft(id: string): Promise<StoredImport> {
      const record = await records.one(id)
      if (record.state !== 'draft') throw notDraft(record)
      return record
    },
    /** The dry run, one at a time. With `only`, of these facts, unless the others were not counted or something was recorded since. */
    async countAgain(id: string, only?: readonly FactDefinition[]): Promise<StoredImport> {
      const done = counting.then(() => count(id, only))
      counting = done.catch(() => undefined)
      await done
      return records.one(id)
    },
    /** Whether the counts of an import are those of the facts as they are now. */
    isCounted: async (id: string): Promise<boolean> => countedAt.get(id) === (await lastRecorded()),
    forgetCounts: (id: string): void => void countedAt.delete(id),
    /** Removes kept rows of an import, or of one of its files. */
    forgetRows: (id: string, fileId?: string): Promise<void> =>
      facts.writeEverywhere(sql`DELETE FROM import_row WHERE import_id = ${param('String', id)} AND startsWith(file_id, ${param('String', fileId ?? '')})`, {
        evenIfFull: true,
        maxSeconds: FORGET_SECONDS,
      }),
  }
}
