import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../bin/sources.mjs'
import { makeClient } from '../../src/contract/client.ts'
import type { Routes } from '../../src/contract/client.ts'
import { contract } from '../../src/contract/contract.ts'
import type { BinnacleClient } from '../../src/contract/contract.ts'
import type { Op } from '../../src/contract/op.ts'
import { fixedClock } from '../../src/kernel/clock.ts'
import { composeApp, openStoresOn } from '../../src/main.ts'
import type { App, Stores } from '../../src/main.ts'
import { freshStores, layoutKinds } from '../engines/engines.ts'
import type { FreshStores } from '../engines/engines.ts'

const company = join(root, 'test/golden/company')
const routes: Routes = Object.fromEntries(
  Object.entries(contract as Record<string, Op>).map(([name, { method, path, produces }]) => [
    name,
    produces === undefined ? [method, path] : [method, path, produces],
  ]),
)
const up = { state: 'up' as const, kind: 'private' as const, since: '2024-08-01T00:00:00Z', restarts: 0 }

describe.each(layoutKinds)('the API over the engines of kind %s', (kind) => {
  let fresh: FreshStores
  let stores: Stores
  let app: App
  let client: BinnacleClient
  let importId = ''

  async function importCompany(): Promise<string> {
    const { id } = await client.createImport({})
    for (const name of readdirSync(company).sort())
      await client.addFile({ params: { id }, query: { name }, upload: new Blob([readFileSync(join(company, name))]).stream() })
    const done = await client.commitImport({ params: { id } })
    expect(done).toMatchObject({ state: 'done', error: null })
    return id
  }

  beforeAll(async () => {
    fresh = await freshStores(kind)
    stores = await openStoresOn(
      { facts: fresh.facts, workspaceUrl: fresh.workspaceUrl, health: () => ({ facts: up, workspace: up }), rooms: () => [], close: async () => undefined },
      { log: pino({ level: 'error' }, pino.destination(2)), clock: fixedClock('2024-08-01T12:00:00Z') },
    )
    app = composeApp(stores, { checkAnswers: true })
    await app.ready
    client = makeClient(routes, 'http://localhost', (url, init) => app.fetch(new Request(url, init)))
    await client.changeSetting({ params: { key: 'time_zone' }, body: { value: 'America/New_York' } })
    importId = await importCompany()
  })
  afterAll(async () => {
    await app.close()
    await stores.close()
    await fresh.close()
  })

  const H1 = { from: '2024-01-01', until: '2024-07-01' }
  const none = { by: [], where: [], option: [] }

  test('tells what it holds', async () => {
    const overview = await client.overview({})
    expect(overview).toMatchObject({
      empty: false,
      accounts: 14,
      first_day: '2023-04-01',
      last_day: '2024-07-01',
      today: '2024-08-01',
      time_zone: 'America/New_York',
      reconciliation: { breaks: 0 },
      ledgers: { refreshing: false, error: null },
    })
    expect(overview.facts.find(({ fact }) => fact === 'charge')?.count).toBe(58)
    expect(overview.reconciliation.checked).toBeGreaterThan(20)
    expect(await client.health({})).toMatchObject({ state: 'up' })
  })

  test('lists dimensions, and metrics with those that fit them', async () => {
    const dimensions = await client.listDimensions({})
    expect(dimensions.find(({ id }) => id === 'segment')?.values.sort()).toEqual(['ENT', 'MID', 'SMB'])
    const metrics = await client.listMetrics({})
    const nrr = metrics.find(({ id }) => id === 'nrr')
    expect(nrr).toMatchObject({ formula: expect.stringContaining('Opening MRR'), needs: expect.arrayContaining(['subscription_version']) })
    expect(nrr?.dimensions).toEqual(expect.arrayContaining(['segment', 'csm']))
    expect(metrics.find(({ id }) => id === 'crc')?.needs).toContain('cost')
  })

  test('answers, and the same question again from what it kept', async () => {
    const query = { metric: ['mrr', 'nrr'], ...H1, ...none, grain: 'quarter' as const, compare: 'previous' as const }
    const first = await client.answer({ query })
    expect(first.results.map(({ metric, period, exact }) => [metric, period.label, exact])).toEqual([
      ['mrr', '2024-Q1', expect.any(String)],
      ['mrr', '2024-Q2', '3630'],
      ['nrr', '2024-Q1', null],
      ['nrr', '2024-Q2', null],
    ])
    expect(await client.answer({ query })).toEqual(first)
  })

  test('metrics of every kind of row answer, explain themselves and have rows', async () => {
    const all = await client.listMetrics({})
    // One metric of each kind of row: the sample company has all of them.
    const chosen = all.filter(({ id }) => ['mrr', 'nrr', 'new_mrr', 'net_revenue', 'crc', 'accounts_per_csm', 'renewal_rate', 'cohort_retention'].includes(id))
    for (const { id, dimensions } of chosen) {
      const by = dimensions.filter((dimension) => dimension === 'segment')
      const { results } = await client.answer({ query: { metric: [id], ...H1, ...none, by, interval: 'true' } })
      expect(
        results.every((result) => result.value !== null || result.null_reason !== null),
        id,
      ).toBe(true)
      const explanation = await client.explain({ params: { id }, query: { ...H1, ...none, compare: 'previous' } })
      expect(explanation.filled_formula, id).not.toContain('{')
      const items = explanation.contributions?.items ?? []
      const { from = null, to = null } = explanation.contributions ?? {}
      if (from !== null && to !== null)
        expect(
          items.reduce((sum, { amount }) => sum + amount, 0),
          id,
        ).toBeCloseTo(to - from, 6)
      const page = await client.listRows({ params: { id }, query: { ...H1, ...none } })
      const exported = await client.exportRows({ params: { id }, query: { ...H1, ...none } })
      expect(exported.trimEnd().split('\r\n'), id).toHaveLength(page.total + 1)
    }
  })

  test('rows of accounts lead from opening to close, exchange rates a step of their own', async () => {
    const { columns, rows } = await client.listRows({ params: { id: 'mrr' }, query: { ...H1, ...none } })
    const cells = rows.map((row) => Object.fromEntries(columns.map(({ id }, i) => [id, Number(row[i])])))
    for (const { opening = 0, moved = 0, fx = 0, closing = 0 } of cells) expect(opening + moved + fx).toBeCloseTo(closing, 6)
    expect(cells.filter(({ fx = 0 }) => fx !== 0).map(({ fx }) => fx)).toEqual([-9])
  })

  test('what was due stands beside what a contract was renewed for', async () => {
    const { columns, rows } = await client.listRows({ params: { id: 'renewal_revenue' }, query: { from: '2024-04-01', until: '2024-05-01', ...none } })
    const cells = rows.map((row) => Object.fromEntries(columns.map(({ id }, i) => [id, row[i]])))
    expect(cells.map(({ old_value, new_value }) => [old_value, new_value])).toEqual([[12_000, 13_200]])
  })

  test('shows cohorts and movements', async () => {
    const { cohorts } = await client.cohorts({ query: { ...H1, where: [] } })
    expect(cohorts.map(({ period }) => period.label)).toEqual(['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06'])
    const { rows, total } = await client.movements({ query: { ...H1, ...none, kind: ['churn'] } })
    expect(rows.length).toBe(total)
    expect(total).toBeGreaterThan(2)
  })

  test('opens an account down to the lines of the files', async () => {
    const { account, sections } = await client.evidence({ params: { id: 'A04' }, query: {} })
    expect(account).toMatchObject({ account_id: 'A04', name: 'Dogwood' })
    expect(account.attributes).toContainEqual(expect.objectContaining({ attribute: 'segment', value: 'MID' }))
    const charges = sections.find(({ id }) => id === 'charge')
    expect(charges?.page.total).toBe(6)
    const at = (name: string) => charges?.page.columns.findIndex(({ id }) => id === name) ?? -1
    const [latest] = charges?.page.rows ?? []
    expect([latest?.[at('charge_id')], latest?.[at('file')], latest?.[at('line')], latest?.[at('as_it_stood')]]).toEqual([
      'C052',
      'charges.csv',
      53,
      'C052,A04,2024-06-01T15:00:00Z,recurring,600,EUR',
    ])
    const discounted = await client.evidence({ params: { id: 'A06' }, query: {} })
    expect(discounted.sections.find(({ id }) => id === 'discount')?.page.total).toBe(1)
    await expect(client.evidence({ params: { id: 'nobody' }, query: {} })).rejects.toMatchObject({ code: 'not_found', status: 404 })
  })

  test('opening and movements lead to closing everywhere', async () => {
    const { checked, breaks } = await client.reconciliation({})
    expect(checked).toBeGreaterThan(20)
    expect(breaks.rows).toEqual([])
  })

  test('a setting moves the numbers at once, and its old value brings them back', async () => {
    const ask = async () => (await client.answer({ query: { metric: ['mrr'], from: '2024-01-01', until: '2024-02-01', ...none } })).results[0]?.exact
    const before = await ask()
    await client.changeSetting({ params: { key: 'mrr_discounts' }, body: { value: 'none' } })
    expect(await ask()).not.toBe(before)
    await client.changeSetting({ params: { key: 'mrr_discounts' }, body: { value: 'recurring' } })
    expect(await ask()).toBe(before)
  })

  test('what was reported before the import is nothing, and after its undo nothing again', async () => {
    const ask = async (reported_on?: string) => (await client.answer({ query: { metric: ['mrr'], ...H1, ...none, reported_on } })).results[0]?.value
    expect(await ask()).toBe(3630)
    expect(await ask('2024-07-31')).toBe(0)
    await client.undoImport({ params: { id: importId } })
    expect(await ask()).toBe(0)
    expect(await ask('2024-08-01')).toBe(0)
  })
})
