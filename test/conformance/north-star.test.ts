import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BinnacleError } from '../../src/kernel/errors.ts'
import { SETTINGS } from '../../src/kernel/settings.ts'
import { GOLDEN_DIRECTORY, goldenSettings } from '../golden/golden.ts'
import { openProduct, readFolder } from './product.ts'
import type { Product } from './product.ts'

const APRIL = { from: '2024-04-01', until: '2024-05-01', by: [] as string[], where: [], option: [] }
const index = {
  name: 'Company',
  owner: 'Ada',
  kind: 'index',
  children: [
    { metric: 'nrr', weight: 60, floor: 0.9, target: 1.1 },
    { metric: 'customers_lost', weight: 40, floor: 10, target: 0 },
  ],
}

describe('the North Star of the golden company', () => {
  let product: Product
  let now = '2024-08-01T12:00:00Z'
  beforeAll(async () => {
    product = await openProduct('private', goldenSettings, { now: () => new Date(now) })
    await product.importFiles(readFolder(GOLDEN_DIRECTORY))
  })
  afterAll(() => product.close())

  const ask = async (query: Partial<typeof APRIL & { grain: 'month'; compare: 'previous'; reported_on: string }> = {}) =>
    (await product.client.answer({ query: { metric: ['north_star'], ...APRIL, ...query } })).results
  const save = (tree: object | string) =>
    product.client.changeSetting({ params: { key: 'north_star' }, body: { value: typeof tree === 'string' ? tree : JSON.stringify(tree) } })
  const refusal = (tree: object) =>
    save(tree).then(
      () => 'saved',
      (error: unknown) => (error instanceof BinnacleError ? `${error.code}: ${error.message}` : String(error)),
    )

  test('nsm_additive: net new MRR as it comes, 310 + 650 - 320 - 10 in April', async () => {
    const [april] = await ask({ compare: 'previous' })
    expect(april).toMatchObject({
      value: 630,
      exact: '630',
      unit: 'money',
      currency: 'USD',
      parts: { expansion_mrr: 310, reactivation_mrr: 650, churned_mrr: -320, fx_mrr: -10, residual: 0 },
    })
    const { tree, contributions, filled_formula, definition } = await product.client.explain({
      params: { id: 'north_star' },
      query: { ...APRIL, compare: 'previous' },
    })
    expect(filled_formula).toBe('0 + 310 + 650 + 0 - 320 - 10 = 630 USD')
    expect(tree?.pieces.map(({ metric, contribution }) => [metric, contribution])).toContainEqual(['churned_mrr', -320])
    expect((contributions?.items ?? []).reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo((contributions?.to ?? 0) - (contributions?.from ?? 0), 9)
    expect(definition.settings).toEqual(expect.arrayContaining(['north_star', 'churn_date']))
  })

  test('adds up over months and over segments', async () => {
    const [whole] = await ask({ from: '2024-01-01', until: '2024-07-01' })
    for (const cut of [{ grain: 'month' as const }, { by: ['segment'] }]) {
      const parts = await ask({ from: '2024-01-01', until: '2024-07-01', ...cut })
      expect(parts.length).toBeGreaterThan(2)
      expect(parts.reduce((sum, { value }) => sum + (value ?? Number.NaN), 0)).toBeCloseTo(whole?.value ?? Number.NaN, 6)
    }
  })

  test('is refused where it does not add up or cannot', async () => {
    expect(await refusal({ ...JSON.parse(SETTINGS.north_star.fallback), children: [{ metric: 'new_mrr' }, { metric: 'churned_mrr', sign: -1 }] })).toMatch(
      /^bad_north_star: "Net new MRR" does not add up/,
    )
    expect(await refusal({ name: 'x', kind: 'additive', children: [{ metric: 'mrr' }, { metric: 'nrr' }] })).toMatch(
      /^bad_north_star: "x" would add money and share|^bad_north_star: "x" would add money and ratio/,
    )
    expect(await refusal({ name: 'x', kind: 'index', children: [{ metric: 'happiness', weight: 100, floor: 0, target: 1 }] })).toMatch(/^unknown_metric/)
    expect(await refusal({ name: 'x', kind: 'index', children: [{ metric: 'north_star', weight: 100, floor: 0, target: 1 }] })).toMatch(/^bad_north_star/)
  })

  test('becomes an index when the team says so, keeps its history, and goes back', async () => {
    await save(index)
    const [april] = await ask()
    const [nrr, lost] = (await product.client.answer({ query: { ...APRIL, metric: ['nrr', 'customers_lost'] } })).results.map(
      ({ value }) => value ?? Number.NaN,
    )
    const way = (value: number, floor: number, target: number) => Math.min(1, Math.max(0, (value - floor) / (target - floor)))
    expect(april).toMatchObject({ unit: 'score', currency: null, value: expect.closeTo(60 * way(nrr ?? 0, 0.9, 1.1) + 40 * way(lost ?? 0, 10, 0), 9) })
    const page = await product.client.listRows({ params: { id: 'north_star' }, query: { ...APRIL, part: 'all', offset: 0, limit: 100 } })
    expect(page.rows.map((row) => row[1])).toEqual(['nrr', 'customers_lost'])
    expect((await product.client.explain({ params: { id: 'north_star' }, query: APRIL })).tree).toMatchObject({ name: 'Company', owner: 'Ada' })
    await save(SETTINGS.north_star.fallback)
    expect((await ask())[0]?.value).toBe(630)
  })

  test('as reported on a day is the one the team steered by then', async () => {
    now = '2024-08-05T12:00:00Z'
    await save(index)
    now = '2024-08-06T12:00:00Z'
    await save(index)
    const unit = async (reported_on?: string) => (await ask(reported_on === undefined ? {} : { reported_on }))[0]?.unit
    expect(await Promise.all([unit('2024-08-04'), unit('2024-08-05'), unit()])).toEqual(['money', 'score', 'score'])
    const versions = await product.client.listNorthStars({})
    expect(versions.map(({ version, made_at, made_by }) => [version, made_at.slice(0, 10), made_by])).toEqual([
      [1, '2024-08-01', null],
      [2, '2024-08-01', null],
      [3, '2024-08-05', null],
    ])
    expect(versions.at(-1)?.definition).toBe(JSON.stringify(index))
    const history = await product.client.settingHistory({ params: { key: 'north_star' } })
    expect(history).toEqual(versions.map(({ definition, made_at }) => ({ value: definition, changed_at: made_at })))
    const entry = (await product.client.listSettings({})).find(({ key }) => key === 'north_star')
    expect(entry).toMatchObject({ value: JSON.stringify(index), fallback: SETTINGS.north_star.fallback, kind: 'tree', changed_at: versions.at(-1)?.made_at })
    const change = await product.client.explainChange({ params: { id: 'north_star' }, query: { ...APRIL, by: undefined, reported_on: '2024-08-04' } })
    expect(change.settings.map(({ key, was, is }) => [key, was, is])).toEqual([['north_star', SETTINGS.north_star.fallback, JSON.stringify(index)]])
  })
})
