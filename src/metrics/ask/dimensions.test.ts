import { describe, expect, test } from 'vitest'
import { plantedMetric, plantedRows } from '../../../test/planted.ts'
import { carries, divides, isAttribute, parseFilters, refusalOf } from './dimensions.ts'

const accounts = plantedRows({ fine: ['product'], own: { reason: 'reason' } })
const everywhere = plantedRows({ placement: 'everywhere', own: { csm: 'csm', team: 'team' } })

describe('rows are told apart', () => {
  test.each([
    ['an attribute of the account', 'segment', true, false],
    ['the account itself', 'account', true, false],
    ['what the rows say themselves', 'reason', true, false],
    ['a fine dimension that they keep', 'product', true, false],
    ['one that they do not keep', 'feature', false, false],
    ['who owns the account, where rows about a CSM say it', 'csm', true, true],
  ])('by %s', (_, dimension, ofAccounts, ofNone) => {
    expect([carries(accounts, dimension), carries(everywhere, dimension)]).toEqual([ofAccounts, ofNone])
  })

  test('by attributes with a history, which rows, the account and fine dimensions are not', () => {
    expect(['segment', 'reason', 'product', 'account'].map((dimension) => isAttribute(accounts, dimension))).toEqual([true, false, false, false])
  })
})

describe('a metric is divided by what all measures of its value know', () => {
  const measure = (of = accounts) => ({ of, each: '1', label: 'Things', kind: 'count' as const })
  const of = (more: Parameters<typeof plantedMetric>[0]) => plantedMetric(more)

  test('one that does not know it is named in the refusal', () => {
    const metric = of({ measures: { things: measure(), targets: { ...measure(everywhere), label: 'Targets' } } })
    expect(divides(metric, 'segment')).toBe(false)
    expect(refusalOf(metric, 'segment')).toMatchObject({ code: 'dimension_not_supported', message: expect.stringContaining('"Targets"') })
  })

  test('one that only an interval needs, or that stands whole beside each part, does not count', () => {
    const whole = { ...measure(everywhere), undividedBy: ['segment'] }
    expect(divides(of({ measures: { things: measure(), targets: whole } }), 'segment')).toBe(true)
    expect(divides(of({ measures: { things: measure(), targets: whole } }), 'region')).toBe(false)
    expect(divides(of({ measures: { things: measure(), contacts: { ...measure(everywhere), forInterval: true } } }), 'segment')).toBe(true)
  })

  test('where nothing is left to divide it is refused', () => {
    expect(divides(of({ measures: { things: { ...measure(), undividedBy: ['segment'] } } }), 'segment')).toBe(false)
  })

  test('what some rows say themselves is not what accounts are like, unless it is who owns them', () => {
    const metric = of({ measures: { things: measure(), others: measure(plantedRows()) } })
    expect(divides(metric, 'reason')).toBe(false)
    const owned = of({ measures: { things: measure(), targets: measure(everywhere) } })
    expect(divides(owned, 'csm')).toBe(true)
  })

  test('an attribute that no account has is refused where it is known which they have', () => {
    const metric = of({ of: accounts })
    expect(refusalOf(metric, 'segment', ['region'])).toMatchObject({ code: 'dimension_not_supported' })
    expect(refusalOf(metric, 'segment', ['segment'])).toBeNull()
    expect(refusalOf(metric, 'reason', [])).toBeNull()
  })

  test.each(['', 'a=b', 'x'.repeat(65), 'tab\t'])('%o is no name of a dimension', (dimension) => {
    expect(refusalOf(of({}), dimension)).toMatchObject({ code: 'unknown_dimension' })
  })
})

test('a value of a filter is looked for as it was written and as imports store it; only the first sign parts it', () => {
  expect(parseFilters(['name=a=b'])).toEqual([{ dimension: 'name', values: ['a=b'] }])
  expect(parseFilters(['name=Cafe\u0301'])[0]?.values).toContain('Caf\u00e9')
  expect(parseFilters(['segment='])).toEqual([{ dimension: 'segment', values: [''] }])
})
