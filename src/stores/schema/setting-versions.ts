import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../instant-column.ts'

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
