import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { factsKnownOn } from '../../src/health/history.ts'
import type { AccountHistory } from '../../src/health/history.ts'
import { readHistories } from '../../src/health/read/read-histories.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import { testEngineKinds } from '../engines/engines.ts'
import { openTestFacts } from '../open-ingest.ts'
import type { OpenFacts } from '../open-ingest.ts'
import { readHealthCompany } from './health-company.ts'
import { loadHealthCompany } from './load-health-company.ts'

const DAYS = ['2024-02-01', '2024-09-15', '2025-05-20', '2025-05-21', '2025-06-30']

const shown = (history: AccountHistory, day: string) => {
  const { use, ...facts } = factsKnownOn(history, day)
  const days = [...new Set(use.map((each) => `${each.day} ${each.user} ${(each as { source?: string }).source}`))].sort()
  return { ...facts, days, events: use.reduce((sum, { events = 1 }) => sum + events, 0) }
}

describe.each(testEngineKinds)('histories on %s', (kind) => {
  let stores: OpenFacts
  beforeAll(async () => {
    stores = await openTestFacts(kind)
    await loadHealthCompany(stores)
  })
  afterAll(() => stores.close())

  test('say what the files say', async () => {
    const read: AccountHistory[] = []
    for await (const chunk of readHistories(stores.facts, defaultSettings, { until: '2026-01-01T00:00:00Z', chunk: 13 })) read.push(...chunk)
    const told = readHealthCompany()
    expect(read.map(({ account }) => account)).toEqual(told.map(({ account }) => account).sort())
    for (const history of read) {
      const wanted = told.find(({ account }) => account === history.account) as AccountHistory
      for (const day of DAYS) expect(shown(history, day)).toEqual(shown(wanted, day))
    }
  })
})
