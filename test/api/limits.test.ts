import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BinnacleError } from '../../src/kernel/errors.ts'
import { openProduct } from '../conformance/product.ts'
import type { Product } from '../conformance/product.ts'

const ACCOUNTS = 600
const ids = Array.from({ length: ACCOUNTS }, (_, i) => `a${i}`)
const files = [
  { name: 'account_attributes.csv', text: ['account_id,attribute,value', ...ids.map((id) => `${id},segment,segment of ${id}`)].join('\n') },
  {
    name: 'subscription_versions.csv',
    text: ['subscription_id,account_id,effective_at,status,unit_amount,currency', ...ids.map((id) => `s${id},${id},2021-01-10T12:00:00Z,active,10,USD`)].join(
      '\n',
    ),
  },
]

describe('a question whose answer would not fit', () => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct('private', {})
    await product.importFiles(files)
  })
  afterAll(() => product.close())

  const ask = (metric: string[], grain: 'week' | 'month' | 'year') =>
    product.client.answer({ query: { metric, from: '2021-01-01', until: '2024-07-01', grain, by: ['segment'], where: [], option: [] } })

  test('is refused with its reason and a cure, and a smaller one is answered', async () => {
    const refused = await ask(['mrr'], 'week').then(
      () => null,
      (error: unknown) => (error instanceof BinnacleError ? error : null),
    )
    expect(refused).toMatchObject({ code: 'answer_too_large', retry: false })
    expect(refused?.message).toMatch(/^That would be \d{3},\d{3} values; 100,000 are the most\.$/)
    expect(refused?.cure).toContain('fewer values')
    expect((await ask(['mrr'], 'year')).results).toHaveLength(ACCOUNTS * 4)
  })

  test('counts all its metrics', async () => {
    const some = ['mrr', 'arr', 'arpa', 'new_mrr', 'nrr']
    expect((await ask(some.slice(0, 1), 'month')).results).toHaveLength(ACCOUNTS * 42)
    await expect(ask(some, 'month')).rejects.toMatchObject({ code: 'answer_too_large' })
  })
})
