import { boolean, date, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { instant } from '../instant-column.ts'

/** Every warning that was raised as the days were lived, each once, with what became of it. */
export const signal = pgTable(
  'signal',
  {
    /** Time-ordered. */
    id: text('id').primaryKey(),
    account_id: text('account_id').notNull(),
    kind: text('kind').notNull(),
    /** The local day on whose close the rule held, or in which it was seen at once. */
    raised_on: date('raised_on', { mode: 'string' }).notNull(),
    raised_at: instant('raised_at').notNull(),
    /** The moment up to which facts counted. */
    known_until: instant('known_until').notNull(),
    evidence: jsonb('evidence').$type<Record<string, string | number | boolean | null>>().notNull(),
    sentence: text('sentence').notNull(),
    /** Raised on a day on which the whole fleet moved: kept back. */
    is_held: boolean('is_held').notNull().default(false),
    closed_on: date('closed_on', { mode: 'string' }),
    closed_at: instant('closed_at'),
    /** left, decided, corrected, ended, expired; by hand done or not_so. */
    close_reason: text('close_reason'),
    /** What was said when it was closed: by whom and why, or which rows were recorded since. */
    close_note: text('close_note'),
    closed_by: text('closed_by'),
    /** Whether it was right to raise it by what is known now; false for ever once it was not. */
    ground_now: boolean('ground_now').notNull().default(true),
    ground_lost_on: date('ground_lost_on', { mode: 'string' }),
  },
  (table) => [
    uniqueIndex('signal_open')
      .on(table.account_id, table.kind)
      .where(sql`closed_on IS NULL`),
    index('signal_account').on(table.account_id, table.raised_on),
    index('signal_raised').on(table.raised_on, table.kind),
  ],
)

/** Where a kind stands for an account beside what is open: whatever is not here has never held. */
export const signalLife = pgTable(
  'signal_life',
  {
    account_id: text('account_id').notNull(),
    kind: text('kind').notNull(),
    held_on: date('held_on', { mode: 'string' }),
    quiet_until: date('quiet_until', { mode: 'string' }),
    is_latched: boolean('is_latched').notNull().default(false),
  },
  (table) => [uniqueIndex('signal_life_key').on(table.account_id, table.kind)],
)

/** What is skipped in writing, to be looked at again on a day. */
export const signalSkip = pgTable(
  'signal_skip',
  {
    id: text('id').primaryKey(),
    signal_id: text('signal_id').notNull(),
    account_id: text('account_id').notNull(),
    reason: text('reason').notNull(),
    look_again_on: date('look_again_on', { mode: 'string' }).notNull(),
    skipped_at: instant('skipped_at').notNull(),
    skipped_by: text('skipped_by'),
  },
  (table) => [index('signal_skip_signal').on(table.signal_id)],
)
