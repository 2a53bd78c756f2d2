import { bigint, date, doublePrecision, index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../instant-column.ts'

/** Scores that somebody answered for, for a while. Of an account the one recorded last counts. */
export const healthOverride = pgTable(
  'health_override',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    account_id: text('account_id').notNull(),
    value: doublePrecision('value').notNull(),
    owner: text('owner').notNull(),
    reason: text('reason').notNull(),
    from_day: date('from_day', { mode: 'string' }).notNull(),
    /** Its last day. */
    until_day: date('until_day', { mode: 'string' }).notNull(),
    recorded_at: instant('recorded_at').notNull(),
    made_by: text('made_by'),
    /** When somebody ended it before its day. */
    ended_at: instant('ended_at'),
    ended_by: text('ended_by'),
  },
  (table) => [index('health_override_account').on(table.account_id, table.id), index('health_override_until').on(table.until_day)],
)
