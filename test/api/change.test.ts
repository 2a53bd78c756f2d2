import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Change } from '../../src/contract/change.ts'
import { openProduct } from '../conformance/product.ts'
import type { NamedFile, Product } from '../conformance/product.ts'
import { layoutKinds } from '../engines/engines.ts'

const VERSIONS = 'subscription_id,account_id,effective_at,status,unit_amount,currency'
const csv = (name: string, header: string, ...lines: string[]): NamedFile => ({ name, text: `${[header, ...lines].join('\n')}\n` })
const active = (account: string, from: string, amount: number) => `${account}-1,${account},${from}T00:00:00Z,active,${amount},USD`

/** What the report of March rested on: C has a discount from the tenth on. */
const FIRST = [
  csv('accounts.csv', 'account_id,name,segment', 'A,Alder,SMB', 'B,Birch,SMB', 'C,Cedar,ENT', 'D,Dogwood,ENT'),
  csv(
    'subscription_versions.csv',
    VERSIONS,
    active('A', '2024-01-01', 100),
    active('B', '2024-01-01', 100),
    active('C', '2024-01-01', 800),
    active('A', '2024-03-15', 50),
  ),
  csv('discounts.csv', 'subscription_id,percent,duration,starts_at', 'C-1,10,forever,2024-03-10T00:00:00Z'),
]
/** Since then: A's decrease was smaller than written, D had been forgotten. In April B leaves and C grows. */
const LATER = [
  csv(
    'subscription_versions.csv',
    VERSIONS,
    active('A', '2024-03-15', 80),
    active('D', '2024-01-01', 500),
    active('D', '2024-03-20', 400),
    'B-1,B,2024-04-10T00:00:00Z,canceled,100,USD',
    active('C', '2024-04-15', 900),
  ),
]

describe.each(layoutKinds)('the change explainer over the engines of kind %s', (kind) => {
  let product: Product
  let now = '2024-04-05T12:00:00Z'
  const MARCH = { from: '2024-03-01', until: '2024-04-01' }
  const APRIL = { from: '2024-04-01', until: '2024-05-01' }
  const REPORTED = { reported_on: '2024-04-30' }

  beforeAll(async () => {
    product = await openProduct(kind, {}, { now: () => new Date(now) })
    await product.importFiles(FIRST)
    now = '2024-05-05T12:00:00Z'
    await product.importFiles(LATER)
    now = '2024-05-06T12:00:00Z'
    await product.client.changeSetting({ params: { key: 'mrr_discounts' }, body: { value: 'none' } })
  })
  afterAll(() => product.close())

  const ask = (id: string, query: object): Promise<Change> =>
    product.client.explainChange({ params: { id }, query: { ...APRIL, where: [], option: [], ...query } })
  const amounts = ({ steps }: Change) => steps.map(({ kinds, amount }) => [kinds.join(' '), Number(amount.toFixed(9))])
  const expectExact = ({ from, to, change, steps, parts, others }: Change) => {
    expect(change).toBe((to.value ?? 0) - (from.value ?? 0))
    expect(Math.abs(steps.reduce((sum, { amount }) => sum + amount, 0) - (change ?? 0))).toBeLessThan(1e-9)
    const between = steps.filter(({ kinds }) => !['corrected_rows', 'late_rows', 'definition'].includes(kinds[0] ?? ''))
    const named = parts.reduce((sum, { amount }) => sum + amount, others?.amount ?? 0)
    if (parts.length > 0) expect(Math.abs(named - between.reduce((sum, { amount }) => sum + amount, 0))).toBeLessThan(1e-9)
  }

  test('a total from its report to the next period: corrected, late, another setting, and what the accounts did', async () => {
    const change = await ask('mrr', { ...REPORTED, by: 'account' })
    expect([change.from.value, change.to.value]).toEqual([50 + 100 + 720, 80 + 400 + 900])
    expect(amounts(change)).toEqual([
      ['corrected_rows', 30],
      ['late_rows', 400],
      ['definition', 80],
      ['changed', 100],
      ['left', -100],
    ])
    expectExact(change)
    expect(change.parts.filter(({ amount }) => amount !== 0).map(({ label, account_id, where, amount }) => [label, account_id, where, amount])).toEqual([
      ['Birch', 'B', 'account=B', -100],
      ['Cedar', 'C', 'account=C', 100],
    ])
    expect(change.settings).toEqual([{ key: 'mrr_discounts', says: expect.any(String), was: 'recurring', is: 'none' }])
    expect(change.imports.map(({ files, facts }) => [files, facts])).toEqual([
      [['subscription_versions.csv'], [{ fact: 'subscription_version', new: 4, changed: 1 }]],
    ])
    expect(change.sentence).toBe(
      'Monthly recurring revenue rose 510 USD, from 870 USD as reported to 1,380 USD now: +30 from rows corrected since; +400 from rows recorded only since; ' +
        '+80 from settings changed since; +100 from Cedar, which changed; \u2212100 from Birch, which left.',
    )
  })

  test('what became of a report: the same period then and now', async () => {
    const change = await ask('mrr', { ...MARCH, against_from: MARCH.from, against_until: MARCH.until, ...REPORTED })
    expect(amounts(change)).toEqual([
      ['corrected_rows', 30],
      ['late_rows', 400],
      ['definition', 80],
    ])
    expect(change).toMatchObject({ change: 510, parts: [], by: null, indivisible: null, reported_on: '2024-04-30T23:59:59.999999Z' })
    expectExact(change)
  })

  test('a ratio splits into rate and mix of segments, the first dimension that fits', async () => {
    const change = await ask('nrr', REPORTED)
    // March as reported 870 of 1000; corrected 900 of 1000; with D 1300 of 1500; without the discount 1380 of 1500; April 1380 of 1380.
    expect(change).toMatchObject({ from: { value: 0.87 }, to: { value: 1 }, by: 'segment', indivisible: null })
    expect(amounts(change).slice(0, 3)).toEqual([
      ['corrected_rows', 0.03],
      ['late_rows', Number((1300 / 1500 - 0.9).toFixed(9))],
      ['definition', Number((80 / 1500).toFixed(9))],
    ])
    expect(change.steps.slice(3).map(({ kinds, label }) => [kinds.join(), label])).toEqual([
      ['rate', 'Within segments'],
      ['mix', 'Mix of segments'],
    ])
    expectExact(change)
    const smb = change.parts.find(({ key }) => key === 'SMB')
    expect(smb).toMatchObject({ where: 'segment=SMB', before: { value: 0.9, numerator: 180, denominator: 200 }, now: { numerator: 80, denominator: 180 } })
    expect(smb?.effects.find((effect) => effect.kind === 'rate')?.amount).toBeCloseTo(((200 / 1500 + 180 / 1380) / 2) * (80 / 180 - 0.9), 12)
  })

  test('before anything was reported there is nothing to begin with', async () => {
    const change = await ask('nrr', { reported_on: '2024-04-01' })
    expect(change).toMatchObject({ from: { value: null }, change: null })
    expect(change.steps.every(({ kinds }) => !kinds.includes('corrected_rows'))).toBe(true)
    expect(change.sentence).toMatch(/^Net revenue retention had no value when it was reported/)
  })

  test.skipIf(kind !== 'private')('whatever the metric of subscriptions, steps and parts add up', async () => {
    const whole: string[] = []
    for (const { id, needs } of await product.client.listMetrics({})) {
      if (!needs.includes('subscription_version')) continue
      const change = await ask(id, {})
      if (change.change === null) continue
      expectExact(change)
      if (change.indivisible?.reason === 'parts_not_additive') whole.push(id)
    }
    expect(whole).toEqual([])
  })

  test('what cannot be asked is refused with what can', async () => {
    await expect(ask('mrr', { against_from: APRIL.from, against_until: APRIL.until })).rejects.toMatchObject({ code: 'bad_period' })
    await expect(ask('mrr', { against_from: '2024-01-01' })).rejects.toMatchObject({ code: 'bad_period' })
    await expect(ask('csm_churn_oe', { by: 'produkt' })).rejects.toMatchObject({ code: 'unknown_dimension' })
    await expect(ask('csm_churn_oe', { by: 'currency' })).rejects.toMatchObject({ code: 'dimension_not_supported' })
    await expect(ask('mrr', { reported_on: 'last week' })).rejects.toMatchObject({ code: 'bad_instant' })
  })

  test('an import taken back is a correction of the report it was in', async () => {
    const [, first] = (await product.client.listImports({})).map(({ id }) => id)
    now = '2024-05-07T12:00:00Z'
    await product.client.undoImport({ params: { id: first ?? '' } })
    const change = await ask('mrr', { ...MARCH, against_from: MARCH.from, against_until: MARCH.until, ...REPORTED })
    expect(change.from.value).toBe(870)
    expectExact(change)
    expect(change.imports.map(({ undone_at }) => undone_at !== null)).toEqual([true, false])
  })
})
