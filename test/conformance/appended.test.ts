import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FactBatch, FactRow } from '../../src/facts/append.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'

const subscription = (id: string, unit_amount: number): FactRow => ({
  fact: 'subscription_version',
  row: {
    subscription_id: id,
    account_id: `account of ${id}`,
    effective_at: '2024-01-10T12:00:00Z',
    status: 'active',
    quantity: 1,
    unit_amount,
    currency: 'USD',
    interval_months: 1,
  },
})
const batch = (key: string, ...rows: FactRow[]): FactBatch => ({ source: 'billing', key, learntAt: '2024-02-01T00:00:00Z', rows })

describe('facts that were appended', () => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct('private', {})
  })
  afterAll(() => product.close())

  const mrr = async (): Promise<number | null | undefined> => {
    const query = { metric: ['mrr'], from: '2024-01-01', until: '2024-02-01', grain: 'month' as const, by: [], where: [], option: [] }
    return (await product.client.answer({ query })).results[0]?.value
  }

  test('move the numbers, many batches at once, open into what they stood as, and are taken back by their id', async () => {
    const batches = Array.from({ length: 5 }, (_, i) => batch(`invoice ${i}`, subscription(`S${i}`, 10)))
    const appended = await Promise.all([...batches, ...batches].map((one) => product.appendFacts(one)))
    expect(new Set(appended.map(({ id }) => id)).size).toBe(5)
    expect(await waitFor(async () => (await mrr()) === 50, 60_000)).toBe(true)
    expect((await product.client.listImports({})).length).toBe(0)
    const { sections } = await product.client.evidence({ params: { id: 'account of S1' }, query: {} })
    expect(JSON.stringify(sections)).toContain('account_id: account of S1, currency: USD, effective_at: 2024-01-10T12:00:00Z')
    expect(await product.client.readImport({ params: { id: appended[0]?.id ?? '' } })).toMatchObject({ name: 'billing: invoice 0', files: [] })
    expect((await product.client.undoImport({ params: { id: appended[0]?.id ?? '' } })).state).toBe('undone')
    expect(await mrr()).toBe(40)
  })
})
