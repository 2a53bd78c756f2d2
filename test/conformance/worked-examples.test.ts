import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../src/kernel/period.ts'
import { clv } from '../../src/metrics/financial/clv.ts'
import { reckon } from '../../src/metrics/kit/value.ts'
import type { Parts } from '../../src/metrics/kit/value.ts'
import { fitBgNbd as fitBgNbdSteps } from '../../src/statistics/bg-nbd.ts'
import { seededRandom } from '../../src/statistics/random.ts'
import { CDNOW, drawBuyers, gammaDraw } from '../draw-buyers.ts'
import { goldenSettings } from '../golden/golden.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'
import { atOnce } from '../at-once.ts'

const fitBgNbd = atOnce(fitBgNbdSteps)

const MARCH = { from: '2024-03-01', until: '2024-04-01', by: [] as string[], where: [] as string[], option: [] }

/** 501 accounts at 100 a month, all won in February; of twenty of them one leaves in March. */
const accounts = Array.from({ length: 501 }, (_, i) => ({ id: `a${i}`, segment: i < 20 ? 'leaving' : i < 60 ? 'loyal' : 'others' }))
const version = (id: string, day: string, status: string) => `s${id},${id},${day}T12:00:00Z,${status},100,USD`
const files = [
  { name: 'account_attributes.csv', text: ['account_id,attribute,value', ...accounts.map(({ id, segment }) => `${id},segment,${segment}`)].join('\n') },
  {
    name: 'subscription_versions.csv',
    text: [
      'subscription_id,account_id,effective_at,status,unit_amount,currency',
      ...accounts.map(({ id }) => version(id, '2024-02-10', 'active')),
      version('a0', '2024-03-12', 'ended'),
    ].join('\n'),
  },
  { name: 'costs.csv', text: 'month,category,amount,currency\n2024-01-01,cs,10000,USD\n2024-03-01,cs,10000,USD' },
]

/** Those that need settings of their own, or facts that no segment tells apart. */
describe('worked examples', () => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct('private', goldenSettings)
    await product.importFiles(files)
  })
  afterAll(() => product.close())

  const ask = async (metric: string, query: Partial<typeof MARCH> = {}) =>
    (await product.client.answer({ query: { metric: [metric], ...MARCH, ...query } })).results[0]
  const margin = (value: string) => product.client.changeSetting({ params: { key: 'gross_margin' }, body: { value } })

  test('ltv_chartmogul, ltv_margin: ARPA 100 at a monthly churn of 5 % is 2,000, with a margin of 80 % 1,600', async () => {
    await margin('1')
    expect((await ask('ltv', { where: ['segment=leaving'] }))?.value).toBeCloseTo(2000, 9)
    await margin('0.8')
    expect((await ask('ltv', { where: ['segment=leaving'] }))?.value).toBeCloseTo(1600, 9)
  })

  test('ltv_zero_churn: none of 40 lost: no value, but at least 1141.27', async () => {
    await margin('1')
    expect(await ask('ltv', { where: ['segment=loyal'] })).toMatchObject({ value: null, null_reason: 'no_churn', flags: ['at_least_1141.27'] })
  })

  test('crc_book: 10,000 for 500 customers kept are 20', async () => {
    expect((await ask('crc'))?.value).toBe(20)
  })

  test('crc_zero: 10,000 and nobody kept', async () => {
    expect(await ask('crc', { from: '2024-01-01', until: '2024-02-01' })).toMatchObject({ value: null, null_reason: 'none_retained' })
  })

  // No whole numbers of accounts have a lifespan of exactly five years: the definition is asked without an engine.
  test('clv_seed: 500 once a year for 5 years is 2500', () => {
    const number = { charged: 500, purchases: 1, days: 365, lost: 1 - 0.8 ** (1 / 12), exposed: 1 }
    expect(reckon(clv.value, { number } as unknown as Parts)).toMatchObject({ value: expect.closeTo(2500, 9) as number })
  })

  test('buyers drawn by the parameters published for CDNOW come back through the import with those that their histories have', async () => {
    const [random, last] = [seededRandom(5), '2023-12-31']
    const days = drawBuyers(1500, 7).map(({ repeats, last: weeks, age }) => {
      const [whole, least] = [Math.round(age * 7), Math.min(Math.ceil(weeks * 7), Math.round(age * 7))]
      return { age: whole, bought: [0, ...Array.from({ length: repeats }, (_, i) => (i === repeats - 1 ? Math.max(least, repeats) : i + 1))] }
    })
    const spent = days.map(() => gammaDraw(random, 3.74) / 15.44)
    const rows = days.flatMap(({ age, bought }, i) =>
      bought.map((day) => `b${i}-${day},b${i},${addDays(last, day - age)}T12:00:00Z,one_off,${(1 + gammaDraw(random, 6.25) / (spent[i] ?? 1)).toFixed(2)},USD`),
    )
    await product.importFiles([{ name: 'charges.csv', text: ['charge_id,account_id,charged_at,kind,amount,currency', ...rows].join('\n') }])
    const model = fitBgNbd(days.map(({ age, bought }) => ({ repeats: bought.length - 1, last: bought.at(-1) ?? 0, age })))
    const found = await ask('clv_bgnbd', { from: '2023-12-01', until: '2024-01-01' })
    for (const name of ['r', 'alpha', 'a', 'b'] as const) expect(found?.parts[name]).toBeCloseTo(model?.[name] ?? NaN, 4)
    expect(found?.parts.r).toBeCloseTo(CDNOW.r, 1)
    expect(Math.abs((found?.parts.alpha ?? NaN) / 7 - CDNOW.alpha)).toBeLessThan(1)
  })
})
