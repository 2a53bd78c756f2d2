import { expect, test } from 'vitest'
import type { FactStore, LedgerState } from '../facts/store.ts'
import { defaultSettings } from '../kernel/settings.ts'
import { table } from '../kernel/sql.ts'
import { ledgersFingerprint } from './lineage.ts'
import { refreshLedgers } from './refresh.ts'

const MARCH = '2024-03-01T00:00:00.000000Z'
const MAY = '2024-05-01T00:00:00.000000Z'

/** Holds no facts at all. */
const empty = { shards: 1, everyShard: table, shardLocal: (query) => query, read: async () => [] } as Partial<FactStore> as FactStore

test('a batch that follows after one that was recorded later does not take back until when facts are in the numbers', async () => {
  let present: LedgerState = { state: 4, ledgers: {}, recorded_until: MARCH, settings_hash: ledgersFingerprint(defaultSettings) }
  const register = {
    readLedgerState: async () => present,
    nextLedgerBuild: async () => present.state + 1,
    swapLedgerState: async (next: LedgerState) => void (present = next),
  }
  const refresh = (id: string, recordedUntil: string) =>
    refreshLedgers(empty, register, defaultSettings, { recordedUntil, changed: { imports: [id], facts: [] } })
  expect(await refresh('later', MAY)).toMatchObject({ state: 5, recorded_until: MAY })
  expect(await refresh('earlier', MARCH)).toMatchObject({ state: 6, recorded_until: MAY })
  expect(present.recorded_until).toBe(MAY)
})
