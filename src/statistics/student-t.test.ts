import { expect, test } from 'vitest'
import { studentCdf, studentQuantile } from './student-t.ts'
import { tInterval } from './t-interval.ts'

// Reference values: mpmath at 40 digits.
test.each([
  [-3, 2, 0.047732983133354566],
  [-0.1, 5, 0.462115070577330187],
  [1.5, 1, 0.812832958189001184],
  [2.228, 10, 0.974994114091444309],
  [-8, 300, 1.36750769507692108e-14],
])('the distribution function at %d with %d degrees of freedom agrees to 1e-12', (t, freedom, expected) => {
  expect(studentCdf(t, freedom) / expected).toBeCloseTo(1, 12)
})

test.each([
  [0.975, 11, 2.20098516009163987],
  [0.975, 1, 12.7062047361747046],
  [0.6, 3, 0.276670662332689911],
  [0.51, 7, 0.0259779415695168667],
  [0.995, 100, 2.62589052143801793],
  [0.025, 2, -4.30265272974946385],
  [0.975, 100000, 1.95998770753460964],
])('the quantile of %d with %d degrees of freedom agrees to 1e-12', (p, freedom, expected) => {
  expect(studentQuantile(p, freedom)! / expected).toBeCloseTo(1, 12)
})

test('the interval of a mean is the tabulated multiple of its standard error', () => {
  const [lower, upper] = tInterval(5.2, 2.4, 12)!
  expect(upper - 5.2).toBeCloseTo((2.20098516009164 * 2.4) / Math.sqrt(12), 12)
  expect(5.2 - lower).toBeCloseTo(upper - 5.2, 12)
})

test('one value, or none, has no interval', () => {
  expect(tInterval(5, 0, 1)).toBeNull()
  expect(tInterval(5, Number.NaN, 4)).toBeNull()
  expect(studentQuantile(1, 3)).toBeNull()
})
