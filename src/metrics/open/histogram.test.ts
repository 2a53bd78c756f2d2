import fc from 'fast-check'
import { expect, it } from 'vitest'
import { histogram } from './histogram.ts'

const tally = (counts: readonly (readonly [value: number, reached: number, censored: number])[]) => {
  const sorted = counts.toSorted(([a], [b]) => a - b)
  return { values: sorted.map(([value]) => value), reached: sorted.map(([, reached]) => reached), censored: sorted.map(([, , censored]) => censored) }
}

it('gives few values a bin each', () => {
  expect(
    histogram(
      tally([
        [1, 2, 0],
        [5, 7, 1],
      ]),
    ),
  ).toEqual([
    { from: 1, until: 1, reached: 2, open: 0 },
    { from: 5, until: 5, reached: 7, open: 1 },
  ])
  expect(histogram(tally([]))).toEqual([])
})

it('cuts many in bins of a round width, the last one without an end', () => {
  const bins = histogram(tally([...Array.from({ length: 100 }, (_, i) => [i, 1, 0] as const), [5000, 1, 2]]))
  expect(bins.map(({ from }) => from)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
  expect(bins.slice(0, 9).every(({ reached, from, until }) => reached === 10 && until === from + 10)).toBe(true)
  expect(bins.at(-1)).toEqual({ from: 90, until: null, reached: 11, open: 2 })
})

it('loses none, in bins that follow each other', () => {
  const count = fc.integer({ min: 0, max: 5 })
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.double({ min: -50, max: 1e5, noNaN: true }), count, count), { selector: ([value]) => value, maxLength: 60 }),
      (given) => {
        const bins = histogram(tally(given))
        const sum = (of: (one: { reached: number; open: number }) => number) => bins.reduce((total, bin) => total + of(bin), 0)
        expect(sum(({ reached }) => reached)).toBe(given.reduce((total, [, reached]) => total + reached, 0))
        expect(sum(({ open }) => open)).toBe(given.reduce((total, [, , open]) => total + open, 0))
        for (const [i, { from }] of bins.entries()) if (i > 0) expect(from).toBeGreaterThan(bins[i - 1]?.from ?? from)
      },
    ),
  )
})
