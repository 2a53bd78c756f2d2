import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { factBatch } from './batches.ts'

/** How many versions of each fact the files of an import became: what the store must hold from then on. */
export const recordedCount = pgTable(
  'recorded_count',
  {
    import_id: text('import_id')
      .notNull()
      .references(() => factBatch.id),
    fact: text('fact').notNull(),
    position: integer('position').notNull(),
    rows: bigint('rows', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.import_id, table.fact, table.position] })],
)
