import fc from 'fast-check'
import { expect, test } from 'vitest'
import { betaCdf, betaQuantile, betaUpper } from './incomplete-beta.ts'

// Reference values: mpmath at 40 digits.
test.each([
  [0.3, 0.5, 0.5, 0.369010119565545383],
  [0.025, 1, 10, 0.223670379143562222],
  [0.6, 61, 41, 0.510806827883626529],
  [0.01, 0.01, 3, 0.969173753202524193],
  [0.9, 200, 15, 0.0518564204468712089],
  [0.501, 5000, 5000, 0.579257832456580246],
  [0.05, 0.7, 500, 0.999999999997889946],
])('I at %d with (%d, %d) agrees to 1e-12', (x, a, b, expected) => {
  expect(betaCdf(x, a, b) / expected).toBeCloseTo(1, 12)
  expect(betaUpper(x, a, b)).toBeCloseTo(1 - expected, 12)
})

test.each([
  [0.025, 1, 10, 0.0025285785444617845],
  [0.975, 61, 41, 0.690691484309945665],
  [0.025, 61, 41, 0.501744078492565192],
  [0.5, 0.5, 0.5, 0.5],
  [0.01, 0.2, 7, 9.87805269444293062e-12],
  [0.999, 3, 900, 0.0123853589843255537],
  [0.025, 5000, 4000, 0.545278723271794725],
])('the quantile of %d with (%d, %d) agrees to 1e-12', (p, a, b, expected) => {
  expect(betaQuantile(p, a, b)! / expected).toBeCloseTo(1, 12)
})

test('the distribution function of the quantile is the probability', () => {
  const shape = fc.double({ min: 1, max: 2000, noNaN: true })
  const chance = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })
  fc.assert(
    fc.property(chance, shape, shape, (p, a, b) => {
      expect(betaCdf(betaQuantile(p, a, b)!, a, b)).toBeCloseTo(p, 11)
    }),
  )
})

test('impossible arguments', () => {
  expect(betaQuantile(-0.1, 1, 1)).toBeNull()
  expect(betaQuantile(0.5, 0, 1)).toBeNull()
  expect(betaCdf(0.5, 0, 1)).toBeNaN()
})
