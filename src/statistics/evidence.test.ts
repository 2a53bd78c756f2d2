import { expect, test } from 'vitest'
import { cohenKappa } from './cohen-kappa.ts'
import { differenceInDifferences } from './difference-in-differences.ts'
import { expectedLoss } from './expected-loss.ts'
import { sampleSizePerArm } from './sample-size.ts'
import { shrunkRate } from './shrinkage.ts'

test('justify_did: churn 18/150 to 12/150 against 22/200 to 21/200: -3.5 points (-12.6 to +5.6), not shown', () => {
  const result = differenceInDifferences({ before: { k: 18, n: 150 }, after: { k: 12, n: 150 } }, { before: { k: 22, n: 200 }, after: { k: 21, n: 200 } })!
  expect(result.value).toBeCloseTo(-0.035, 12)
  expect(result.se).toBeCloseTo(0.04641165, 8)
  expect(result.interval[0]).toBeCloseTo(-0.12596517, 8)
  expect(result.interval[1]).toBeCloseTo(0.05596517, 8)
})

test('an empty group gives no difference', () => {
  const some = { before: { k: 1, n: 10 }, after: { k: 1, n: 10 } }
  expect(differenceInDifferences(some, { before: { k: 0, n: 0 }, after: { k: 1, n: 10 } })).toBeNull()
})

test('12 % against 8 % takes about 880 accounts per arm', () => {
  // 879 with multipliers rounded to 1.96 and 0.84.
  expect((2.8 ** 2 * (0.12 * 0.88 + 0.08 * 0.92)) / 0.04 ** 2).toBeCloseTo(878.08, 2)
  expect(sampleSizePerArm(0.12, 0.08)).toBe(880)
  expect(sampleSizePerArm(0.1, 0.1)).toBeNull()
})

// Interval ends: scipy.stats.beta.ppf.
test.each([
  ['red', 6, 20, 0.1825, 0.080548, 0.31438934],
  ['amber', 5, 60, 0.07875, 0.03073338, 0.146537],
  ['green', 2, 120, 0.02357143, 0.00544027, 0.05430545],
])('band_shrinkage: %s band drawn to a base of 6.5 %% by a strength of 20', (_, k, n, value, lower, upper) => {
  const rate = shrunkRate({ k, n }, 0.065, 20)!
  expect(rate.value).toBeCloseTo(value, 8)
  expect(rate.interval![0]).toBeCloseTo(lower, 6)
  expect(rate.interval![1]).toBeCloseTo(upper, 6)
})

test('an empty band has the base rate, nothing at all has none', () => {
  expect(shrunkRate({ k: 0, n: 0 }, 0.065, 20)!.value).toBeCloseTo(0.065, 12)
  expect(shrunkRate({ k: 0, n: 0 }, 0.065, 0)).toBeNull()
  expect(shrunkRate({ k: 0, n: 5 }, 0, 20)).toEqual({ value: 0, interval: [0, 0] })
})

test('arr_at_risk: ARR at risk of three accounts: 5,967, with a standard deviation of 13,024', () => {
  const risk = expectedLoss([
    { amount: 12000, chance: 0.1825 },
    { amount: 30000, chance: 0.07875 },
    { amount: 60000, chance: 0.02357143 },
    { amount: 90000, chance: null },
  ])!
  expect(risk.expected).toBeCloseTo(5966.7858, 3)
  expect(risk.sd).toBeCloseTo(13024.37858118, 3)
  expect(expectedLoss([{ amount: 5, chance: null }])).toBeNull()
})

test('kappa of the textbook table 20 5 / 10 15 is 0.4', () => {
  expect(
    cohenKappa([
      [20, 5],
      [10, 15],
    ]),
  ).toBeCloseTo(0.4, 12)
})

test('perfect agreement is 1, chance is 0, one label throughout is undefined', () => {
  expect(
    cohenKappa([
      [7, 0, 0],
      [0, 4, 0],
      [0, 0, 2],
    ]),
  ).toBeCloseTo(1, 12)
  expect(
    cohenKappa([
      [1, 1],
      [1, 1],
    ]),
  ).toBeCloseTo(0, 12)
  expect(
    cohenKappa([
      [5, 0],
      [0, 0],
    ]),
  ).toBeNull()
  expect(
    cohenKappa([
      [0, 0],
      [0, 0],
    ]),
  ).toBeNull()
})
