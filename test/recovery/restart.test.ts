import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FactStore } from '../../src/facts/store.ts'
import { account } from '../../src/facts/account.ts'
import { currentFacts } from '../../src/facts/current.ts'
import { sql } from '../../src/kernel/sql.ts'
import { LOCKS } from '../../src/stores/lock-names.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import type { Workspace } from '../../src/stores/workspace.ts'
import { bytesOf, openTestStores } from '../open-ingest.ts'
import type { OpenIngest, OpenStores } from '../open-ingest.ts'
import { recordedByFact } from '../recorded.ts'

let stores: OpenStores
let facts: FactStore
let workspace: Workspace
beforeAll(async () => {
  stores = await openTestStores('private')
  ;({ facts, workspace } = stores)
})
afterAll(() => stores.close())

const open = (onCommitted: () => Promise<void>, store = facts): OpenIngest => stores.ingest({ facts: store, onCommitted })

async function draftOf(imports: OpenIngest, account: string, name = `${account} Ltd`): Promise<string> {
  const { id } = await imports.create()
  expect(await imports.addFile(id, { name: 'accounts.csv' }, bytesOf(`account_id,name\n${account},${name}\n`))).toMatchObject({ state: 'staged' })
  return id
}

test('an import that is recorded while the app still finishes what was left half-way keeps its rows', async () => {
  const broken = open(() => Promise.reject(new Error('killed before the ledgers followed')))
  const left = await draftOf(broken, 'left')
  await expect(broken.commit(left)).rejects.toThrow('killed')

  // The app is back, and is busy with the ledgers of the one that was left.
  let finish = (): void => undefined
  const busy = new Promise<void>((resolve) => (finish = resolve))
  let refreshing = false
  const imports = open(async () => {
    refreshing = true
    await busy
  })
  const resumed = imports.resume()
  expect(await waitFor(() => refreshing, 30_000)).toBe(true)

  // Meanwhile somebody drops a file and records it; it waits for its turn.
  const next = await draftOf(imports, 'next')
  const holder = await workspace.pool.connect()
  await holder.query('SELECT pg_advisory_lock($1)', [LOCKS.recording])
  const committed = imports.commit(next)
  expect(await waitFor(async () => (await imports.read(next)).state === 'committing', 30_000)).toBe(true)
  finish()
  await resumed
  await holder.query('SELECT pg_advisory_unlock($1)', [LOCKS.recording])
  holder.release()

  expect(await committed).toMatchObject({ state: 'done' })
  expect(await recordedByFact(facts, next)).toEqual(new Map([['account', 1]]))
})

test('an import that was interrupted is recorded before a later one is judged', async () => {
  const imports = open(() => Promise.resolve())
  await imports.commit(await draftOf(imports, 'renamed', 'Before'))

  const dying: FactStore = { ...facts, writeEverywhere: () => Promise.reject(new Error('killed while recording')) }
  const interrupted = await draftOf(imports, 'renamed', 'Between')
  await expect(open(() => Promise.resolve(), dying).commit(interrupted)).rejects.toThrow('killed')
  expect((await imports.read(interrupted)).state).toBe('committing')

  const last = await imports.commit(await draftOf(imports, 'renamed', 'Before'))
  await imports.resume()
  expect(await facts.read(sql`SELECT name FROM (${currentFacts(account)}) WHERE account_id = 'renamed'`)).toEqual([{ name: 'Before' }])
  const first = await imports.read(interrupted)
  expect(first.state).toBe('done')
  expect((first.committed_at ?? '') < (last.committed_at ?? '')).toBe(true)
})
