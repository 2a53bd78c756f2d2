import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { KM, watchedFacts } from '../../src/metrics/rows/watched-examples.ts'
import { openProduct } from '../conformance/product.ts'
import type { NamedFile, Product } from '../conformance/product.ts'

const csv = (name: string, rows: readonly Readonly<Record<string, string>>[]): NamedFile => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return { name, text: [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map((cells) => cells.join(',')).join('\n') }
}

describe('cohorts of a metric by their age', () => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct('private', {})
    const { feature, subscription_version, usage_event } = watchedFacts(KM, 1)
    const yearly = ['kept', 'left'].map((id) => ({
      subscription_id: id,
      account_id: id,
      effective_at: '2021-03-10T12:00:00Z',
      status: 'active',
      unit_amount: '120',
      currency: 'USD',
      interval_unit: 'year',
    }))
    const notRenewed = { subscription_id: 'left', account_id: 'left', effective_at: '2022-03-10T12:00:00Z', status: 'ended', unit_amount: '0', currency: 'USD' }
    await product.importFiles([csv('contracts/subscription_versions.csv', [...yearly, notRenewed])])
    await product.importFiles([csv('features.csv', feature), csv('subscription_versions.csv', subscription_version), csv('usage_events.csv', usage_event)])
  })
  afterAll(() => product.close())
  const ask = (id: string, { from, until } = { from: '2024-02-01', until: '2024-04-01' }) =>
    product.client.metricCohorts({ params: { id }, query: { from, until, grain: 'month', where: [], option: [] } })
  const cells = (cohorts: Awaited<ReturnType<typeof ask>>['cohorts']) =>
    cohorts.map(({ period, base, cells: all }) => [
      period.label,
      base,
      all.map(({ age, kept, share, null_reason }) => [age, kept, share === null ? null : Number(share.toFixed(6)), null_reason]),
    ])

  test('of a time: who has got there by then, with those who still wait (the worked Kaplan-Meier table)', async () => {
    const { unit, cohorts } = await ask('time_to_first_value')
    expect(unit).toBe('days')
    const later = (age: number) => [age, null, null, 'not_matured']
    expect(cells(cohorts)).toEqual([
      ['2024-02', 0, [7, 14, 30, 60, 90, 180, 365].map(later)],
      ['2024-03', 10, [[7, 3, 0.3, null], [14, 5, 0.52, null], [30, 6, 0.68, null], ...[60, 90, 180, 365].map(later)]],
    ])
  })

  test('of a share with a horizon: the metric itself with each of them', async () => {
    const { cohorts } = await ask('activation_rate')
    const days = [7, 14, 30]
    const alone = await Promise.all(
      days.map((age) =>
        product.client.answer({
          query: { metric: ['activation_rate'], from: '2024-03-01', until: '2024-04-01', by: [], where: [], option: [`within_days=${age}`] },
        }),
      ),
    )
    expect(
      cohorts
        .at(-1)
        ?.cells.slice(0, 3)
        .map(({ share }) => share),
    ).toEqual(alone.map(({ results }) => results[0]?.value ?? null))
    expect(alone[0]?.results[0]?.value).toBeGreaterThan(0)
  })

  test('of customers kept: those of the board', async () => {
    expect((await ask('cohort_retention')).unit).toBe('months')
    const { cohorts } = await ask('cohort_retention', { from: '2021-03-01', until: '2021-04-01' })
    const age = (months: number) => cohorts[0]?.cells[months]
    expect([age(0), age(11), age(12)].map((cell) => [cell?.kept, cell?.share])).toEqual([
      [2, 1],
      [2, 1],
      [1, 0.5],
    ])
  })

  test.each(BUILT_IN.all.filter(({ cohorts }) => cohorts !== null).map(({ id }) => id))('of %s, which says that it has some', async (id) => {
    const { unit, cohorts } = await ask(id)
    expect(cohorts.map(({ period }) => period.label)).toEqual(['2024-02', '2024-03'])
    expect(cohorts[0]?.cells.map(({ age }) => age).slice(0, 2)).toEqual(unit === 'days' ? [7, 14] : [])
  })

  test('of any other metric are refused, with what to ask instead', async () => {
    await expect(ask('nrr')).rejects.toMatchObject({ code: 'no_cohorts', cure: expect.stringContaining('series') })
  })
})
