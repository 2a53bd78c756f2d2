import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitRatio, splitTotal } from './change-split.ts'
import type { RatioPart, Split } from './change-split.ts'

const part = (before: [over: number, under: number], now: [over: number, under: number]): RatioPart => ({
  before: { over: before[0], under: before[1] },
  now: { over: now[0], under: now[1] },
})
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
const ratioOf = (parts: readonly RatioPart[], when: 'before' | 'now') => sum(parts.map((one) => one[when].over)) / sum(parts.map((one) => one[when].under))
const rounded = (splits: readonly Split<string>[] | null) =>
  splits?.map(({ effects }) =>
    Object.fromEntries(Object.entries(effects).flatMap(([name, size]) => (Math.abs(size) < 1e-12 ? [] : [[name, Number(size.toFixed(9))]]))),
  )

describe('splitRatio', () => {
  test('a worked example: worse within, and more of what is worse', () => {
    // 110 % of 600 and 95 % of 400 become 108 % of 500 and 93 % of 500: 104 % becomes 100.5 %.
    const parts = [part([660, 600], [540, 500]), part([380, 400], [465, 500])]
    expect(rounded(splitRatio(parts))).toEqual([
      { rate: -0.011, mix: -0.00675 },
      { rate: -0.009, mix: -0.00825 },
    ])
    expect(sum(splitRatio(parts)?.map(({ amount }) => amount) ?? [])).toBeCloseTo(1.005 - 1.04, 12)
  })

  test('who is the same moved nothing, though all around it changed', () => {
    expect(rounded(splitRatio([part([5, 10], [5, 10]), part([5, 10], [5, 10])]))).toEqual([{}, {}])
    expect(rounded(splitRatio([part([5, 10], [10, 20])]))).toEqual([{}])
  })

  test('one part alone has a rate and no mix', () => {
    expect(rounded(splitRatio([part([5, 10], [8, 10])]))).toEqual([{ rate: 0.3 }])
  })

  test('who enters or leaves counts against the middle of both', () => {
    // 0.5 becomes 0.75, the middle is 0.625.
    expect(rounded(splitRatio([part([5, 10], [5, 10]), part([0, 0], [10, 10])]))).toEqual([{ mix: 0.0625 }, { entered: 0.1875 }])
    expect(rounded(splitRatio([part([5, 10], [5, 10]), part([10, 10], [0, 0])]))).toEqual([{ mix: -0.0625 }, { left: -0.1875 }])
  })

  test('a numerator with nothing below it is accounted for', () => {
    expect(rounded(splitRatio([part([5, 10], [5, 10]), part([2, 0], [0, 0])]))).toEqual([{}, { unweighed: -0.2 }])
    // It had a numerator before and has both now: what it added unweighed is taken off beside what it brings.
    // 0.7 becomes 0.6: the middle is 0.65.
    expect(rounded(splitRatio([part([5, 10], [5, 10]), part([2, 0], [7, 10])]))).toEqual([{ mix: 0.075 }, { entered: 0.025, unweighed: -0.2 }])
  })

  test('there is nothing to split where either ratio does not exist', () => {
    expect(splitRatio([])).toBeNull()
    expect(splitRatio([part([1, 0], [1, 2])])).toBeNull()
    expect(splitRatio([part([1, 2], [1, 0])])).toBeNull()
  })

  const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((n) => n / 100)
  const below = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: 1_000_000_000 }).map((n) => n / 100) })
  const fraction = fc.record({ over: fc.oneof(fc.constant(0), cents), under: below })
  const wholes = fc
    .array(fc.record({ before: fraction, now: fraction }), { maxLength: 12 })
    .filter((parts) => (['before', 'now'] as const).every((when) => sum(parts.map((one) => one[when].under)) > 0))

  test('whatever the parts, the amounts add up to the change', () => {
    fc.assert(
      fc.property(wholes, (parts) => {
        const splits = splitRatio(parts) ?? expect.fail('there are two ratios')
        const [before, now] = [ratioOf(parts, 'before'), ratioOf(parts, 'now')]
        const scale = Math.max(
          1,
          ...parts
            .flatMap((one) => [one.before.over / sum(parts.map((each) => each.before.under)), one.now.over / sum(parts.map((each) => each.now.under))])
            .map(Math.abs),
        )
        expect(Math.abs(sum(splits.map(({ amount }) => amount)) - (now - before)) / scale).toBeLessThan(1e-9)
        for (const { effects, amount } of splits) {
          const sizes = Object.values(effects)
          expect(Math.abs(sum(sizes) - amount) / Math.max(1, ...sizes.map(Math.abs))).toBeLessThan(1e-12)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('turned round in time, every effect turns its sign', () => {
    const turned = { rate: 'rate', mix: 'mix', entered: 'left', left: 'entered', unweighed: 'unweighed' } as const
    fc.assert(
      fc.property(wholes, (parts) => {
        const [there, back] = [splitRatio(parts), splitRatio(parts.map(({ before, now }) => ({ before: now, now: before })))]
        there?.forEach(({ effects }, i) => {
          for (const [name, other] of Object.entries(turned) as [keyof typeof turned, keyof typeof turned][]) {
            const size = effects[name]
            expect(Math.abs(size + (back?.[i]?.effects[other] ?? Number.NaN)) / Math.max(1, Math.abs(size))).toBeLessThan(1e-9)
          }
        })
      }),
    )
  })

  test('parts that are all alike have no mix', () => {
    const weights = fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true }), (shares, r0, r1) => {
        const splits = splitRatio(shares.map(([w0, w1]) => part([w0 * r0, w0], [w1 * r1, w1])))
        for (const { effects } of splits ?? expect.fail('there are two ratios')) expect(Math.abs(effects.mix)).toBeLessThan(1e-9)
      }),
    )
  })
})

describe('splitTotal', () => {
  test('tells who entered, left and changed', () => {
    expect(
      rounded(
        splitTotal([
          { before: 0, now: 5 },
          { before: 3, now: 0 },
          { before: 2, now: 1 },
          { before: 4, now: 4 },
        ]),
      ),
    ).toEqual([{ entered: 5 }, { left: -3 }, { changed: -1 }, {}])
  })

  test('the amounts add up to the change', () => {
    const amount = fc.oneof(
      fc.constant(0),
      fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((n) => n / 100),
    )
    fc.assert(
      fc.property(fc.array(fc.record({ before: amount, now: amount }), { maxLength: 20 }), (parts) => {
        const change = sum(parts.map(({ now }) => now)) - sum(parts.map(({ before }) => before))
        expect(sum(splitTotal(parts).map((split) => split.amount))).toBeCloseTo(change, 6)
      }),
    )
  })
})
