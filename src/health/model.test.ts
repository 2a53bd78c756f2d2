import { describe, expect, test } from 'vitest'
import type { Rule } from '../kernel/rule/rule.ts'
import { DEFAULT_MODEL } from './default-model.ts'
import type { HealthModel, HealthNode } from './model.ts'
import { checkModel, metricsRead, modelName } from './model.ts'
import { anchors, normalise, percentileScale } from './normalise.ts'

const usage = DEFAULT_MODEL.families[0] as HealthNode
const withFamilies = (...families: HealthNode[]): HealthModel => ({ ...DEFAULT_MODEL, families })

describe('a model', () => {
  test('of the first day is one', () => {
    expect(() => checkModel(DEFAULT_MODEL)).not.toThrow()
    expect(modelName(DEFAULT_MODEL)).toBe('default@1')
  })
  test.each([
    ['no inputs', withFamilies(), 'no inputs'],
    ['an id twice', withFamilies(usage, usage), '"usage"'],
    ['no weight', withFamilies({ ...usage, weight: 0 }), 'weight of "usage"'],
    ['an empty group', withFamilies({ kind: 'group', id: 'g', name: 'g', weight: 1, children: [] }), '"g" is empty'],
    ['a cap that lets green through', { ...DEFAULT_MODEL, caps: { own: { at_most: 70, days: 10 } } }, '"own"'],
    ['a cap without end', { ...DEFAULT_MODEL, caps: { own: { at_most: 60, days: 401 } } }, '"own"'],
  ])('with %s is refused', (_, model, says) => {
    expect(() => checkModel(model)).toThrow(says)
  })
  test('with anchors that turn back names the two', () => {
    const scale = anchors([0, 0], [5, 60], [9, 40])
    expect(() => checkModel(withFamilies({ ...usage, kind: 'input', scale } as HealthNode))).toThrow('5: 60 and 9: 40')
  })
  test('with anchors in no order names the two', () => {
    const scale = anchors([0, 0], [5, 60], [5, 70])
    expect(() => checkModel(withFamilies({ ...usage, kind: 'input', scale } as HealthNode))).toThrow('5: 60 and 5: 70')
  })
})

test('percentiles of a segment are anchors at its tenths, values that many share once', () => {
  const scale = percentileScale([0, 0, 0, 10, 20])
  expect(normalise(scale, 20)).toBe(100)
  expect(normalise(scale, 10)).toBeGreaterThan(normalise(scale, 0))
  expect(scale.points.every(([value], i) => i === 0 || value > (scale.points[i - 1]?.[0] ?? 0))).toBe(true)
  expect(normalise(percentileScale([1, 2, 3], 'down'), 1)).toBe(100)
})

test('a model reads each metric once, in inputs and in rules of its caps', () => {
  const nrr = { metric: 'nrr', span: { n: 90, unit: 'days' } } as const
  const input = { ...usage, kind: 'input', id: 'kept', reads: { kind: 'metric', options: {}, ...nrr } } as HealthNode
  const when: Rule = { kind: 'all', of: (['<', '>'] as const).map((is) => ({ kind: 'comparison', term: nrr, is, value: 1 })) }
  const model = { ...withFamilies(usage, input), own_caps: { own: { name: 'own', at_most: 50, when, until: '2027-01-01' } } }
  expect(metricsRead(model)).toEqual([{ kind: 'metric', options: {}, ...nrr }])
})
