import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { deadBreakdowns } from '../conformance/dead-breakdowns.ts'
import { openProduct, readFolder } from '../conformance/product.ts'
import type { Product } from '../conformance/product.ts'
import { GOLDEN_DIRECTORY, goldenSettings } from '../golden/golden.ts'

const H1 = { from: '2024-01-01', until: '2024-07-01', by: [], where: [], option: [] }

describe('breakdowns and filters of the golden company', () => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct('private', goldenSettings)
    await product.importFiles(readFolder(GOLDEN_DIRECTORY))
  })
  afterAll(() => product.close())
  const { answer, explain, listRows, cohorts, metricCohorts, movements, exportQuestion, explainChange } = {
    answer: (metric: string[], query: object) => product.client.answer({ query: { ...H1, metric, ...query } }),
    explain: (query: object) => product.client.explain({ params: { id: 'mrr' }, query: { ...H1, ...query } }),
    listRows: (query: object) => product.client.listRows({ params: { id: 'mrr' }, query: { ...H1, ...query } }),
    cohorts: (query: object) => product.client.cohorts({ query: { ...H1, grain: 'month', of: 'customers', ...query } }),
    metricCohorts: (query: object) => product.client.metricCohorts({ params: { id: 'c2_conversion' }, query: { ...H1, grain: 'month', ...query } }),
    movements: (query: object) => product.client.movements({ query: { ...H1, kind: [], ...query } }),
    exportQuestion: (query: object) =>
      product.client.exportQuestion({ query: { ...H1, metric: ['mrr'], what: 'answer', kind: [], format: 'csv', part: 'all', ...query } }),
    explainChange: (query: object) =>
      product.client.explainChange({ params: { id: 'mrr' }, query: { from: '2024-04-01', until: '2024-07-01', where: [], option: [], ...query } }),
  }
  const value = async (metric: string, query: object): Promise<number | null | undefined> => (await answer([metric], query)).results[0]?.value
  const parts = async (metric: string, by: string, query: object = {}) =>
    Object.fromEntries(
      (await answer([metric], { by: [by], ...query })).results.filter(({ value: one }) => (one ?? 0) !== 0).map(({ dims, value: one }) => [dims[by], one]),
    )
  const sumOf = (found: Record<string, number | null>): number => Object.values(found).reduce<number>((sum, one) => sum + (one ?? 0), 0)

  test('every breakdown that is offered tells something apart', async () => {
    expect(await deadBreakdowns(product.client, await product.client.listMetrics({}), H1)).toEqual([])
  })

  test('a dimension of which nothing has a value is not offered', async () => {
    const mrr = (await product.client.listMetrics({})).find(({ id }) => id === 'mrr')
    expect(mrr?.dimensions).toEqual(expect.arrayContaining(['segment', 'csm', 'product', 'plan', 'currency']))
    expect(mrr?.dimensions).not.toContain('region')
    expect(mrr?.dimensions).not.toContain('kind')
  })

  test('churn by reason and by type adds up to the rate, over the customers of the opening', async () => {
    const rate = await value('logo_churn_rate', {})
    const reasons = await parts('logo_churn_rate', 'reason')
    expect(reasons).toEqual({ downgraded_to_free: 1 / 9 })
    expect(sumOf(reasons)).toBeCloseTo(rate ?? NaN, 12)
    const q1 = { until: '2024-04-01' }
    expect(await parts('logo_churn_rate', 'churn_type', q1)).toEqual({ voluntary: 1 / 9, pause: 1 / 9 })
    expect(await parts('logo_churn_rate', 'cause', q1)).toEqual({ cancelled: 1 / 9, pause: 1 / 9 })
    expect(await value('logo_churn_rate', q1)).toBeCloseTo(2 / 9, 12)
    expect(sumOf(await parts('mrr_cancel_rate', 'reason'))).toBeCloseTo((await value('mrr_cancel_rate', {})) ?? NaN, 12)
    expect(await value('logo_churn_rate', { where: ['reason=cancelled'], ...q1 })).toBeCloseTo(1 / 9, 12)
    const { total } = await product.client.listRows({ params: { id: 'logo_churn_rate' }, query: { ...H1, where: ['reason=cancelled'], part: 'denominator' } })
    expect(total).toBe(9)
  })

  test('the cost of keeping customers by category adds up to the whole', async () => {
    for (const metric of ['crc', 'crc_ratio']) {
      const categories = await parts(metric, 'category')
      expect(Object.keys(categories).length).toBeGreaterThan(1)
      expect(sumOf(categories)).toBeCloseTo((await value(metric, {})) ?? NaN, 9)
    }
  })

  test('a metric that cannot be filtered says so, and the others answer', async () => {
    const { results } = await answer(
      BUILT_IN.all.map(({ id }) => id),
      { where: ['segment=SMB'], seconds: 300 },
    )
    const refused = results.filter(({ refusal }) => refusal !== undefined)
    expect(refused.map(({ metric }) => metric)).toContain('crc')
    expect(
      refused.every(
        ({ value: one, null_reason, refusal }) => one === null && null_reason === 'dimension_not_supported' && /by segment/.test(refusal?.message ?? ''),
      ),
    ).toBe(true)
    expect(results.find(({ metric }) => metric === 'mrr')?.value).toBeGreaterThan(0)
    expect(new Set(results.map(({ metric }) => metric)).size).toBe(BUILT_IN.all.length)
    await expect(answer(['crc'], { where: ['segment=SMB'] })).rejects.toMatchObject({ code: 'dimension_not_supported', status: 400 })
    const { results: byReason } = await answer(['mrr', 'churned_mrr'], { where: ['reason=cancelled'] })
    expect(byReason.map(({ metric, value: one, refusal }) => [metric, one, refusal?.code])).toEqual([
      ['mrr', null, 'dimension_not_supported'],
      ['churned_mrr', 430, undefined],
    ])
  })

  test.each([
    ['answers', (query: object) => answer(['mrr', 'nrr'], query)],
    ['explanations', explain],
    ['rows', listRows],
    ['cohorts', cohorts],
    ['cohorts of a metric', metricCohorts],
    ['movements', movements],
    ['files', exportQuestion],
    ['changes', explainChange],
  ])('%s refuse what there is not, with what there is', async (_, ask) => {
    await expect(ask({ where: ['segement=SMB'] })).rejects.toMatchObject({
      code: 'unknown_dimension',
      status: 400,
      cure: expect.stringMatching(/Did you mean segment\?.* csm/),
    })
    await expect(ask({ where: ['segment=smb'] })).rejects.toMatchObject({
      code: 'unknown_value',
      status: 400,
      cure: expect.stringContaining('Did you mean SMB?'),
    })
    await expect(ask({ where: ['account=A99'] })).rejects.toMatchObject({ code: 'unknown_value' })
    await expect(ask({ where: ['segment=(none)', 'segment=SMB'] })).resolves.toBeDefined()
  })

  test('an unknown breakdown and a value of a usual dimension that nothing has are refused', async () => {
    await expect(answer(['mrr'], { by: ['colour'] })).rejects.toMatchObject({ code: 'unknown_dimension' })
    await expect(answer(['mrr'], { where: ['region=EMEA'] })).rejects.toMatchObject({
      code: 'unknown_value',
      cure: expect.stringContaining('Nothing that was imported has a region'),
    })
    await expect(answer(['mrr'], { where: ['plan=Gold'] })).rejects.toMatchObject({ code: 'unknown_value' })
    await expect(answer(['churned_mrr'], { where: ['reason=canceled'] })).rejects.toMatchObject({ cure: expect.stringContaining('Did you mean cancelled?') })
    expect(await parts('mrr', 'region')).toEqual({ '(none)': 3630 })
  })

  test('a value that was once known is asked for as long as any report knows it', async () => {
    const undone = await product.importFiles([
      { name: 'account_attributes.csv', text: 'account_id,attribute,value,effective_at\nA01,segment,Nonprofit,2024-05-01' },
    ])
    expect(await value('mrr', { where: ['segment=Nonprofit'] })).toBeGreaterThan(0)
    await product.client.undoImport({ params: { id: undone.id } })
    await expect(answer(['mrr'], { where: ['segment=Nonprofit'] })).rejects.toMatchObject({ code: 'unknown_value' })
  })
})
