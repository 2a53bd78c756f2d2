import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshStores } from '../../test/engines/engines.ts'
import type { FreshStores } from '../../test/engines/engines.ts'
import { loadFacts } from '../../test/load-facts.ts'
import { subscriptionVersion } from '../facts/subscription-version.ts'
import { fixedClock } from '../kernel/clock.ts'
import { defaultSettings } from '../kernel/settings.ts'
import { refreshLedgers } from '../ledgers/refresh.ts'
import { createLedgerTables } from '../ledgers/tables.ts'
import { BUILT_IN } from '../metrics/catalogue/built-in.ts'
import { WHOLE_COMPANY } from '../metrics/kit/asker.ts'
import { withMetrics } from '../metrics/kit/catalogue.ts'
import { defineMetric } from '../metrics/kit/metric.ts'
import { total } from '../metrics/kit/value.ts'
import { mrrMovements } from '../metrics/rows/mrr-movements.ts'
import { openFactStore } from '../stores/fact-store.ts'
import { openWorkspace } from '../stores/workspace.ts'
import type { Workspace } from '../stores/workspace.ts'
import { openBooks } from './books.ts'
import type { Books } from './books.ts'
import { askChange } from './change.ts'
import { openLanes, placesFor } from './lanes.ts'
import { askAnswers, askCatalogue, askExplanation, askRows } from './questions.ts'
import { askTable } from './tables.ts'

/** A metric that no file defines: the workspace alone knows it. */
const largeDeals = defineMetric({
  ...BUILT_IN.byId('new_mrr'),
  id: 'large_deals',
  name: 'Large deals',
  says: 'MRR of accounts that became customers with 500 or more.',
  measures: { amount: { of: mrrMovements, each: 'amount', when: "kind = 'new' AND amount >= 500", label: 'MRR of large deals', kind: 'money' } },
  value: total('amount'),
  n: null,
  revisions: [],
  examples: [],
})

const RECORDED = '2024-05-01T00:00:00.000000Z'
const started = (account_id: string, day: string, amount: number) => ({
  subscription_id: account_id,
  account_id,
  effective_at: `${day}T12:00:00Z`,
  currency: 'USD',
  status: 'active',
  unit_amount: String(amount),
})

describe('a metric that joins the catalogue of a book', () => {
  let stores: FreshStores
  let workspace: Workspace
  let books: Books
  const asking = { asker: WHOLE_COMPANY }
  const march = { from: '2024-03-01', until: '2024-04-01', where: [], options: {} }

  beforeAll(async () => {
    stores = await freshStores('private')
    const store = await openFactStore(stores.facts)
    const clock = fixedClock('2024-06-01T00:00:00Z')
    workspace = await openWorkspace(stores.workspaceUrl, clock)
    await createLedgerTables(store)
    const versions = [started('small', '2024-03-05', 90), started('large', '2024-03-09', 900), started('early', '2024-02-05', 600)]
    await loadFacts(store, subscriptionVersion, versions, { import_id: 'own', recorded_at: RECORDED })
    await refreshLedgers(store, workspace, defaultSettings, { recordedUntil: RECORDED })
    books = openBooks(
      {
        store,
        clock,
        register: workspace,
        settings: async () => defaultSettings,
        settingsAt: async () => defaultSettings,
        catalogue: withMetrics(BUILT_IN, [largeDeals], 'own'),
        northStars: { readInForce: async () => null, readAt: async () => null, readAll: async () => [], append: () => expect.fail('nobody saves one') },
        segments: {
          readInForce: async () => null,
          readAllInForce: async () => [],
          readAll: async () => [],
          append: () => expect.fail('nobody saves one'),
          membersOf: () => expect.fail('nobody asks for one'),
        },
        building: (work, unwanted) => work(unwanted),
        checkWhole: async () => undefined,
        imports: {
          factsChangedSince: async () => [],
          listChangedSince: async () => [],
          isInvented: async () => false,
          traceRows: async (_, rows) => rows.map((row) => ({ ...row, line: 0 })),
        },
        log: { error: (details) => expect.fail(JSON.stringify(details)) },
      },
      openLanes(placesFor(2)),
    )
  })
  afterAll(async () => {
    await workspace.close()
    await stores.close()
  })

  it('has values beside those of the product', async () => {
    const { found } = await askAnswers(books, asking, ['large_deals', 'new_mrr'], { ...march, compare: 'previous' })
    expect(found.map(({ metric, value, comparison }) => [metric, value, comparison?.value])).toEqual([
      ['large_deals', 900, 600],
      ['new_mrr', 990, 600],
    ])
  })

  it('explains itself, and its definition with it', async () => {
    const { result, definition, terms, filled_formula } = await askExplanation(books, asking, 'large_deals', march)
    expect(result.value).toBe(900)
    expect(filled_formula).toContain('900')
    expect(terms.map(({ label }) => label)).toEqual(['MRR of large deals'])
    expect(definition).toMatchObject({ id: 'large_deals', name: 'Large deals', needs: expect.arrayContaining(['subscription_version']), missing: [] })
  })

  it('opens into its rows', async () => {
    const { columns, rows, total: all } = await askRows(books, asking, 'large_deals', march, { part: 'all', offset: 0, limit: 10 })
    const account = columns.findIndex(({ id }) => id === 'account_id')
    expect([all, rows.map((row) => row[account])]).toEqual([1, ['large']])
  })

  it('says why it changed', async () => {
    const change = await askChange(books, asking, 'large_deals', { ...march, by: 'account' })
    expect(change).toMatchObject({ metric: 'large_deals', name: 'Large deals', change: 300 })
    expect(change.parts.filter(({ amount }) => amount !== 0).map(({ key, amount }) => [key, amount])).toEqual([
      ['large', 900],
      ['early', -600],
    ])
  })

  it('stands in the list, after those of the product', async () => {
    const ids = (await askCatalogue(books, asking)).map(({ id }) => id)
    expect(ids).toEqual([...BUILT_IN.all.map(({ id }) => id), 'large_deals'])
  })

  it('waits its turn also where all its rows are wanted, of a composed one too', async () => {
    const full = { ...books, lanes: { run: () => Promise.reject(new Error('no place is free')) } }
    for (const id of ['large_deals', 'north_star'])
      await expect(askTable(full, asking, { what: 'rows', metrics: [id], part: 'all' }, march)).rejects.toThrow('no place is free')
  })

  it('is refused, neither 0 nor as it was kept, while the ledgers are forgotten that were found short', async () => {
    const value = async () => (await askAnswers(books, asking, ['large_deals'], march)).found[0]?.value
    expect(await value()).toBe(900)
    const whole = await workspace.readLedgerState()
    await workspace.swapLedgerState({ ...whole, ledgers: {}, settings_hash: '' }, whole)
    await expect(value()).rejects.toMatchObject({ code: 'ledgers_missing', status: 503, retry: true })
    await workspace.swapLedgerState(whole, whole)
    expect(await value()).toBe(900)
  })

  it('is unknown to who does not have it', () => {
    expect(() => BUILT_IN.byId('large_deals')).toThrow('There is no metric "large_deals".')
  })
})
