import { expect, test } from 'vitest'
import { normalCdf } from './normal-cdf.ts'
import { normalQuantile, zOf } from './normal-quantile.ts'

// Reference values: mpmath at 40 digits.
test.each([
  [-10, 7.61985302416052607e-24],
  [-5, 2.86651571879193912e-7],
  [-2, 0.0227501319481792072],
  [-0.5, 0.308537538725986896],
  [0, 0.5],
  [0.3, 0.617911422188952637],
  [1.96, 0.975002104851779566],
  [3, 0.998650101968369905],
  [6, 0.999999999013412355],
])('the distribution function at %d agrees to 1e-12', (x, expected) => {
  expect(normalCdf(x) / expected).toBeCloseTo(1, 12)
})

test.each([
  [1e-12, -7.03448382530113193],
  [0.001, -3.09023230616781354],
  [0.025, -1.95996398454005424],
  [0.05, -1.64485362695147271],
  [0.3, -0.524400512708040784],
  [0.6, 0.253347103135799799],
  [0.95, 1.64485362695147271],
  [0.975, 1.95996398454005424],
  [0.999, 3.09023230616781354],
])('the quantile of %d agrees to 1e-12', (p, expected) => {
  expect(normalQuantile(p)! / expected).toBeCloseTo(1, 12)
})

test('quantile and distribution function undo each other', () => {
  for (let p = 0.0005; p < 1; p += 0.0005) expect(normalCdf(normalQuantile(p)!)).toBeCloseTo(p, 13)
})

test('there is no quantile at or beyond 0 and 1', () => {
  for (const p of [0, 1, -0.1, 1.1, Number.NaN]) expect(normalQuantile(p)).toBeNull()
  expect(normalQuantile(0.5)).toBe(0)
  expect(zOf(1)).toBeNull()
})
