import { expect, test, vi } from 'vitest'
import type { FactStore } from '../facts/store.ts'
import { renderSql, sql, table } from '../kernel/sql.ts'
import { WHOLE_COMPANY } from '../metrics/kit/asker.ts'
import { keepOpened } from './books.ts'

test('builds as reported are removed when their book is no longer kept, a few later', async () => {
  const dropped: string[] = []
  const store = {
    everyShard: table,
    read: async () => Array.from({ length: 30 }, (_, i) => ({ name: 'ledger_account_month', state: String(i) })),
    writeEverywhere: async (query) => void dropped.push(renderSql(query).text),
  } as Partial<FactStore> as FactStore
  const opened = keepOpened({ store, log: { error: (details) => expect.fail(JSON.stringify(details)) } })
  for (let i = 0; i < 30; i++) await opened.read(WHOLE_COMPANY, `present ${i % 2}`, async () => ({ book: sql``, build: null }))
  for (let i = 0; i < 30; i++) await opened.read(WHOLE_COMPANY, `day ${i}`, async () => ({ book: sql``, build: { state: i } }))
  const builds = () => new Set(dropped.map((text) => /DROP PARTITION (\d+)/.exec(text)?.[1]))
  await vi.waitFor(() => expect(builds()).toEqual(new Set(['0', '1', '2', '3', '4', '5'])))
})
