import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newcombe } from './newcombe.ts'
import { wilson } from './wilson.ts'

test.each([
  ['90 of 100 retained', 90, 100, 0.82563434, 0.94477086],
  ['8 of 9 retained', 8, 9, 0.56500029, 0.98010911],
  ['0 of 40 lost', 0, 40, 0, 0.0876216],
  ['14 of 40 bought again', 14, 40, 0.22134529, 0.50494119],
  ['74 of 107 satisfied (help.delighted.com 240)', 74, 107, 0.59871509, 0.7711826],
  ['7 of 10 found it easy', 7, 10, 0.39677815, 0.89220873],
  ['70 of 200 accounts use the feature', 70, 200, 0.28728824, 0.41836536],
])('%s', (_, k, n, lower, upper) => {
  const interval = wilson(k, n)!
  expect(interval[0]).toBeCloseTo(lower, 8)
  expect(interval[1]).toBeCloseTo(upper, 8)
})

// Newcombe 1998 (Statistics in Medicine 17: 857-872), table I, method 3.
test('81 of 263, the published example', () => {
  const [lower, upper] = wilson(81, 263)!
  expect(lower).toBeCloseTo(0.2553, 4)
  expect(upper).toBeCloseTo(0.3662, 4)
})

// Newcombe 1998 (Statistics in Medicine 17: 873-890), table II, method 10.
test.each([
  ['56/70 - 48/80', 56, 70, 48, 80, 0.0524, 0.3339],
  ['9/10 - 3/10', 9, 10, 3, 10, 0.1705, 0.809],
  ['5/56 - 0/29', 5, 56, 0, 29, -0.0381, 0.1926],
  ['10/10 - 0/10', 10, 10, 0, 10, 0.6075, 1],
])('difference %s, as published', (_, k1, n1, k2, n2, lower, upper) => {
  const interval = newcombe({ k: k1, n: n1 }, { k: k2, n: n2 })!
  expect(interval[0]).toBeCloseTo(lower, 4)
  expect(interval[1]).toBeCloseTo(upper, 4)
})

test('passives 72/80 against detractors 28/40: 0.2 (0.0535 to 0.3617)', () => {
  const interval = newcombe({ k: 72, n: 80 }, { k: 28, n: 40 })!
  expect(interval[0]).toBeCloseTo(0.05349364, 8)
  expect(interval[1]).toBeCloseTo(0.36172873, 8)
})

test('the interval lies in 0..1, holds the share and mirrors it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
      const k = Math.round(n * part)
      const [lower, upper] = wilson(k, n)!
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeLessThanOrEqual(1)
      expect(lower).toBeLessThanOrEqual(k / n)
      expect(upper).toBeGreaterThanOrEqual(k / n)
      expect(wilson(n - k, n)![0]).toBeCloseTo(1 - upper, 12)
    }),
  )
})

test('nothing to count has no interval', () => {
  expect(wilson(0, 0)).toBeNull()
  expect(wilson(5, 4)).toBeNull()
  expect(wilson(Number.NaN, 4)).toBeNull()
  expect(newcombe({ k: 1, n: 2 }, { k: 0, n: 0 })).toBeNull()
})
