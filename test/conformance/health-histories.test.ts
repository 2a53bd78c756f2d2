import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FACTS } from '../../src/facts/facts.ts'
import { factsKnownOn } from '../../src/health/history.ts'
import type { AccountHistory } from '../../src/health/history.ts'
import { readHistories } from '../../src/health/read/read-histories.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import { testEngineKinds } from '../engines/engines.ts'
import { loadFacts } from '../load-facts.ts'
import { openTestFacts } from '../open-ingest.ts'
import type { OpenFacts } from '../open-ingest.ts'
import { readFolder } from './product.ts'
import { readHealthCompany } from './health-company.ts'

type Row = Readonly<Record<string, string>>

const FOLDER = new URL('../golden/health-company/company/', import.meta.url).pathname
const DAYS = ['2024-02-01', '2024-09-15', '2025-05-20', '2025-05-21', '2025-06-30']

/** Writes the versions of the health company as its columns say that they were recorded. */
async function load({ facts }: OpenFacts): Promise<void> {
  for (const { name, text } of readFolder(FOLDER)) {
    const fact = FACTS.find(({ id }) => name === `${id}s.csv`)
    if (fact === undefined) throw new Error(`${name} is of no kind of fact`)
    const [header = '', ...lines] = text.trimEnd().split('\n')
    const rows = lines.map((line) => Object.fromEntries(header.split(',').map((column, i) => [column, line.split(',')[i] ?? ''])))
    const at = (row: Row): string => (row._recorded_at || row[fact.effective] || '').padEnd(20, 'T10:00:00Z').slice(0, 19).replace('T', ' ')
    await loadFacts(facts, fact, rows, (given, i) => {
      const row = given as Row
      const version = {
        import_id: 'company',
        recorded_at: at(row),
        row_number: i + 1,
        source: row._source || 'app',
        deleted: row._deleted === '1' ? 1 : 0,
      } as const
      return fact.marksRevisions ? { ...version, revises: 0 } : version
    })
  }
}

const shown = (history: AccountHistory, day: string) => {
  const { use, ...facts } = factsKnownOn(history, day)
  const days = [...new Set(use.map((each) => `${each.day} ${each.user} ${(each as { source?: string }).source}`))].sort()
  return { ...facts, days, events: use.reduce((sum, { events = 1 }) => sum + events, 0) }
}

describe.each(testEngineKinds)('histories on %s', (kind) => {
  let stores: OpenFacts
  beforeAll(async () => {
    stores = await openTestFacts(kind)
    await load(stores)
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
