import { expect, test } from 'vitest'
import { gammaLower, gammaQuantile, gammaUpper } from './incomplete-gamma.ts'

// Reference values: mpmath at 40 digits.
test.each([
  [0.5, 0.1, 0.345279153981422971, 0.654720846018577029],
  [0.5, 20, 0.999999999746037141, 2.53962858947086497e-10],
  [3, 2.5, 0.456186884116670482, 0.543813115883329518],
  [10, 25, 0.999778523361751216, 0.000221476638248783581],
  [100, 80, 0.0171083130351331142, 0.982891686964866886],
  [1e4, 1.01e4, 0.841348750447179622, 0.158651249552820378],
  [1e6, 0.998e6, 0.0226961140067368028, 0.977303885993263197],
])('P and Q at shape %d, x %d agree to 1e-12', (shape, x, lower, upper) => {
  expect(gammaLower(shape, x) / lower).toBeCloseTo(1, 12)
  expect(gammaUpper(shape, x) / upper).toBeCloseTo(1, 12)
})

test.each([
  [0.025, 2, 0.242209278543964903],
  [0.975, 3, 7.22468766772396082],
  [0.025, 0.5, 0.000491034558587627956],
  [0.5, 100, 99.6668649193154887],
  [0.01, 0.1, 6.07304836240788253e-21],
  [0.999, 10000, 10311.875224539538],
  [0.975, 1, 3.6888794541139363],
])('the quantile of %d at shape %d agrees to 1e-12', (p, shape, expected) => {
  expect(gammaQuantile(p, shape)! / expected).toBeCloseTo(1, 12)
})

test('ends and impossible arguments', () => {
  expect(gammaLower(2, 0)).toBe(0)
  expect(gammaUpper(2, Infinity)).toBe(0)
  expect(gammaLower(0, 1)).toBeNaN()
  expect(gammaQuantile(0, 2)).toBe(0)
  expect(gammaQuantile(1, 2)).toBeNull()
  expect(gammaQuantile(0.5, -1)).toBeNull()
})
