import { desc, eq } from 'drizzle-orm'
import { signal } from '../stores/schema/signals.ts'
import type { WorkspaceDatabase } from '../stores/workspace.ts'

/** Every warning about an account that was ever raised, the latest first. */
export const readSignalsOf = (db: WorkspaceDatabase, account: string) =>
  db.select().from(signal).where(eq(signal.account_id, account)).orderBy(desc(signal.raised_on), desc(signal.id))
