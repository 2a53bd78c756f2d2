import { expect, test } from 'vitest'
import { median, quantileSorted } from './quantile.ts'
import { bootstrapQuantile, quantileBand } from './quantile-interval.ts'
import { seededRandom } from './random.ts'

const random = seededRandom(8)
const MINUTES = Array.from({ length: 400 }, () => Math.round(600 * random.unit() ** 3))

test('a resample’s quantile is the R-7 quantile of the resample', () => {
  const values = MINUTES.slice(0, 40)
  const picking = seededRandom(3)
  const picks = new Uint32Array(40)
  const sorted = Float64Array.from(values).sort()
  const medians = Array.from({ length: 2000 }, () => {
    picking.fillBelow(40, picks)
    return median(Array.from(picks, (pick) => sorted[pick]!))!
  }).sort((a, b) => a - b)
  const expected = [quantileSorted(medians, 0.025), quantileSorted(medians, 0.975)]
  bootstrapQuantile(values, 0.5, { seed: 3 })!.forEach((end, i) => expect(end).toBeCloseTo(expected[i]!, 10))
})

test('bootstrap and order statistics agree on many tickets', () => {
  for (const p of [0.5, 0.9]) {
    const drawn = bootstrapQuantile(MINUTES, p, { seed: 'frt' })!
    const sorted = Float64Array.from(MINUTES).sort()
    const band = quantileBand(MINUTES.length, p)!.map((end) => quantileSorted(sorted, end)!)
    const width = band[1]! - band[0]!
    expect(Math.abs(drawn[0] - band[0]!)).toBeLessThan(width / 4)
    expect(Math.abs(drawn[1] - band[1]!)).toBeLessThan(width / 4)
  }
})

test('too few values', () => {
  expect(bootstrapQuantile(MINUTES.slice(0, 19), 0.5, { seed: 1 })).toBeNull()
  expect(bootstrapQuantile(MINUTES, 1.5, { seed: 1 })).toBeNull()
  expect(quantileBand(0, 0.5)).toBeNull()
  expect(quantileBand(5, 0.99)![1]).toBe(1)
})
