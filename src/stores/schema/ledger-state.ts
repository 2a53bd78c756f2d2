import { bigint, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../instant-column.ts'

/** Which build of the ledgers is the present one. One row; replacing it swaps all ledgers at once. */
export const ledgerState = pgTable('ledger_state', {
  id: integer('id').primaryKey(),
  state: bigint('state', { mode: 'number' }).notNull(),
  /** Base and delta of each ledger. */
  ledgers: jsonb('ledgers').notNull().default({}),
  /** The last number given to a build, finished or not. */
  last_given: bigint('last_given', { mode: 'number' }).notNull(),
  recorded_until: instant('recorded_until'),
  /** How many rows the builds of a state were found to have when they were made. */
  counted: jsonb('counted').$type<{ state: number; rows: Record<string, number> } | null>(),
  settings_hash: text('settings_hash').notNull(),
  swapped_at: instant('swapped_at'),
})
