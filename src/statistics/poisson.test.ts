import { expect, test } from 'vitest'
import { poissonCdf, poissonInterval, poissonQuantile } from './poisson.ts'

test('2 churned accounts where 3.2 were expected: 0.625 (0.0757 to 2.2577)', () => {
  const [lower, upper] = poissonInterval(2, 3.2)!
  expect(lower).toBeCloseTo(0.0756904, 7)
  expect(upper).toBeCloseTo(2.2577149, 7)
})

// Reference values: mpmath at 40 digits.
test.each([
  [0, 10, 0, 0.36888794541139363],
  [17, 4, 2.47578161740182189, 6.80466170397665278],
  [250, 1, 219.967995630937313, 282.987705042316093],
])('%d events over an exposure of %d', (count, exposure, lower, upper) => {
  const interval = poissonInterval(count, exposure)!
  expect(interval[0]).toBeCloseTo(lower, 10)
  expect(interval[1] / upper).toBeCloseTo(1, 12)
})

test.each([
  [0.99, 0.4, 2],
  [0.99, 3.25, 8],
  [0.5, 10, 10],
  [0.99, 400, 447],
  [0.99, 0, 0],
])('the quantile of %d at mean %d is the smallest count that reaches it', (p, mean, expected) => {
  expect(poissonQuantile(p, mean)).toBe(expected)
  expect(poissonCdf(expected, mean)).toBeGreaterThanOrEqual(p)
  expect(poissonCdf(expected - 1, mean)).toBeLessThan(p)
})

test('the distribution function sums the terms', () => {
  expect(poissonCdf(3, 2.5)).toBeCloseTo(Math.exp(-2.5) * (1 + 2.5 + 2.5 ** 2 / 2 + 2.5 ** 3 / 6), 14)
})

test('no exposure, no interval', () => {
  expect(poissonInterval(3, 0)).toBeNull()
  expect(poissonInterval(-1, 2)).toBeNull()
  expect(poissonQuantile(1, 2)).toBeNull()
})
