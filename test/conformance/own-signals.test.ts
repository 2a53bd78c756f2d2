import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/kernel/clock.ts'
import { composeApp } from '../../src/main.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'

const HEAD = 'subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months'
const terms = (account: string, price: number): string => `S-${account},${account},2024-01-10T00:00:00Z,active,core,basic,1,${price}.00,USD,1`
const OWN = { name: 'Much money', says: 'Call them', class: 'risk', rule: 'arr > 10000', expires: 30, is_on: true } as const

describe('a signal of the team', () => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct('private', {}, fixedClock('2024-08-01T12:00:00Z'))
    const rows = [terms('large', 2000), terms('small', 10)]
    await product.importFiles([{ name: 'subscription_versions.csv', text: `${HEAD}\n${rows.join('\n')}\n` }])
  })
  afterAll(() => product.close())

  const raised = async (): Promise<(readonly [account: string, kind: string, sentence: string])[]> =>
    (await product.client.listSignals({ query: { state: 'open', kind: [], class: [], account: [] } })).signals.map(({ account_id, kind, sentence }) => [
      account_id,
      kind,
      sentence,
    ])

  test('is raised as the day is lived, once for an account, and ends when it is switched off', async () => {
    const made = await product.client.makeOwnSignal({ body: OWN })
    await product.client.makeOwnSignal({ body: { ...OWN, name: 'Switched off', is_on: false } })
    const kind = `own_${made.id}`
    for (let i = 0; i < 2; i++) {
      const living = composeApp(product.stores, { livesDays: true })
      try {
        await living.ready
        expect(await waitFor(async () => (await raised()).some(([, each]) => each === kind), 60_000)).toBe(true)
      } finally {
        await living.close()
      }
    }
    const own = (await raised()).filter(([, each]) => each.startsWith('own_'))
    expect(own.map(([account, each]) => [account, each])).toEqual([['large', kind]])
    expect(own[0]?.[2]).toMatch(/24,000.*above.*10,000/)

    await product.client.changeOwnSignal({ params: { id: made.id }, body: { ...OWN, is_on: false } })
    const living = composeApp(product.stores, { livesDays: true })
    try {
      expect(await waitFor(async () => (await raised()).every(([, each]) => each !== kind), 60_000)).toBe(true)
    } finally {
      await living.close()
    }
  })
})
