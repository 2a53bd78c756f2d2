import { expect, test } from 'vitest'
import { medianDeviation, robustZ } from './robust-z.ts'
import { theilSen } from './theil-sen.ts'

const line = (ys: readonly number[]) => ys.map((y, x) => ({ x, y }))

test('health_trend: weekly scores 82 80 81 76 74 70 69 65 fall by 2.46 a week', () => {
  expect(theilSen(line([82, 80, 81, 76, 74, 70, 69, 65]))!.slope).toBeCloseTo(-2.46428571, 8)
})

// Reference: scipy.stats.theilslopes. One wild value does not turn the line.
test('uneven weeks and an outlier', () => {
  const points = [0, 1, 2, 4, 5, 7].map((x, i) => ({ x, y: [3, 2.5, 4, 6, 5.5, 20][i]! }))
  expect(theilSen(points)!.slope).toBeCloseTo(1, 12)
})

test('a straight line is its own trend', () => {
  expect(theilSen(line([1, 3, 5, 7]))).toEqual({ slope: 2, intercept: 1 })
})

test('no trend from one week', () => {
  expect(theilSen(line([4]))).toBeNull()
  expect(
    theilSen([
      { x: 1, y: 2 },
      { x: 1, y: 5 },
    ]),
  ).toBeNull()
})

test('usage_drop_signal: 55 against a median of 100.5 is -4.54', () => {
  expect(robustZ([100, 96, 110, 104, 90, 101, 99, 107], 55)).toBeCloseTo(-4.53866748, 8)
  expect(1 - 55 / 100.5).toBeCloseTo(0.45273632, 8)
})

test('a wide past is measured by its own spread', () => {
  expect(medianDeviation([10, 100, 190, 100, 300])).toBe(90)
  expect(robustZ([10, 100, 190, 100, 300], 0)).toBeCloseTo(-100 / (1.4826 * 90), 12)
})

test('no past, no distance', () => {
  expect(robustZ([], 5)).toBeNull()
  expect(robustZ([0, 0, 0], 5)).toBeNull()
})
