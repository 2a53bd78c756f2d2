import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendSnapshots } from '../../src/health/snapshot.ts'
import type { Snapshot } from '../../src/health/snapshot.ts'
import { layoutKinds } from '../engines/engines.ts'
import { snapshotOf } from '../record-said.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'

const bandOf = (score: number | null): Snapshot['band'] => (score === null ? 'unknown' : score < 40 ? 'red' : score < 70 ? 'amber' : 'green')

const said = (account_id: string, day: string, mode: 'lived' | 'as_if_connected', score: number | null, arr: number): Snapshot => ({
  ...snapshotOf(account_id, { account: account_id, day, mode, score, band: bandOf(score), arr, phase: 'later' }),
  inputs: [
    { id: 'usage', reading: { value: 3, age: 0, n: 1 }, score, nominal: 0.4, share: 0.4, points: 1 },
    { id: 'support', reading: { missing: 'silent' }, score: null, nominal: 0.2, share: 0, points: 0 },
  ],
})

describe.each(layoutKinds)('the health map on %s', (kind) => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct(kind, {})
    await product.importFiles([{ name: 'accounts.csv', text: 'account_id,name\na,Alder\nb,Birch\n' }])
  })
  afterAll(() => product.close())

  test('is empty while nothing was said', async () => {
    expect(await product.client.healthMap({ query: { on: '2024-03-10' } })).toMatchObject({ day: null, mode: null, days: null, account_id: [] })
  })

  test('shows what was said at the close of the last day, as lived before as replayed, the highest ARR first', async () => {
    await appendSnapshots(product.stores.store, [
      said('a', '2024-03-01', 'as_if_connected', 20, 100),
      said('a', '2024-03-05', 'as_if_connected', 30, 100),
      said('a', '2024-03-05', 'lived', 50, 100),
      said('b', '2024-03-05', 'lived', null, 900),
      said('c', '2024-03-05', 'lived', 71.5, 300),
    ])
    const on = (day: string) => product.client.healthMap({ query: { on: day } })
    expect(await on('2024-03-07')).toMatchObject({
      day: '2024-03-05',
      mode: 'lived',
      days: { first: '2024-03-01', last: '2024-03-05' },
      inputs: [
        { id: 'usage', name: 'Usage' },
        { id: 'support', name: 'Support' },
      ],
      account_id: ['b', 'c', 'a'],
      name: ['Birch', 'c', 'Alder'],
      arr: [900, 300, 100],
      score: [null, 71.5, 50],
      band: ['unknown', 'green', 'amber'],
      scores: [
        [null, 71.5, 50],
        [null, null, null],
      ],
    })
    expect(await on('2024-03-04')).toMatchObject({ day: '2024-03-01', mode: 'as_if_connected', score: [20] })
    expect(await on('2024-03-13')).toMatchObject({ day: null, account_id: [] })
    expect(await on('2024-02-20')).toMatchObject({ day: null, days: { first: '2024-03-01' } })
  })
})
