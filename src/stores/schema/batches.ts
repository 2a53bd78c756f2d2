import { boolean, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../instant-column.ts'

export const importRecord = pgTable('import', {
  id: text('id').primaryKey(),
  state: text('state').notNull(),
  created_at: instant('created_at').notNull(),
  /** The instant all facts of the import carry; set before the first of them is written. */
  recorded_at: instant('recorded_at'),
  committed_at: instant('committed_at'),
  undone_at: instant('undone_at'),
  /** What the undo took back, by kind of fact. */
  taken_back: jsonb('taken_back').$type<{ fact: string; gone: number; back: number; later: number }[] | null>(),
  /** The invented company: its numbers are nobody's. */
  sample: boolean('sample').notNull().default(false),
  /** The undone import whose kept rows it records once more. */
  redo_of: text('redo_of'),
  progress: jsonb('progress').$type<{ step: string; done: number; total: number | null } | null>(),
  error: jsonb('error').$type<{ code: string; message: string; cure: string } | null>(),
})
