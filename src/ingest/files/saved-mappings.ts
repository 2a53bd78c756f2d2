import { eq } from 'drizzle-orm'
import { savedMapping } from '../../stores/schema/saved-mappings.ts'
import type { Workspace } from '../../stores/workspace.ts'
import type { Mapping } from './types.ts'

/** How a file with these headers was read when one was recorded last. */
export async function readSavedMapping(db: Workspace['db'], headersKey: string): Promise<Mapping | null> {
  const [row] = await db.select().from(savedMapping).where(eq(savedMapping.headers_key, headersKey))
  return (row?.mapping as Mapping | undefined) ?? null
}

export async function saveMapping(db: Workspace['db'], headersKey: string, mapping: Mapping, at: string): Promise<void> {
  const values = { headers_key: headersKey, fact: mapping.fact, mapping, saved_at: at }
  await db.insert(savedMapping).values(values).onConflictDoUpdate({ target: savedMapping.headers_key, set: values })
}
