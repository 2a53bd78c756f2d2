import { sql } from 'drizzle-orm'
import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string', precision: 6 })

/** Every value a setting ever had; the newest row of a key is in force. */
export const settingVersion = pgTable(
  'setting_version',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    key: text('key').notNull(),
    value: text('value').notNull(),
    changed_at: instant('changed_at').notNull(),
  },
  (table) => [index('setting_version_key').on(table.key, table.id)],
)

/** The last `recorded_at` that was handed out: it only grows, whatever the clocks say. One row. */
export const recordedClock = pgTable('recorded_clock', {
  id: integer('id').primaryKey(),
  last: instant('last').notNull(),
})

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

export const importFile = pgTable(
  'import_file',
  {
    id: text('id').primaryKey(),
    import_id: text('import_id')
      .notNull()
      .references(() => importRecord.id),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    rows: bigint('rows', { mode: 'number' }).notNull().default(0),
    state: text('state').notNull(),
    error: jsonb('error').$type<{ code: string; message: string; cure: string } | null>(),
    delimiter: text('delimiter'),
    headers: jsonb('headers')
      .$type<string[]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    sample: jsonb('sample')
      .$type<string[][]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    mapping: jsonb('mapping').$type<unknown>(),
    confidence: doublePrecision('confidence').notNull().default(0),
    ambiguities: jsonb('ambiguities')
      .$type<unknown[]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    refused: bigint('refused', { mode: 'number' }).notNull().default(0),
    refused_reasons: jsonb('refused_reasons')
      .$type<unknown[]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    counts: jsonb('counts')
      .$type<unknown[]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
  },
  (table) => [index('import_file_import').on(table.import_id, table.position)],
)

/** How many versions of each fact the files of an import became: what the store must hold from then on. */
export const recordedCount = pgTable(
  'recorded_count',
  {
    import_id: text('import_id')
      .notNull()
      .references(() => importRecord.id),
    fact: text('fact').notNull(),
    position: integer('position').notNull(),
    rows: bigint('rows', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.import_id, table.fact, table.position] })],
)

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
