import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { FACTS } from '../../facts/facts.ts'
import { cell, readCompany, usualCompany } from './read-company.ts'
import type { ReadCompany } from './read-company.ts'
import { lastCompleteMonth, sampleCompany, yardstick } from './sample-company.ts'

const hash = (texts: Map<string, string>): string =>
  createHash('sha256')
    .update(JSON.stringify([...texts]))
    .digest('hex')

const ENDS = { endMonth: '2025-06' }
let usual: ReadCompany
beforeAll(async () => {
  usual = await usualCompany()
})

describe('the files', () => {
  it('are the same bytes for the same options, and others for another seed', async () => {
    expect(hash(usual.texts)).toBe('53767ef933a5ad41fcba9a3c46f02218f147c6f06629b377e18da0e7811ba509')
    expect(hash((await readCompany(ENDS)).texts)).toBe(hash(usual.texts))
    expect(hash((await readCompany({ ...ENDS, seed: 8 })).texts)).not.toBe(hash(usual.texts))
  })

  it('end with the last complete month', () => {
    expect(lastCompleteMonth('2025-07-01')).toBe('2025-06')
    expect(lastCompleteMonth('2025-01-31')).toBe('2024-12')
    expect(usual.truth).toMatchObject({ first_day: '2023-01-01', last_day: '2025-07-01' })
    for (const [name, column] of [
      ['subscription_versions.csv', 'effective_at'],
      ['charges.csv', 'charged_at'],
      ['csm_assignments.csv', 'effective_at'],
      ['discounts.csv', 'starts_at'],
    ] as const)
      expect(usual.rows(name).filter((row) => cell(row, column) >= '2025-07-01')).toEqual([])
  })

  it('name every column as the facts know it', () => {
    for (const [name, id] of [
      ['accounts', 'account'],
      ['account_attributes', 'account_attribute'],
      ['csms', 'csm'],
      ['csm_assignments', 'csm_assignment'],
      ['subscription_versions', 'subscription_version'],
      ['discounts', 'discount'],
      ['exchange_rates', 'exchange_rate'],
      ['charges', 'charge'],
      ['costs', 'cost'],
      ['features', 'feature'],
      ['feature_entitlements', 'feature_entitlement'],
      ['contacts', 'contact'],
      ['usage_events', 'usage_event'],
    ]) {
      const fact = FACTS.find((candidate) => candidate.id === id)
      const known = new Set(Object.keys(fact?.columns ?? {}).concat(Object.values(fact?.carries ?? {}).flatMap((carried) => [...carried.aliases])))
      for (const header of (usual.texts.get(`${name}.csv`) ?? '').split('\n')[0]?.split(',') ?? []) expect(known, `${name}.csv`).toContain(header)
    }
  })

  it('hold one row per identity and no terms after an end', () => {
    const versions = usual.rows('subscription_versions.csv')
    expect(new Set(versions.map((row) => `${row.subscription_id}|${row.effective_at}`)).size).toBe(versions.length)
    for (const list of usual.subscriptions()) {
      for (const [i, row] of list.entries()) expect(cell(row, 'effective_at') > (list[i - 1]?.effective_at ?? '')).toBe(true)
      expect(list.slice(0, -1).some((row) => row.status === 'ended')).toBe(false)
    }
  })

  it('grow with the yardstick, 30 changes an account', async () => {
    const small = sampleCompany(yardstick('2025-06', 0.01))
    let lines = 0
    for await (const piece of small.files.find((file) => file.name === 'subscription_versions.csv')?.rows() ?? []) lines += piece.split('\n').length - 1
    expect(lines).toBeGreaterThan(28_500)
    expect(lines).toBeLessThan(31_500)
  })

  it('refuse options that no story fits', () => {
    expect(() => sampleCompany({ endMonth: '2025-13' })).toThrow(/not a month/)
    expect(() => sampleCompany({ ...ENDS, months: 6 })).toThrow(/18 to 120/)
  })
})
