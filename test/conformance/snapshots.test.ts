import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../../src/health/snapshot.ts'
import { appendSnapshots, readSnapshots } from '../../src/health/snapshot.ts'
import { NO_PAST, readLastSnapshot, readPasts } from '../../src/health/standing/past.ts'
import { addDays } from '../../src/kernel/period.ts'
import { openFactStore } from '../../src/stores/fact-store.ts'
import { freshStores, layoutKinds } from '../engines/engines.ts'

const snapshot = (account_id: string, day: string, score: number | null): Snapshot => ({
  account_id,
  day,
  mode: 'lived',
  model: 'default@1',
  known_until: '2024-03-02T00:00:00.000000Z',
  score,
  weighted: score,
  coverage: score === null ? 0.2 : 1,
  confidence: 0.9,
  low: 0,
  band: score === null ? 'unknown' : 'amber',
  held: score === null ? null : 'amber',
  own_band: score === null ? 'unknown' : 'amber',
  own_cap: false,
  arr: 1200.5,
  decided_on: null,
  next_deadline: '2024-05-01',
  deadline_arr: 1200.5,
  phase: 'in_window',
  is_held: false,
  inputs: [{ id: 'usage', reading: { value: 12, age: 1, n: 12 }, score: 70, nominal: 0.4, share: 0.4, points: 28 }],
  caps: [{ id: 'past_due_60', at_most: 40, since: '2024-02-01', evidence: 'I1', expires: null }],
})

describe.each(layoutKinds)('snapshots on %s', (kind) => {
  test('are read as they were written, once however often they were written, by day and account', async () => {
    const { facts, close } = await freshStores(kind)
    try {
      const store = await openFactStore(facts)
      const told = ['2024-03-01', '2024-03-02'].flatMap((day) => ['a', 'b', 'c'].map((account) => snapshot(account, day, account === 'b' ? null : 55.25)))
      await appendSnapshots(store, told)
      await appendSnapshots(store, told.slice(2))
      // Another way of telling the same day replaces nothing.
      await appendSnapshots(
        store,
        told.map((one) => ({ ...one, mode: 'as_if_connected' as const, score: 1 })),
      )
      const read = async (asked: Parameters<typeof readSnapshots>[1]): Promise<Snapshot[]> => {
        const found: Snapshot[] = []
        for await (const chunk of readSnapshots(store, asked)) found.push(...chunk)
        return found
      }
      const days = { from: '2024-03-01', until: '2024-03-02' }
      expect(await read(days)).toEqual(told)
      expect((await read({ ...days, accounts: ['b'] })).map(({ account_id, day }) => `${account_id} ${day}`)).toEqual(['b 2024-03-01', 'b 2024-03-02'])
      expect(await read({ ...days, mode: 'shadow' })).toEqual([])
    } finally {
      await close()
    }
  })

  test('tell the band that was announced, the trend and the score of a month ago, as it was lived before as it might have been', async () => {
    const { facts, close } = await freshStores(kind)
    try {
      const store = await openFactStore(facts)
      const last = '2024-06-30'
      const weekly = (account: string, scores: readonly (number | null)[]): Snapshot[] =>
        scores.map((score, i) => snapshot(account, addDays(last, 7 * (i + 1 - scores.length)), score))
      const falling = weekly('a', [82, 80, 81, 76, 74, 70, 69, 65])
      const replayed = weekly('b', [50, 60, null, 60, 50, 60, 50, 60]).map((each) => ({ ...each, mode: 'as_if_connected' as const }))
      await appendSnapshots(store, [
        ...falling,
        ...falling.map((each) => ({ ...each, score: 1, mode: 'as_if_connected' as const })),
        ...replayed,
        ...replayed.map((each) => ({ ...each, score: 2, model: 'other@1' })),
        ...weekly('c', [10, 20, 30, 40]),
        { ...snapshot('a', addDays(last, -30), 77), held: 'green' },
        { ...snapshot('d', addDays(last, -2), 80), held: 'green' },
        { ...snapshot('d', last, 80), held: 'red', is_held: true },
      ])
      expect(await readLastSnapshot(store, '2024-07-05')).toEqual({ last, modes: ['as_if_connected', 'lived'] })
      expect((await readLastSnapshot(store, last)).last).toBe(addDays(last, -2))
      const pasts = await readPasts(store, last, ['lived', 'as_if_connected'], ['default@1'])
      expect(pasts.of('a')).toEqual({ held: 'amber', trend: expect.closeTo(-2.464, 3), score_before: 77 })
      expect(pasts.of('b')).toEqual({ held: 'amber', trend: 0, score_before: null })
      expect(pasts.of('c')).toEqual({ held: 'amber', trend: null, score_before: null })
      expect(pasts.of('d')).toEqual({ held: 'green', trend: null, score_before: null })
      expect(pasts.of('nobody')).toEqual(NO_PAST)
      expect((await readPasts(store, null, [], [])).of('a')).toEqual(NO_PAST)
    } finally {
      await close()
    }
  })
})
