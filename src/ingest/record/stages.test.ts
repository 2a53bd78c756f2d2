import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bytesOf, openTestStores } from '../../../test/open-ingest.ts'

const MIGRATIONS = fileURLToPath(new URL('../../stores/migrations/workspace/', import.meta.url))

/** The statement that gave stages to what was recorded before there were any. */
function fillStages(): string {
  const name = readdirSync(MIGRATIONS).find((file) => file.endsWith('_batches.sql')) ?? ''
  return (
    readFileSync(`${MIGRATIONS}${name}`, 'utf8')
      .split('--> statement-breakpoint')
      .find((statement) => statement.includes('UPDATE')) ?? ''
  )
}

test('imports that were recorded without stages were given those that they would be recorded with', async () => {
  const stores = await openTestStores('private')
  try {
    const ingest = stores.ingest()
    const { id } = await ingest.create()
    await ingest.addFile(id, { name: 'accounts.csv' }, bytesOf('account_id,name,segment\nA1,One,SMB\nA2,Two,\n'))
    await ingest.addFile(id, { name: 'nothing.csv' }, bytesOf('PK\u0003\u0004'))
    await ingest.addFile(id, { name: 'charges.csv' }, bytesOf('charge_id,account_id,charged_at,amount,currency\nC1,A1,2024-01-01,5,USD\n'))
    await ingest.commit(id)
    const draft = await ingest.create()
    const stages = async (): Promise<unknown[]> => (await stores.workspace.pool.query<{ stages: unknown }>('SELECT stages FROM import ORDER BY id')).rows
    const sorted = async (): Promise<string> =>
      JSON.stringify(await stages(), (_, value: unknown) => (Array.isArray(value) && typeof value[0] === 'string' ? [...(value as string[])].sort() : value))
    const before = await sorted()
    expect(before).toContain('charges.csv')
    await stores.workspace.pool.query('UPDATE import SET stages = NULL')
    await stores.workspace.pool.query(fillStages())
    expect(await sorted()).toBe(before)
    expect((await ingest.read(draft.id)).state).toBe('draft')
    expect((await ingest.undo(id)).taken_back?.map(({ fact }) => fact).sort()).toEqual(['account', 'account_attribute', 'charge'])
  } finally {
    await stores.close()
  }
})
