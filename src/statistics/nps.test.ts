import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newcombe } from './newcombe.ts'
import { finitePopulationFactor, netPromoterScore, npsClusterError, npsClusterInterval, npsInterval, npsMargin, npsSampleSize } from './nps.ts'
import { ratioSums } from './ratio-sums.ts'

test.each([
  ['70 / 20 / 10', { promoters: 70, passives: 20, detractors: 10 }, 60, 13.00093028, 45.26976025, 71.23509412],
  ['700 / 200 / 100', { promoters: 700, passives: 200, detractors: 100 }, 60, 4.11125514, 55.70959529, 63.93148148],
  ['five promoters', { promoters: 5, passives: 0, detractors: 0 }, 100, 0, 17.49145303, 100],
])('%s', (_, counts, score, margin, lower, upper) => {
  expect(netPromoterScore(counts)).toBeCloseTo(score, 10)
  expect(npsMargin(counts)).toBeCloseTo(margin, 8)
  expect(npsInterval(counts)![0]).toBeCloseTo(lower, 8)
  expect(npsInterval(counts)![1]).toBeCloseTo(upper, 8)
})

test('no answers, no score', () => {
  const none = { promoters: 0, passives: 0, detractors: 0 }
  expect(netPromoterScore(none)).toBeNull()
  expect(npsMargin(none)).toBeNull()
  expect(npsInterval(none)).toBeNull()
})

test('answers 10 9 | 6 6 | 8 of three accounts: 69.28 by accounts, 40 if answers were independent', () => {
  const accounts = ratioSums([2, -2, 0], [2, 2, 1])
  expect(npsClusterError(accounts)).toBeCloseTo(69.2820323, 7)
  expect(npsMargin({ promoters: 2, passives: 1, detractors: 2 }, 0.6826894921370859)).toBeCloseTo(40, 8)
  expect(npsClusterInterval(accounts)).toEqual([-100, 100])
})

test('one answer per account: clustering changes only the divisor', () => {
  const scores = [...new Array<number>(70).fill(1), ...new Array<number>(20).fill(0), ...new Array<number>(10).fill(-1)]
  const clustered = npsClusterError(
    ratioSums(
      scores,
      scores.map(() => 1),
    ),
  )!
  expect(clustered).toBeCloseTo((npsMargin({ promoters: 70, passives: 20, detractors: 10 })! / 1.959963984540054) * Math.sqrt(100 / 99), 10)
})

test('nps_sample_size: a margin of 10 points at 70 % promoters and 10 % detractors takes 170 answers', () => {
  expect(npsSampleSize(0.7, 0.1, 10)).toBe(170)
  expect(npsSampleSize(0.7, 0.4, 10)).toBeNull()
})

test('the interval stays on the scale and swapping promoters and detractors mirrors it', () => {
  const count = fc.integer({ min: 0, max: 500 })
  fc.assert(
    fc.property(count, count, count, (promoters, passives, detractors) => {
      fc.pre(promoters + passives + detractors > 0)
      const interval = npsInterval({ promoters, passives, detractors })!
      const mirrored = npsInterval({ promoters: detractors, passives, detractors: promoters })!
      expect(interval[0]).toBeGreaterThanOrEqual(-100)
      expect(interval[1]).toBeLessThanOrEqual(100)
      expect(mirrored[0]).toBeCloseTo(-interval[1], 9)
      expect(mirrored[1]).toBeCloseTo(-interval[0], 9)
    }),
  )
})

test('when everybody answered there is no sampling error left', () => {
  expect(finitePopulationFactor(50, 50)).toBe(0)
  expect(finitePopulationFactor(50, 200)).toBeCloseTo(Math.sqrt(150 / 199), 12)
  expect(finitePopulationFactor(51, 50)).toBeNull()
})

// Justifying 10 points on 1.8 million ARR, half detractor to passive, half passive to promoter.
test('57/60 promoters and 28/40 detractors retained: 22,500 (9,214 to 36,698) kept', () => {
  const money = 1_800_000 * (10 / 200)
  const interval = newcombe({ k: 57, n: 60 }, { k: 28, n: 40 })!
  expect(money * (57 / 60 - 28 / 40)).toBeCloseTo(22500, 8)
  expect(money * interval[0]).toBeCloseTo(9214.45425915, 6)
  expect(money * interval[1]).toBeCloseTo(36698.2532931, 6)
})
