import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openProduct } from '../conformance/product.ts'
import type { NamedFile, Product } from '../conformance/product.ts'

const csv = (name: string, ...lines: string[]): NamedFile => ({ name, text: `${lines.join('\n')}\n` })
const FILES = [
  csv('accounts.csv', 'account_id,name', 'a,Acme', 'b,Birch'),
  csv(
    'subscription_versions.csv',
    'subscription_id,account_id,effective_at,status,product,plan,interval,unit_amount,quantity,currency',
    's1,a,2024-01-01,active,p,q,month,100,1,USD',
    's2,b,2024-03-03,active,p,q,month,10,1,EUR',
  ),
  csv('fx_rates.csv', 'date,currency,per,rate', '2024-05-20,EUR,USD,1.1'),
]
const none = { by: [], where: [], option: [] }

describe('like periods, and rates that are missing', () => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct('private', {})
    await product.importFiles(FILES)
  })
  afterAll(() => product.close())
  const ask = async (metric: string, from: string, until: string, as_of?: string) =>
    (
      await product.client.answer({
        query: { metric: [metric], ...none, from, until, compare: 'previous', interval: 'true', ...(as_of === undefined ? {} : { as_of }) },
      })
    ).results[0]

  test('a period that is not over has no change against a whole one; a moment and a window of the same length have', async () => {
    const whole = await ask('grr', '2024-07-01', '2024-08-01')
    expect(whole?.comparison).toMatchObject({ value: 1, alike: true, change: 0 })
    const partial = await ask('grr', '2024-07-01', '2024-08-01', '2024-07-02')
    expect(partial?.flags).toContain('partial')
    expect(partial?.comparison).toMatchObject({ value: 1, alike: false, change: null, change_ci: null })
    expect((await ask('new_mrr', '2024-07-01', '2024-08-01', '2024-07-02'))?.comparison).toMatchObject({ alike: false, change: null })
    expect((await ask('mrr', '2024-07-01', '2024-08-01', '2024-07-02'))?.comparison).toMatchObject({ alike: true, change: 0 })
    expect((await ask('annual_revenue_retention_rate', '2024-07-01', '2024-08-01', '2024-07-02'))?.comparison?.alike).toBe(true)
  })

  test('nothing is explained between periods that are not alike, and the sentence says why', async () => {
    const query = { by: undefined, where: [], option: [], from: '2024-07-01', until: '2024-08-01', compare: 'previous' as const, as_of: '2024-07-02' }
    expect((await product.client.explain({ params: { id: 'new_mrr' }, query })).contributions).toBeNull()
    expect((await product.client.explainChange({ params: { id: 'new_mrr' }, query })).sentence).toContain('2024-07 is not over')
  })

  test('a value that no rate converts names the currency, the day on which it is needed and the first that is known', async () => {
    const gap = [{ currency: 'EUR', per: 'USD', from: '2024-03-03', until: '2024-05-20' }]
    expect(await ask('mrr', '2024-03-01', '2024-04-01')).toMatchObject({ value: null, null_reason: 'fx_missing', missing_rates: gap })
    expect(await ask('nrr', '2024-05-01', '2024-06-01')).toMatchObject({ value: null, null_reason: 'fx_missing', missing_rates: gap })
    expect(await ask('mrr', '2024-02-01', '2024-03-01')).toMatchObject({ value: 100, missing_rates: [] })
    expect(await ask('mrr', '2024-05-01', '2024-06-01')).toMatchObject({ value: 111, missing_rates: [] })
  })

  test('a past period is restated once a fact of it changes after later ones were known, and only then', async () => {
    const flagged = async (metric: string) => {
      const { results } = await product.client.answer({ query: { metric: [metric], ...none, from: '2024-01-01', until: '2024-09-01', grain: 'month' } })
      return results.filter(({ flags }) => flags.includes('restated')).map(({ period }) => period.label)
    }
    const charges = (...rows: string[]) => product.importFiles([csv('charges.csv', 'charge_id,account_id,charged_at,kind,amount,currency', ...rows)])
    await charges('c1,a,2024-01-05,recurring,100,USD', 'c5,a,2024-05-05,recurring,100,USD')
    await charges('c6,a,2024-06-05,recurring,100,USD', 'c7,a,2024-07-05,recurring,100,USD')
    expect(await flagged('net_revenue')).toEqual([])
    const late = await charges('c3,a,2024-03-09,recurring,7,USD', 'c5,a,2024-05-05,recurring,90,USD', 'c7,a,2024-07-05,recurring,100,USD')
    expect(await flagged('net_revenue')).toEqual(['2024-03', '2024-05'])
    expect(await flagged('new_mrr')).toEqual([])
    await product.client.undoImport({ params: { id: late.id } })
    expect(await flagged('net_revenue')).toEqual([])
    await product.importFiles([
      csv(
        'subscription_versions.csv',
        'subscription_id,account_id,effective_at,status,product,plan,interval,unit_amount,quantity,currency',
        's1,a,2024-07-20,active,p,q,month,120,1,USD',
      ),
    ])
    await product.importFiles([
      csv(
        'subscription_versions.csv',
        'subscription_id,account_id,effective_at,status,product,plan,interval,unit_amount,quantity,currency',
        's1,a,2024-02-10,active,p,q,month,110,1,USD',
      ),
    ])
    expect(await flagged('mrr')).toEqual(['2024-02', '2024-03', '2024-04', '2024-05', '2024-06'])
  })

  test('an interval is called what it is', async () => {
    const named = async (metric: string) =>
      (await product.client.answer({ query: { metric: [metric], ...none, from: '2024-01-01', until: '2024-07-01', interval: 'true', as_of: '2024-06-30' } }))
        .results[0]
    expect((await named('logo_churn_rate'))?.ci_says ?? null).toBeNull()
    expect((await ask('customer_retention_rate', '2024-07-01', '2024-08-01'))?.ci_says).toBe('95 % interval')
    const range = await ask('egr_mrr', '2024-02-01', '2024-03-01')
    expect([range?.ci, range?.ci_says]).toEqual([expect.any(Array), 'if unknown sources were bought or earned'])
  })
})
