import { boolean, date, doublePrecision, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../instant-column.ts'

/** Every day that was closed: its snapshots are written, its warnings raised. A day without a row is still to be lived. */
export const healthDay = pgTable('health_day', {
  day: date('day', { mode: 'string' }).primaryKey(),
  closed_at: instant('closed_at').notNull(),
  known_until: instant('known_until').notNull(),
  accounts: integer('accounts').notNull(),
  /** Whether the whole fleet moved at once, against which day, and how many each way. */
  is_held: boolean('is_held').notNull().default(false),
  against: date('against', { mode: 'string' }),
  up: integer('up'),
  down: integer('down'),
  compared: integer('compared'),
  moved: jsonb('moved').$type<readonly { readonly input: string; readonly points: number }[]>(),
  /** real or wrong, once the owner has said. */
  answer: text('answer'),
  answered_at: instant('answered_at'),
  answered_by: text('answered_by'),
  /** Median fall of weighted scores over 28 days. */
  fleet_fall: doublePrecision('fleet_fall').notNull().default(0),
})

/** What the past would have said, as it was last worked out. */
export const replayResult = pgTable('replay_result', {
  id: text('id').primaryKey(),
  mode: text('mode').notNull(),
  model: text('model').notNull(),
  from: date('from', { mode: 'string' }).notNull(),
  until: date('until', { mode: 'string' }).notNull(),
  made_at: instant('made_at').notNull(),
  /** running, done, failed, canceled. */
  state: text('state').notNull(),
  progress: jsonb('progress').$type<{ readonly done: number; readonly total: number } | null>(),
  result: jsonb('result'),
})
