import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bootstrapRatio, bootstrapRatioChange, bootstrapRatioDifference } from './bootstrap-ratio.ts'
import { deltaRatio, deltaRatioChange, deltaRatioDifference } from './delta-ratio.ts'
import { normalQuantile } from './normal-quantile.ts'
import { seededRandom } from './random.ts'
import { ratioSums } from './ratio-sums.ts'

const z = normalQuantile(0.975)!

/** Opening and closing MRR of invented accounts: one in ten leaves, the rest keep 80 to 130 %. */
function company(n: number, seed: number): { closing: Float64Array; opening: Float64Array } {
  const random = seededRandom(seed)
  const opening = Float64Array.from({ length: n }, () => 100 * Math.exp(3 * random.unit()))
  const closing = opening.map((mrr) => (random.unit() < 0.1 ? 0 : mrr * (0.8 + 0.5 * random.unit())))
  return { closing, opening }
}

const cross = (before: ReturnType<typeof company>, after: ReturnType<typeof company>) => {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  return {
    xx: dot(before.closing, after.closing),
    xy: dot(before.closing, after.opening),
    yx: dot(before.opening, after.closing),
    yy: dot(before.opening, after.opening),
  }
}

test('equal denominators make the linearised interval the z interval of a mean', () => {
  const x = [3, 5, 9, 11, 2]
  const [lower, upper] = deltaRatio(ratioSums(x, [1, 1, 1, 1, 1]))!
  const sd = Math.sqrt(x.reduce((sum, value) => sum + (value - 6) ** 2, 0) / 4)
  expect(upper - 6).toBeCloseTo((z * sd) / Math.sqrt(5), 12)
  expect(6 - lower).toBeCloseTo(upper - 6, 12)
})

test('bootstrap and linearisation agree on many accounts', () => {
  const { closing, opening } = company(2000, 7)
  const drawn = bootstrapRatio(closing, opening, { seed: 1 })!
  const linear = deltaRatio(ratioSums(closing, opening))!
  const width = linear[1] - linear[0]
  expect(Math.abs(drawn[0] - linear[0])).toBeLessThan(width / 10)
  expect(Math.abs(drawn[1] - linear[1])).toBeLessThan(width / 10)
})

test('the percentile interval of a share is near the exact binomial one', () => {
  const kept = Float64Array.from({ length: 100 }, (_, i) => (i < 90 ? 1 : 0))
  // Quantiles of binomial(100, 0.9) / 100 at 2.5 % and 97.5 % are 0.84 and 0.95.
  const interval = bootstrapRatio(kept, new Float64Array(100).fill(1), { seed: 'shares', draws: 20_000 })!
  expect(interval[0]).toBeCloseTo(0.84, 10)
  expect(interval[1]).toBeCloseTo(0.95, 10)
})

test('the seed decides the interval, the order of accounts does not', () => {
  const { closing, opening } = company(60, 3)
  const interval = bootstrapRatio(closing, opening, { seed: 5 })
  expect(bootstrapRatio(closing, opening, { seed: 5 })).toEqual(interval)
  expect(bootstrapRatio(closing.slice().reverse(), opening.slice().reverse(), { seed: 5 })).toEqual(interval)
  expect(bootstrapRatio(closing, opening, { seed: 6 })).not.toEqual(interval)
})

test('a gross retention never leaves 0..1', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 1000 })), { minLength: 20, maxLength: 60 }), (rows) => {
      const opening = Float64Array.from(rows, ([o]) => o)
      const kept = Float64Array.from(rows, ([o, c]) => Math.min(o, c))
      const drawn = bootstrapRatio(kept, opening, { seed: 1, draws: 50 })!
      const linear = deltaRatio(ratioSums(kept, opening), { within: [0, 1] })!
      for (const end of [...drawn, ...linear]) expect(end >= 0 && end <= 1).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('difference of two segments: bootstrap and linearisation agree', () => {
  const [one, two] = [company(1500, 11), company(900, 12)]
  const drawn = bootstrapRatioDifference(
    { numerators: one.closing, denominators: one.opening },
    { numerators: two.closing, denominators: two.opening },
    { seed: 1 },
  )!
  const linear = deltaRatioDifference(ratioSums(one.closing, one.opening), ratioSums(two.closing, two.opening))!
  const width = linear[1] - linear[0]
  expect(Math.abs(drawn[0] - linear[0])).toBeLessThan(width / 10)
  expect(Math.abs(drawn[1] - linear[1])).toBeLessThan(width / 10)
})

test('change of the same accounts: bootstrap and linearisation agree, and are narrower than if they were strangers', () => {
  const before = company(1500, 21)
  const random = seededRandom(22)
  const after = { opening: before.opening, closing: before.closing.map((mrr) => mrr * (0.95 + 0.05 * random.unit())) }
  const rows = { before: { numerators: before.closing, denominators: before.opening }, after: { numerators: after.closing, denominators: after.opening } }
  const drawn = bootstrapRatioChange(rows.before, rows.after, { seed: 1 })!
  const sums = { before: ratioSums(before.closing, before.opening), after: ratioSums(after.closing, after.opening) }
  const linear = deltaRatioChange(sums.before, sums.after, cross(before, after))!
  const strangers = deltaRatioDifference(sums.after, sums.before)!
  const width = linear[1] - linear[0]
  expect(Math.abs(drawn[0] - linear[0])).toBeLessThan(width / 8)
  expect(Math.abs(drawn[1] - linear[1])).toBeLessThan(width / 8)
  expect(width).toBeLessThan((strangers[1] - strangers[0]) / 4)
})

test('a ratio that did not change for anyone has a change of exactly nothing', () => {
  const { closing, opening } = company(50, 2)
  const rows = { numerators: closing, denominators: opening }
  expect(bootstrapRatioChange(rows, rows, { seed: 1 })).toEqual([0, 0])
  const sums = ratioSums(closing, opening)
  const same = { closing, opening }
  const [lower, upper] = deltaRatioChange(sums, sums, cross(same, same))!
  expect(lower).toBeCloseTo(0, 6)
  expect(upper).toBeCloseTo(0, 6)
})

test('too few accounts, or nothing below the line, has no interval', () => {
  const few = new Float64Array(19).fill(1)
  const none = new Float64Array(30)
  const ones = new Float64Array(30).fill(1)
  expect(bootstrapRatio(few, few, { seed: 1 })).toBeNull()
  expect(bootstrapRatio(few, few, { seed: 1, least: 5 })).toEqual([1, 1])
  expect(bootstrapRatio(ones, none, { seed: 1 })).toBeNull()
  expect(bootstrapRatio(ones, new Float64Array(29), { seed: 1 })).toBeNull()
  expect(deltaRatio(ratioSums([1], [2]))).toBeNull()
  expect(deltaRatio(ratioSums(ones, none))).toBeNull()
  expect(deltaRatioDifference(ratioSums(ones, ones), ratioSums(ones, none))).toBeNull()
})
