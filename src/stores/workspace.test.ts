import { afterAll, beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { fixedClock } from '../kernel/clock.ts'
import { freshStores } from '../../test/engines/engines.ts'
import type { FreshStores } from '../../test/engines/engines.ts'
import { waitFor } from './engines/process-identity.ts'
import { openWorkspace } from './workspace.ts'
import type { Workspace } from './workspace.ts'

let stores: FreshStores
let workspace: Workspace
/** The same workspace as another process sees it. */
let other: Workspace
beforeAll(async () => {
  stores = await freshStores('private')
  workspace = await openWorkspace(stores.workspaceUrl, fixedClock('2024-01-01T00:00:00Z'))
  other = await openWorkspace(stores.workspaceUrl, fixedClock('2024-01-01T00:00:00Z'))
})
afterAll(async () => {
  await Promise.all([workspace.close(), other.close()])
  await stores.close()
})

/** Ends every connection to the workspace, as the engine's end does. */
async function breakConnections(): Promise<void> {
  const client = new pg.Client(stores.workspaceUrl)
  await client.connect()
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()')
  await client.end()
}

test('thirty holders of a lock who ask the workspace while they hold it all come through', async () => {
  let inside = 0
  const work = async (space: Workspace): Promise<number> =>
    space.locks.exclusively('ledgers', async () => {
      expect(++inside).toBe(1)
      const given = await space.nextLedgerBuild()
      await Promise.all(Array.from({ length: 5 }, () => space.readLedgerState()))
      inside--
      return given
    })
  const given = await Promise.all(Array.from({ length: 30 }, (_, i) => work(i % 2 === 0 ? workspace : other)))
  expect(new Set(given).size).toBe(30)
})

test('who goes away while waiting for a lock is not waited for', async () => {
  let finish: (() => void) | undefined
  const busy = workspace.locks.exclusively('recording', () => new Promise<void>((resolve) => (finish = resolve)))
  expect(await waitFor(() => finish !== undefined, 10_000)).toBe(true)
  const gone = new AbortController()
  const [here, there] = [workspace, other].map((space) => space.locks.exclusively('recording', async () => 'ran', { signal: gone.signal }))
  gone.abort(new Error('went away'))
  await expect(here).rejects.toThrow('went away')
  await expect(there).rejects.toThrow('went away')
  finish?.()
  await busy
  expect(await other.locks.exclusively('recording', async () => 'ran')).toBe('ran')
})

test('what is done together keeps others from doing it alone, here and elsewhere', async () => {
  const ends: (() => void)[] = []
  const many = [1, 2].map(() => workspace.locks.together('receiving', () => new Promise<void>((resolve) => ends.push(resolve))))
  expect(await waitFor(() => ends.length === 2, 10_000)).toBe(true)
  let ran = 0
  const alone = async (): Promise<void> => void ran++
  expect([await workspace.locks.ifFree('receiving', alone), await other.locks.ifFree('receiving', alone), ran]).toEqual([false, false, 0])
  for (const end of ends) end()
  await Promise.all(many)
  expect([await workspace.locks.ifFree('receiving', alone), await other.locks.ifFree('receiving', alone), ran]).toEqual([true, true, 2])
})

test('a broken connection ends the question, tells the holder of a lock, and nothing else', async () => {
  const slow = workspace.pool.query('SELECT pg_sleep(60)').catch((error: unknown) => error)
  const inTransaction = workspace.transaction(async (db) => db.execute('SELECT pg_sleep(60)')).catch((error: unknown) => error)
  let held = new AbortController().signal
  const holding = workspace.locks.exclusively('ledgers', async (signal) => {
    held = signal
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return 'told'
  })
  expect(await waitFor(async () => (await other.pool.query(`SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`)).rowCount === 2, 10_000)).toBe(
    true,
  )
  expect(held.aborted).toBe(false)
  await breakConnections()
  expect([await slow, await inTransaction]).toMatchObject([
    { code: 'workspace_unreachable', retry: true },
    { code: 'workspace_unreachable', retry: true },
  ])
  expect(await holding).toBe('told')
  expect(held.reason).toMatchObject({ code: 'workspace_unreachable' })
  expect(
    await waitFor(
      async () =>
        workspace.readLedgerState().then(
          () => true,
          () => false,
        ),
      10_000,
    ),
  ).toBe(true)
  expect(await workspace.locks.exclusively('ledgers', async () => 'again')).toBe('again')
})

test('a state of the ledgers that was made from one that is not the present one is not put in its place', async () => {
  const first = await workspace.readLedgerState()
  const next = { ...first, state: first.state + 100 }
  await workspace.swapLedgerState(next, first)
  await expect(other.swapLedgerState({ ...first, state: first.state + 101 }, first)).rejects.toMatchObject({ code: 'ledgers_moved_on', retry: true })
  expect((await other.readLedgerState()).state).toBe(next.state)
})

test('closing does not wait for whoever holds a connection', async () => {
  const third = await openWorkspace(stores.workspaceUrl, fixedClock('2024-01-01T00:00:00Z'))
  const client = await third.pool.connect()
  const asking = third.pool.query('SELECT pg_sleep(60)').catch((error: unknown) => error)
  await third.close()
  expect(await asking).toMatchObject({ code: 'workspace_unreachable' })
  client.release()
})
