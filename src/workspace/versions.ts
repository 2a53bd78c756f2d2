import { asc, desc, eq, lte } from 'drizzle-orm'
import { BinnacleError } from '../kernel/errors.ts'
import type { versionTable, versionsByIdTable } from '../stores/version-table.ts'
import type { WorkspaceDatabase } from '../stores/workspace.ts'

/** One state of something the team defines as a whole: a North Star, a health model, a board. */
export interface Version {
  /** From 1 on, without gaps. */
  readonly version: number
  /** As it was written. */
  readonly definition: string
  readonly made_at: string
  /** Null while there are no people. */
  readonly made_by: string | null
}

/** Its versions: the newest is in force, every one stays readable, and none is ever changed. */
export interface Versions {
  /** Null while the team has made none. */
  readInForce(): Promise<Version | null>
  /** The one that was in force on an instant (ISO, UTC). */
  readAt(instant: string): Promise<Version | null>
  /** The oldest first. */
  readAll(): Promise<Version[]>
  /** What is in force already makes no new version. Throws `changed_meanwhile` when another version came in between. */
  append(next: Omit<Version, 'version'>): Promise<Version>
}

const changedMeanwhile = (): BinnacleError =>
  new BinnacleError('changed_meanwhile', 'Somebody else saved a version meanwhile.', { cure: 'Look at what is in force now, then save again.', status: 409 })

export function versionsIn(db: WorkspaceDatabase, table: ReturnType<typeof versionTable>): Versions {
  const toVersion = (row: typeof table.$inferSelect): Version => ({ ...row, made_at: new Date(row.made_at).toISOString() })
  const readInForce = async (): Promise<Version | null> => (await db.select().from(table).orderBy(desc(table.version)).limit(1)).map(toVersion)[0] ?? null
  return {
    readInForce,
    async readAt(instant) {
      const rows = await db.select().from(table).where(lte(table.made_at, instant)).orderBy(desc(table.version)).limit(1)
      return rows.map(toVersion)[0] ?? null
    },
    readAll: async () => (await db.select().from(table).orderBy(asc(table.version))).map(toVersion),
    async append(next) {
      const present = await readInForce()
      if (present?.definition === next.definition) return present
      const made = await db
        .insert(table)
        .values({ ...next, version: (present?.version ?? 0) + 1 })
        .onConflictDoNothing()
        .returning()
      const [version] = made.map(toVersion)
      if (version === undefined) throw changedMeanwhile()
      return version
    },
  }
}

/** A version of one of many things of a kind. */
export interface VersionOf extends Version {
  readonly id: string
}

/** The versions of many things of a kind, each by its id. */
export interface VersionsById {
  /** Null where there is none of this id. */
  readInForce(id: string): Promise<VersionOf | null>
  /** The newest of each, by id. */
  readAllInForce(): Promise<VersionOf[]>
  /** The newest of each up to an instant (ISO, UTC), by id. */
  readAllAt(instant: string): Promise<VersionOf[]>
  /** Of one, the oldest first. */
  readAll(id: string): Promise<VersionOf[]>
  /** What is in force already makes no new version. Throws `changed_meanwhile` when another version came in between. */
  append(next: Omit<VersionOf, 'version'>): Promise<VersionOf>
}

export function versionsByIdIn(db: WorkspaceDatabase, table: ReturnType<typeof versionsByIdTable>): VersionsById {
  const toVersion = (row: typeof table.$inferSelect): VersionOf => ({ ...row, made_at: new Date(row.made_at).toISOString() })
  const readInForce = async (id: string): Promise<VersionOf | null> =>
    (await db.select().from(table).where(eq(table.id, id)).orderBy(desc(table.version)).limit(1)).map(toVersion)[0] ?? null
  return {
    readInForce,
    readAllInForce: async () => (await db.selectDistinctOn([table.id]).from(table).orderBy(table.id, desc(table.version))).map(toVersion),
    readAllAt: async (instant) =>
      (await db.selectDistinctOn([table.id]).from(table).where(lte(table.made_at, instant)).orderBy(table.id, desc(table.version))).map(toVersion),
    readAll: async (id) => (await db.select().from(table).where(eq(table.id, id)).orderBy(asc(table.version))).map(toVersion),
    async append(next) {
      const present = await readInForce(next.id)
      if (present?.definition === next.definition) return present
      const made = await db
        .insert(table)
        .values({ ...next, version: (present?.version ?? 0) + 1 })
        .onConflictDoNothing()
        .returning()
      const [version] = made.map(toVersion)
      if (version === undefined) throw changedMeanwhile()
      return version
    },
  }
}
