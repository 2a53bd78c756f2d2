import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../../src/health/snapshot.ts'
import { appendSnapshots, readSnapshots } from '../../src/health/snapshot.ts'
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
})
