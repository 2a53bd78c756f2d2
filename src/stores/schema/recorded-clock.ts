import { integer, pgTable } from 'drizzle-orm/pg-core'
import { instant } from '../instant-column.ts'

/** The last `recorded_at` that was handed out: it only grows, whatever the clocks say. One row. */
export const recordedClock = pgTable('recorded_clock', {
  id: integer('id').primaryKey(),
  last: instant('last').notNull(),
})
