import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { asReported, cell, emptyCompany } from './company.ts'
import type { Company, Row } from './company.ts'
import { FACT_IDS } from './fact-tables.ts'
import { stepsOf, toFiles } from './files.ts'
import { randomCompany } from './random-company.ts'
import { smallest } from './smallest.ts'

const price = (batch: number, unit_amount: string): Row => ({
  batch,
  subscription_id: 'S',
  account_id: 'A',
  effective_at: '2024-01-01T00:00:00.000Z',
  status: 'active',
  unit_amount,
  currency: 'USD',
})
const known = (company: Company, step?: number) => asReported(company, step).subscription_version.map((row) => row.unit_amount)

describe('facts as reported', () => {
  it('are the latest version that no undo took back', () => {
    const company: Company = { ...emptyCompany(), subscription_version: [price(1, '10'), price(2, '20'), price(4, '40')], undos: [{ batch: 2, at: 3 }] }
    expect([1, 2, 3, 4].map((step) => known(company, step))).toEqual([['10'], ['20'], ['10'], ['40']])
  })
  it('do not change when the same row comes again, so undoing its first import takes it away', () => {
    const company: Company = { ...emptyCompany(), subscription_version: [price(1, '10'), price(2, '10')], undos: [{ batch: 1, at: 3 }] }
    expect([2, 3].map((step) => known(company, step))).toEqual([['10'], []])
  })
  it('take the last of rows that repeat an identity in one import', () => {
    expect(known({ ...emptyCompany(), subscription_version: [price(1, '10'), price(1, '11')] })).toEqual(['11'])
  })
})

describe('random companies', () => {
  it('are the same for the same seed and hold what is promised', () => {
    expect(randomCompany(7)).toEqual(randomCompany(7))
    const companies = Array.from({ length: 200 }, (_, i) => randomCompany(i + 1).company)
    const some = (has: (company: Company) => boolean) => companies.filter(has).length
    expect(some((company) => company.undos.length > 0)).toBeGreaterThan(20)
    expect(some((company) => company.subscription_version.some((row) => row.batch > 1))).toBeGreaterThan(50)
    expect(some((company) => company.account.some((row) => cell(row, 'merged_into') !== ''))).toBeGreaterThan(20)
    for (const status of ['active', 'trialing', 'past_due', 'paused', 'free', 'ended'])
      expect(some((company) => company.subscription_version.some((row) => row.status === status))).toBeGreaterThan(50)
    for (const unit of ['week', 'day', 'quarter', 'year'])
      expect(some((company) => company.subscription_version.some((row) => row.interval_unit === unit))).toBeGreaterThan(50)
  })
  it('go into files and out of them unchanged', () => {
    const { company } = randomCompany(12)
    for (const batch of [1, 2])
      for (const { fact, text } of toFiles(company, batch)) {
        const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
        const rows = company[fact].filter((row) => row.batch === batch)
        // Hours of a week are written with their days.
        const unwritten = (value: string): string =>
          /^Mon .*; Sun /.test(value)
            ? value
                .split('; ')
                .map((day) => day.slice(4))
                .join('|')
            : value
        expect(data.map((row) => Object.values(row).map(unwritten).join('\u0001'))).toEqual(
          rows.map((row) =>
            Object.keys(data[0] ?? {})
              .map((column) => cell(row, column))
              .join('\u0001'),
          ),
        )
      }
    expect(stepsOf(company).map(({ step }) => step)).toEqual([...new Set(stepsOf(company).map(({ step }) => step))].sort())
  })
  it('shrink to what makes a check fail', async () => {
    const { company } = randomCompany(5)
    // One that no later import tells again.
    const culprit = company.charge.find((row) => company.charge.filter((other) => other.charge_id === row.charge_id).length === 1)
    const small = await smallest(company, (candidate) => candidate.charge.some((row) => row.charge_id === culprit?.charge_id))
    expect(FACT_IDS.flatMap((fact) => small[fact])).toEqual([culprit])
  })
})
