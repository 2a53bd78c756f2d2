import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, quantile, quantileSorted } from './quantile.ts'

test('1, 2, 3, 4: median 2.5, p90 3.7', () => {
  expect(median([4, 2, 1, 3])).toBe(2.5)
  expect(quantile([4, 2, 1, 3], 0.9)).toBeCloseTo(3.7, 14)
})

test('the ends are the smallest and the largest, one value is every quantile', () => {
  expect(quantile([9, 1, 5], 0)).toBe(1)
  expect(quantile([9, 1, 5], 1)).toBe(9)
  expect(quantile([7], 0.3)).toBe(7)
})

test('values are not reordered for the caller, and quantiles grow with p', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
      const before = [...values]
      expect(quantile(values, p)!).toBeLessThanOrEqual(quantile(values, (1 + p) / 2)!)
      expect(values).toEqual(before)
    }),
  )
})

test('none, or what is not a number, has no quantile', () => {
  expect(median([])).toBeNull()
  expect(median([1, Number.NaN])).toBeNull()
  expect(quantileSorted([1, 2], 1.5)).toBeNull()
})
