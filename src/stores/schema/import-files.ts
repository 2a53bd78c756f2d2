import { sql } from 'drizzle-orm'
import { bigint, doublePrecision, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { factBatch } from './batches.ts'

export const importFile = pgTable(
  'import_file',
  {
    id: text('id').primaryKey(),
    import_id: text('import_id')
      .notNull()
      .references(() => factBatch.id),
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
