import { describe, expect, test } from 'vitest'
import { plantedBook, plantedMetric } from '../../../test/planted.ts'
import { composedFormula, leavesOf, rollUpOf, settingsOf, unitOf } from '../catalogue/leaves.ts'
import type { Composition } from '../kit/composition.ts'
import { readTree } from '../kit/north-star-tree.ts'
import { valueTree } from '../kit/north-star-value.ts'
import type { Result } from '../kit/result.ts'
import { ratio } from '../kit/value.ts'
import { composeResults, operandsOf } from './composed.ts'

const won = plantedMetric({ id: 'won', name: 'Won', unit: 'money', settings: ['time_zone'] })
const lost = plantedMetric({ id: 'lost', name: 'Lost', unit: 'money', settings: ['time_zone', 'dunning_days'] })
const kept = plantedMetric({ id: 'kept', name: 'Kept', unit: 'share', value: ratio('things', 'things', 'no_data') })

function composedOf(node: object): Composition {
  const text = JSON.stringify(node)
  const tree = readTree(text)
  const of = ['won', 'lost', 'kept'].filter((id) => text.includes(`"${id}"`))
  return { written: { key: 'north_star', says: 'The tree', text }, of, compose: (read) => valueTree(tree, read) }
}
const sum = plantedMetric({
  id: 'star',
  composed: composedOf({
    name: 'Star',
    kind: 'additive',
    children: [
      { metric: 'won', sign: 1 },
      { metric: 'lost', sign: -1 },
    ],
  }),
})
const index = plantedMetric({
  id: 'star',
  composed: composedOf({
    name: 'Star',
    kind: 'index',
    children: [
      { metric: 'kept', weight: 60, floor: 0, target: 1 },
      { metric: 'won', weight: 40, floor: 0, target: 100 },
    ],
  }),
})
const book = plantedBook([won, lost, kept])
const { catalogue } = book

const MARCH = { from: '2024-03-01', until: '2024-04-01', label: '2024-03' }
const FEBRUARY = { from: '2024-02-01', until: '2024-03-01', label: '2024-02' }
const result = (metric: string, value: number | null, more: Partial<Result> = {}): Result => ({
  metric,
  version: '1',
  period: MARCH,
  dims: {},
  value,
  exact: value === null ? null : String(value),
  numerator: value,
  denominator: null,
  n: null,
  ci: null,
  ci_method: null,
  ci_says: null,
  unit: 'money',
  currency: 'USD',
  null_reason: value === null ? 'fx_missing' : null,
  missing_rates: [],
  flags: [],
  parts: {},
  comparison: null,
  settings_hash: '',
  ...more,
})
const before = (value: number | null, alike = true): Result['comparison'] => ({
  period: FEBRUARY,
  value,
  numerator: value,
  denominator: null,
  n: null,
  alike,
  change: null,
  change_ci: null,
})

describe('what a composed metric is', () => {
  test('rests on the rows of those it is made of, and is moved by their settings', () => {
    expect(leavesOf(sum, catalogue).map(({ id }) => id)).toEqual(['won', 'lost'])
    expect(leavesOf(won, catalogue)).toEqual([won])
    expect(settingsOf(sum, catalogue)).toEqual(expect.arrayContaining(['time_zone', 'dunning_days']))
  })

  test('has the unit of what is added, adds up, and says how', () => {
    expect([unitOf(sum, catalogue), rollUpOf(sum, catalogue), composedFormula(sum, catalogue)]).toEqual(['money', 'add', 'Won - Lost'])
  })

  test('as attainments that are weighed it is a score, and does not add up', () => {
    expect([unitOf(index, catalogue), rollUpOf(index, catalogue)]).toEqual(['score', 'none'])
    expect(composedFormula(index, catalogue)).toBe('60 x attainment of Kept (from 0 to 1) + 40 x attainment of Won (from 0 to 100)')
  })
})

describe('results are composed', () => {
  test('place by place, each of those that have the same period and group', () => {
    const of = (segment: string, value: number) => ({ dims: { segment }, value, exact: String(value) })
    const leaves = [result('won', 0, of('SMB', 30)), result('won', 0, of('Mid', 50)), result('lost', 0, of('SMB', 10))]
    expect(composeResults(sum, book, leaves).map(({ dims, value }) => [dims.segment, value])).toEqual([
      ['Mid', 50],
      ['SMB', 20],
    ])
  })

  test('a sum that is not there is nothing; a ratio that is not there is unknown', () => {
    const read = operandsOf([], catalogue, 'now')
    expect(read('lost')).toMatchObject({ value: 0, exact: '0' })
    expect(read('kept')).toMatchObject({ value: null, null_reason: 'no_data' })
  })

  test('a part without a value leaves none, and says which rates are missing', () => {
    const gap = { currency: 'EUR', per: 'USD', from: '2024-01-01', until: null }
    const [found] = composeResults(sum, book, [result('won', 30), result('lost', null, { missing_rates: [gap] })])
    expect(found).toMatchObject({ value: null, null_reason: 'kpi_missing', missing_rates: [gap] })
  })

  test('carries the flags that hold of the whole, and no interval', () => {
    const [found] = composeResults(sum, book, [result('won', 30, { flags: ['partial', 'small_n'], ci: [1, 2], ci_method: 't' }), result('lost', 10)])
    expect(found).toMatchObject({ value: 20, flags: ['partial'], ci: null, ci_method: null, parts: { won: 30, lost: -10 } })
  })

  test('changes by what its parts changed, unless one of them cannot be set against its earlier period', () => {
    const [found] = composeResults(sum, book, [result('won', 30, { comparison: before(20) }), result('lost', 10, { comparison: before(5) })])
    expect(found?.comparison).toMatchObject({ value: 15, change: 5, alike: true, period: FEBRUARY })
    const [unlike] = composeResults(sum, book, [result('won', 30, { comparison: before(20, false) }), result('lost', 10, { comparison: before(5) })])
    expect(unlike?.comparison).toMatchObject({ change: null, alike: false })
  })
})
