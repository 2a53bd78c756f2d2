import { asc, desc, eq, lte } from 'drizzle-orm'
import { BinnacleError } from '../kernel/errors.ts'
import type { versionTable, versionsByIdTable } from '../stores/version-table.ts'
import type { WorkspaceDatabase } from '../stores/workspace.ts'

/** One state of something the team defines as a whole: a North Star, a board. */
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

const toIso = <V extends Version>(row: V): V => ({ ...row, made_at: new Date(row.made_at).toISOString() })

/** Appends what says something else than what is in force; `insert` gives nothing where there is such a version. */
async function appendTo<V extends Version>(present: V | null, next: Omit<V, 'version'>, insert: (version: number) => Promise<V[]>): Promise<V> {
  if (present !== null && present.definition === (next as Pick<V, 'definition'>).definition) return present
  const [made] = (await insert((present?.version ?? 0) + 1)).map(toIso)
  if (made === undefined) throw changedMeanwhile()
  return made
}

export function versionsIn(db: WorkspaceDatabase, table: ReturnType<typeof versionTable>): Versions {
  const readInForce = async (): Promise<Version | null> => (await db.select().from(table).orderBy(desc(table.version)).limit(1)).map(toIso)[0] ?? null
  return {
    readInForce,
    async readAt(instant) {
      const rows = await db.select().from(table).where(lte(table.made_at, instant)).orderBy(desc(table.version)).limit(1)
      return rows.map(toIso)[0] ?? null
    },
    readAll: async () => (await db.select().from(table).orderBy(asc(table.version))).map(toIso),
    append: async (next) =>
      appendTo(await readInForce(), next, (version) =>
        db
          .insert(table)
          .values({ ...next, version })
          .onConflictDoNothing()
          .returning(),
      ),
  }
}

/** A version of one of many things of a kind: a health model, an own signal. */
export interface VersionOf extends Version {
  readonly id: string
  /** Why it was made; null where that was not said. */
  readonly reason: string | null
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
  append(next: Omit<VersionOf, 'version' | 'reason'> & Partial<Pick<VersionOf, 'reason'>>): Promise<VersionOf>
}

export function versionsByIdIn(db: WorkspaceDatabase, table: ReturnType<typeof versionsByIdTable>): VersionsById {
  const readInForce = async (id: string): Promise<VersionOf | null> =>
    (await db.select().from(table).where(eq(table.id, id)).orderBy(desc(table.version)).limit(1)).map(toIso)[0] ?? null
  const newest = () => db.selectDistinctOn([table.id]).from(table)
  return {
    readInForce,
    readAllInForce: async () => (await newest().orderBy(table.id, desc(table.version))).map(toIso),
    readAllAt: async (instant) => (await newest().where(lte(table.made_at, instant)).orderBy(table.id, desc(table.version))).map(toIso),
    readAll: async (id) => (await db.select().from(table).where(eq(table.id, id)).orderBy(asc(table.version))).map(toIso),
    append: async (next) =>
      appendTo(await readInForce(next.id), { reason: null, ...next }, (version) =>
        db
          .insert(table)
          .values({ ...next, version })
          .onConflictDoNothing()
          .returning(),
      ),
  }
}
