import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './instant-column.ts'

/** A table of the versions of something that the team defines as a whole. The newest is in force, and none is ever changed. */
export const versionTable = <Name extends string>(name: Name) =>
  pgTable(name, {
    version: integer('version').primaryKey(),
    /** As it was written. */
    definition: text('definition').notNull(),
    made_at: instant('made_at').notNull(),
    /** Null while there are no people. */
    made_by: text('made_by'),
  })
