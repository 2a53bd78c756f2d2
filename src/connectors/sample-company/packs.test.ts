import { beforeAll, describe, expect, it } from 'vitest'
import { cell, daysFrom, readCompany } from './read-company.ts'
import type { ReadCompany } from './read-company.ts'

let company: ReadCompany
/** Of each buyer in dollars the days of its purchases and what it spent. */
const buyers = new Map<string, { days: string[]; spent: number[] }>()
beforeAll(async () => {
  company = await readCompany({ endMonth: '2025-06', useRate: 0, supportRate: 0 })
  for (const row of company.rows('charges.csv')) {
    if (row.product !== 'credits') continue
    const account = cell(row, 'account_id').replace('-OLD', '')
    const buyer = buyers.get(account) ?? { days: [], spent: [] }
    buyers.set(account, buyer)
    buyer.days.push(cell(row, 'charged_at').slice(0, 10))
    if (row.currency === 'USD') buyer.spent.push(Number(row.amount))
  }
})

/** Gauss's hypergeometric series. */
function hypergeometric(a: number, b: number, c: number, z: number): number {
  let [sum, term] = [1, 1]
  for (let k = 0; Math.abs(term) > 1e-14 && k < 10_000; k++) sum += term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z
  return sum
}

describe('credits of the sample company', () => {
  it('are bought again by enough accounts to carry a model', () => {
    expect([...buyers.values()].filter(({ days }) => new Set(days).size > 1).length).toBeGreaterThan(220)
    expect(
      company
        .rows('charges.csv')
        .filter((row) => row.product === 'credits')
        .every((row) => row.kind === 'one_off' && row.subscription_id === ''),
    ).toBe(true)
  })

  it('are bought as often as was planted: purchases in the half year after the first, by (9) of Fader, Hardie and Lee (2005)', () => {
    const [r, alpha, a, b, t] = [2, 130, 0.8, 7, 180]
    expect(company.truth.buying).toMatchObject({ r, alpha, a, b })
    const told = ((a + b - 1) / (a - 1)) * (1 - (alpha / (alpha + t)) ** r * hypergeometric(r, b, a + b - 1, t / (alpha + t)))
    const old = [...buyers.values()].filter(({ days }) => daysFrom(days[0] ?? '', '2025-07-01') > t)
    const found = old.reduce((sum, { days }) => sum + days.filter((day) => day > (days[0] ?? '') && daysFrom(days[0] ?? '', day) <= t).length, 0) / old.length
    expect(found / told).toBeGreaterThan(0.85)
    expect(found / told).toBeLessThan(1.15)
  })

  it('cost what was planted: a buyer spends 200 dollars in the mean', () => {
    const means = [...buyers.values()].filter(({ spent }) => spent.length > 0).map(({ spent }) => spent.reduce((sum, one) => sum + one, 0) / spent.length)
    const mean = means.reduce((sum, one) => sum + one, 0) / means.length
    expect(mean).toBeGreaterThan(170)
    expect(mean).toBeLessThan(235)
  })

  it('change nothing of what was bought for longer, and are none where none are asked for', async () => {
    const without = await readCompany({ endMonth: '2025-06', useRate: 0, supportRate: 0, packShare: 0 })
    expect(without.rows('charges.csv').filter((row) => row.product === 'credits')).toEqual([])
    for (const name of ['subscription_versions.csv', 'survey_responses.csv', 'outcomes.csv']) expect(without.texts.get(name)).toBe(company.texts.get(name))
  })
})
