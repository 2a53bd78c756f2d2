import { expect, test } from 'vitest'
import type { Workspace } from '../stores/workspace.ts'
import { keepLedgers } from './keep-ledgers.ts'

function fakeWorkspace() {
  const locked: string[] = []
  const workspace = {
    locks: {
      exclusively: async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        locked.push(name)
        return work()
      },
    },
    readLedgerState: async () => ({ state: 3, base: 3, delta: 0, recorded_until: '2024-01-01T00:00:00.000000Z', settings_hash: '' }),
  } as unknown as Workspace
  return { workspace, locked }
}

test('refreshes run one after the other, each under the lock', async () => {
  const { workspace, locked } = fakeWorkspace()
  const seen: string[] = []
  const ends: (() => void)[] = []
  const keeper = keepLedgers<string>(workspace, async (name) => {
    seen.push(`${name} begins`)
    await new Promise<void>((resolve) => ends.push(resolve))
    seen.push(`${name} ends`)
  })
  const both = Promise.all([keeper.refresh('first'), keeper.refresh('second')])
  while (ends.length === 0) await Promise.resolve()
  expect((await keeper.status()).refreshing).toBe(true)
  ends[0]?.()
  while (ends.length === 1) await Promise.resolve()
  ends[1]?.()
  await both
  expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  expect(locked).toEqual(['ledgers', 'ledgers'])
  expect(await keeper.status()).toMatchObject({ refreshing: false, state: 3, error: null })
})

test('a failed refresh is said until one succeeds, and does not block it', async () => {
  const { workspace } = fakeWorkspace()
  const keeper = keepLedgers<boolean>(workspace, async (works) => {
    if (!works) throw new Error('the disk is full')
  })
  await expect(keeper.refresh(false)).rejects.toThrow('the disk is full')
  expect((await keeper.status()).error).toBe('the disk is full')
  await keeper.refresh(true)
  expect((await keeper.status()).error).toBeNull()
})
