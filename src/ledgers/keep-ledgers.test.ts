import { expect, test } from 'vitest'
import { joinRefreshes, keepLedgers } from './keep-ledgers.ts'
import type { BuildInForce, KeeperParts } from './keep-ledgers.ts'
import type { Refresh } from './refresh.ts'

const refreshOf = (id: string, recordedUntil = id): Refresh => ({ changed: { imports: [id], facts: [`fact of ${id}`] }, recordedUntil })

function open(derive: KeeperParts['derive']) {
  let state = 3
  const locked: string[] = []
  const keeper = keepLedgers({
    register: { readLedgerState: async () => ({ state, ledgers: {}, recorded_until: `until ${state}`, settings_hash: '' }) },
    alone: async (work) => {
      locked.push('taken')
      return work(new AbortController().signal)
    },
    derive: async (...parameters) => {
      await derive(...parameters)
      state++
    },
    onFailure: () => undefined,
  })
  return { keeper, locked, moveOn: () => (state += 10) }
}

test('a refresh runs alone, and those that come meanwhile are done by one', async () => {
  const seen: Refresh[] = []
  const ends: (() => void)[] = []
  const { keeper, locked } = open(async (refresh) => {
    seen.push(refresh)
    await new Promise<void>((resolve) => ends.push(resolve))
  })
  const first = keeper.refresh(refreshOf('a'))
  while (ends.length === 0) await Promise.resolve()
  const others = Promise.all([keeper.refresh(refreshOf('c')), keeper.refresh(refreshOf('b'))])
  expect((await keeper.status()).refreshing).toBe(true)
  ends[0]?.()
  await first
  expect((await keeper.status()).refreshing).toBe(true)
  while (ends.length === 1) await Promise.resolve()
  ends[1]?.()
  await others
  expect(seen).toEqual([refreshOf('a'), { changed: { imports: ['c', 'b'], facts: ['fact of c', 'fact of b'] }, recordedUntil: 'c' }])
  expect(locked).toHaveLength(2)
  expect(await keeper.status()).toMatchObject({ refreshing: false, state: 5, error: null })
})

test('what is joined with a whole derivation is one', () => {
  expect(joinRefreshes(refreshOf('b'), { recordedUntil: 'a' })).toEqual({ recordedUntil: 'b' })
})

test('a failed refresh is said until one succeeds, to all who waited for it, and does not block it', async () => {
  let works = false
  const { keeper } = open(async () => {
    if (!works) throw new Error('the disk is full')
  })
  const both = [keeper.refresh(refreshOf('a')), keeper.refresh(refreshOf('b'))]
  for (const one of both) await expect(one).rejects.toThrow('the disk is full')
  expect((await keeper.status()).error).toBe('the disk is full')
  works = true
  await keeper.refresh(refreshOf('c'))
  expect((await keeper.status()).error).toBeNull()
})

test('who follows builds is told of each once, also of those that another process made', async () => {
  const { keeper, moveOn } = open(async () => undefined)
  const told: BuildInForce[] = []
  const leave = keeper.builds.follow((build) => told.push(build))
  await keeper.refresh(refreshOf('a'))
  await keeper.status()
  moveOn()
  await keeper.status()
  await keeper.status()
  expect(told.map(({ state }) => state)).toEqual([4, 14])
  leave()
  await keeper.refresh(refreshOf('b'))
  expect(told).toHaveLength(2)
})

test('a look that comes back late does not set back what was seen, nor tell of a build again', async () => {
  const looks: ((state: number) => void)[] = []
  const keeper = keepLedgers({
    register: {
      readLedgerState: () =>
        new Promise((resolve) => looks.push((state) => resolve({ state, ledgers: {}, recorded_until: `until ${state}`, settings_hash: '' }))),
    },
    alone: (work) => work(new AbortController().signal),
    derive: async () => undefined,
    onFailure: () => undefined,
  })
  const told: number[] = []
  keeper.builds.follow(({ state }) => told.push(state))
  const [early, late] = [keeper.status(), keeper.status()]
  looks[1]?.(6)
  await late
  looks[0]?.(5)
  expect(await early).toMatchObject({ state: 6, recorded_until: 'until 6' })
  const next = keeper.status()
  looks[2]?.(6)
  await next
  expect(told).toEqual([6])
})
