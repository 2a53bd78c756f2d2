import { boolean, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant } from '../instant-column.ts'

interface Counts {
  fact: string
  new: number
  changed: number
  same: number
  repeated: number
}

/** Every batch of facts that came in: an import of files, or what was appended under a key of its source. */
export const factBatch = pgTable(
  'import',
  {
    id: text('id').primaryKey(),
    state: text('state').notNull(),
    created_at: instant('created_at').notNull(),
    /** The instant all facts of the batch carry; set before the first of them is written. */
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
    /** The source that appended the batch; null for an import. */
    source: text('source'),
    /** The key by which that source knows the batch. */
    batch_key: text('batch_key'),
    learnt_at: instant('learnt_at'),
    /** Fingerprint of its rows: the same key with other rows is refused. */
    content: text('content'),
    /** Counts of the batch's rows as they were read: how many, how many refused and why. */
    arrived: jsonb('arrived').$type<{
      rows: number
      refused: number
      refused_reasons: { reason: string; column: string | null; count: number; example: string }[]
    } | null>(),
    /** Its staged rows, from when it is to be recorded. */
    stages: jsonb('stages').$type<
      | {
          id: string
          position: number
          name: string
          kept: { as: string; rows: number }
          facts: string[]
          staged: Record<string, number> | null
          latest: boolean
          counts: Counts[]
        }[]
      | null
    >(),
  },
  (table) => [uniqueIndex('import_key').on(table.source, table.batch_key), index('import_state').on(table.state)],
)
