import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '../instant-column.ts'

/** How a file with these headers was read last time it was committed. */
export const savedMapping = pgTable(
  'saved_mapping',
  {
    headers_key: text('headers_key').notNull(),
    fact: text('fact').notNull(),
    mapping: jsonb('mapping').$type<unknown>().notNull(),
    saved_at: instant('saved_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.headers_key] })],
)
