import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './instant-column.ts'

const state = () => ({
  /** As it was written. */
  definition: text('definition').notNull(),
  made_at: instant('made_at').notNull(),
  /** Null while there are no people. */
  made_by: text('made_by'),
})

/** A table of the versions of something that the team defines as a whole. The newest is in force, and none is ever changed. */
export const versionTable = <Name extends string>(name: Name) => pgTable(name, { version: integer('version').primaryKey(), ...state() })

/** The same of things of which the team has many, each with versions of its own, and why each was made where that was said. */
export const versionsByIdTable = <Name extends string>(name: Name) =>
  pgTable(name, { id: text('id').notNull(), version: integer('version').notNull(), ...state(), reason: text('reason') }, (table) => [
    primaryKey({ columns: [table.id, table.version] }),
  ])
