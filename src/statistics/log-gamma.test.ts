import { expect, test } from 'vitest'
import { logBeta, logGamma } from './log-gamma.ts'

// Reference values: mpmath at 40 digits.
test.each([
  [0.001, 6.90717888538385368],
  [0.243, 1.31804358469966985],
  [0.5, 0.572364942924700087],
  [1.5, -0.120782237635245222],
  [2.5, 0.28468287047291916],
  [4.414, 2.33522005220189097],
  [10, 12.8018274800814696],
  [100.5, 361.435540467777622],
  [1e6, 12815504.5691476117],
])('ln gamma(%d) agrees with 40-digit arithmetic', (x, expected) => {
  expect(logGamma(x) / expected).toBeCloseTo(1, 12)
})

test('ln gamma is 0 at 1 and 2 and undefined at 0', () => {
  expect(logGamma(1)).toBe(0)
  expect(logGamma(2)).toBe(0)
  expect(logGamma(0)).toBeNaN()
})

test.each([
  [0.5, 0.5, 1.14472988584940017],
  [0.7637, 1.2958, 0.0549034203547018334],
  [20, 0.001, 6.90420833575663808],
  [1e6, 2.5, -34.2540953994365161],
  [1e6, 2e6, -1909548.29096853296],
])('ln B(%d, %d) keeps its digits at large arguments', (a, b, expected) => {
  expect(logBeta(a, b) / expected).toBeCloseTo(1, 12)
  expect(logBeta(b, a)).toBe(logBeta(a, b))
})
