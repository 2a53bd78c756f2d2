import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examples } from '../../../test/golden/golden.ts'
import { SETTINGS } from '../../kernel/settings.ts'
import type { Operand, Piece } from './composition.ts'
import { readTree } from './north-star-tree.ts'
import { checkTree, residualsOf, valueTree } from './north-star-value.ts'

const values =
  (given: Readonly<Record<string, number | null>>, unit: Operand['unit'] = 'money') =>
  (metric: string): Operand => ({
    name: metric,
    unit,
    value: given[metric] ?? null,
    exact: unit === 'money' && typeof given[metric] === 'number' ? String(given[metric]) : null,
    null_reason: null,
  })

const example = (id: string) => examples.find((one) => one.id === id) as { input: Record<string, unknown>; expected: number } | undefined
const contributions = (pieces: readonly Piece[]) => pieces.filter(({ depth }) => depth === 0).map(({ contribution }) => contribution)
const tree = (node: object) => readTree(JSON.stringify(node))
const leaf = (metric: string, weight: number, floor: number, target: number) => ({ metric, weight, floor, target })

describe('a North Star that adds up', () => {
  const moves = { new_mrr: 0, expansion_mrr: 310, reactivation_mrr: 650, contraction_mrr: 0, churned_mrr: 320, fx_mrr: -10, net_new_mrr: 630 }
  const usual = readTree(SETTINGS.north_star.fallback)

  it('is 630 for the movements of the golden April', () => {
    const { reckoning, unit, pieces } = valueTree(usual, values(moves))
    expect([reckoning.value, reckoning.exact, unit]).toEqual([example('nsm_additive')?.expected, '630', 'money'])
    expect(contributions(pieces)).toEqual([0, 310, 650, 0, -320, -10])
    expect(residualsOf(usual, values(moves))).toEqual([])
  })

  it('says what is left over against the metric it must add up to', () => {
    const { reckoning } = valueTree(usual, values({ ...moves, net_new_mrr: 600 }))
    expect([reckoning.flags, reckoning.beside]).toEqual([['residual'], { residual: -30 }])
    expect(residualsOf(usual, values({ ...moves, net_new_mrr: 600 }))).toEqual([{ name: 'Net new MRR', residual: -30 }])
  })

  it('has no value where a part has none, and none of unlike units', () => {
    expect(valueTree(usual, values({ ...moves, fx_mrr: null })).reckoning).toMatchObject({ value: null, null_reason: 'kpi_missing' })
    const mixed = tree({ name: 'x', kind: 'additive', children: [{ metric: 'a' }, { metric: 'b' }] })
    const read = (metric: string): Operand => ({ ...values({ a: 1, b: 2 })(metric), unit: metric === 'a' ? 'money' : 'count' })
    expect(valueTree(mixed, read).reckoning).toMatchObject({ value: null, null_reason: 'units_differ' })
  })
})

describe('a North Star of weighed attainments', () => {
  const index = (skip_missing = false) =>
    tree({ name: 'x', kind: 'index', skip_missing, children: [leaf('a', 50, 0, 1), leaf('b', 30, 0, 1), leaf('c', 20, 8, 0)] })

  it('nsm_index: 71.5 for attainments of 70, 80 and 62.5 %, the last one falling to its target', () => {
    const { reckoning, unit, pieces } = valueTree(index(), values({ a: 0.7, b: 0.8, c: 3 }, 'ratio'))
    expect(reckoning.value).toBeCloseTo(71.5, 9)
    expect([unit, reckoning.exact]).toEqual(['score', null])
    expect(pieces.flatMap(({ attainment }) => attainment ?? [])).toEqual([0.7, 0.8, 0.625].map((one) => expect.closeTo(one, 9)))
    expect(contributions(pieces)).toEqual([35, 24, 12.5].map((one) => expect.closeTo(one, 9)))
  })

  it('takes what is missing for missing, or shares its weight out where told so', () => {
    expect(valueTree(index(), values({ a: 0.7, b: 0.8 }, 'ratio')).reckoning).toMatchObject({
      value: null,
      null_reason: 'kpi_missing',
      beside: { coverage: 0.8 },
    })
    const { reckoning, pieces } = valueTree(index(true), values({ a: 0.7, b: 0.8 }, 'ratio'))
    expect(reckoning).toMatchObject({ value: expect.closeTo((35 + 24) / 0.8, 9), flags: ['kpi_skipped'], beside: { coverage: 0.8 } })
    expect(contributions(pieces)).toEqual([expect.closeTo(43.75, 9), expect.closeTo(30, 9), null])
    expect(valueTree(index(true), values({}, 'ratio')).reckoning.null_reason).toBe('kpi_missing')
  })

  it('I16: contributions sum to it, and it lies in 0 to 100', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.record({ weight: fc.double({ min: 0.1, max: 9, noNaN: true }), floor: number, target: number, value: fc.option(number) }), {
          minLength: 1,
          maxLength: 6,
        }),
        (given) => {
          const parts = given.filter(({ floor, target }) => floor !== target)
          fc.pre(parts.length > 0)
          const all = parts.reduce((sum, { weight }) => sum + weight, 0)
          const children = parts.map(({ weight, floor, target }, i) => leaf(String(i), (weight * 100) / all, floor, target))
          const { reckoning, pieces } = valueTree(
            tree({ name: 'x', kind: 'index', skip_missing: true, children }),
            values(Object.fromEntries(parts.map(({ value }, i) => [String(i), value])), 'ratio'),
          )
          if (reckoning.value === null) return parts.every(({ value }) => value === null)
          const sum = contributions(pieces).reduce((total: number, one) => total + (one ?? 0), 0)
          return Math.abs(sum - reckoning.value) < 1e-9 && reckoning.value >= 0 && reckoning.value <= 100 + 1e-9
        },
      ),
    )
  })

  it('weighs a sum, and an index in turn by its 0 to 100', () => {
    const nested = tree({
      name: 'x',
      kind: 'index',
      children: [
        { name: 'Growth', kind: 'additive', children: [{ metric: 'a' }, { metric: 'b', sign: -1 }], weight: 60, floor: 0, target: 200 },
        { name: 'Voice', kind: 'index', children: [leaf('c', 100, 0, 1)], weight: 40 },
      ],
    })
    const { reckoning, pieces } = valueTree(nested, values({ a: 150, b: 50, c: 0.25 }))
    expect(reckoning.value).toBeCloseTo(0.5 * 60 + 0.25 * 40, 9)
    expect(pieces.map(({ label, depth, contribution }) => [label, depth, contribution])).toEqual([
      ['Growth', 0, 30],
      ['a', 1, 150],
      ['b', 1, -50],
      ['Voice', 0, 10],
      ['c', 1, 25],
    ])
  })
})

describe('a tree that is none', () => {
  it.each([
    ['not JSON', 'is not JSON'],
    ['[]', 'is not an object'],
    ['{"metric":"nrr"}', 'one metric alone'],
    ['{"kind":"index","name":"x","children":[]}', 'no children'],
    ['{"kind":"index","name":"x","children":[{"metric":"a","weight":60,"floor":0,"target":1}]}', 'add up to 60'],
    ['{"kind":"index","name":"x","children":[{"metric":"a","weight":100,"floor":1,"target":1}]}', 'same floor and target'],
    ['{"kind":"index","name":"x","children":[{"metric":"a","weight":100,"floor":1}]}', 'has no target'],
    ['{"kind":"additive","name":"x","children":[{"metric":"a","sign":2}]}', 'the sign 2'],
    ['{"kind":"product","name":"x","children":[{"metric":"a"}]}', 'of kind "product"'],
    ['{"kind":"additive","children":[{"metric":"a"}]}', 'no name'],
  ])('%s is refused', (text, says) => expect(() => readTree(text)).toThrow(says))

  const known = (id: string) => ({
    name: id,
    unit: id.startsWith('share') ? ('share' as const) : id.startsWith('money') ? ('money' as const) : ('count' as const),
    rollUp: 'add' as const,
    composed: id === 'star',
  })
  it.each([
    [[{ metric: 'money' }, { metric: 'count' }], 'money and count'],
    [[{ metric: 'share 1' }, { metric: 'share 2' }], 'does not add up'],
    [[{ metric: 'star' }], 'put together from others'],
  ])('a sum of %o is refused', (children, says) => expect(() => checkTree(tree({ kind: 'additive', name: 'x', children }), known)).toThrow(says))
})
