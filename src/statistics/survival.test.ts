import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Observation } from './kaplan-meier.ts'
import { kaplanMeier, medianTime, reachedBy } from './kaplan-meier.ts'
import { logRank } from './log-rank.ts'
import { median } from './quantile.ts'

const observe = (rows: readonly (readonly [number, number])[]): Observation[] => rows.map(([time, reached]) => ({ time, reached: reached === 1 }))

const ONBOARDINGS = observe([
  [3, 1],
  [5, 1],
  [5, 1],
  [8, 1],
  [12, 0],
  [14, 1],
  [20, 0],
  [21, 1],
  [30, 0],
  [30, 0],
])

// Weeks of remission, E. J. Freireich et al., Blood 21 (1963): 6-mercaptopurine and placebo.
const DRUG = observe([
  [6, 1],
  [6, 1],
  [6, 1],
  [6, 0],
  [7, 1],
  [9, 0],
  [10, 1],
  [10, 0],
  [11, 0],
  [13, 1],
  [16, 1],
  [17, 0],
  [19, 0],
  [20, 0],
  [22, 1],
  [23, 1],
  [25, 0],
  [32, 0],
  [32, 0],
  [34, 0],
  [35, 0],
])
const PLACEBO = observe([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((time) => [time, 1]))

test('ttv_km: ten onboardings: half reach value within 14 days, 52 % by then', () => {
  const steps = kaplanMeier(ONBOARDINGS)
  const curve = steps.map(({ time, survival }) => [time, Number(survival.toFixed(12))])
  expect(curve).toEqual([
    [3, 0.9],
    [5, 0.7],
    [8, 0.6],
    [14, 0.48],
    [21, 0.32],
  ])
  expect(medianTime(steps).value).toBe(14)
  const reached = ONBOARDINGS.filter((one) => one.reached).map(({ time }) => time)
  expect(median(reached)).toBe(6.5) // what leaving out those still waiting would say
  expect(reachedBy(ONBOARDINGS, 14)!.value).toBeCloseTo(0.52, 12)
})

test('a curve that stays above one half has no median', () => {
  expect(
    medianTime(
      kaplanMeier(
        observe([
          [3, 1],
          [9, 0],
          [9, 0],
        ]),
      ),
    ).value,
  ).toBeNull()
  expect(medianTime(kaplanMeier([]))).toEqual({ value: null, lower: null, upper: null })
})

test('remission data: the published curve, Greenwood’s error and the medians 23 and 8', () => {
  const steps = kaplanMeier(DRUG)
  expect(steps.map(({ survival }) => Number(survival.toFixed(4)))).toEqual([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482])
  expect(steps.map(({ at_risk }) => at_risk)).toEqual([21, 17, 15, 12, 11, 7, 6])
  // D. G. Kleinbaum and M. Klein, Survival Analysis: 95 % at 7 weeks on the log-log scale.
  expect(steps[1]!.interval![0]).toBeCloseTo(0.5631, 4)
  expect(steps[1]!.interval![1]).toBeCloseTo(0.9228, 4)
  expect(medianTime(steps)).toEqual({ value: 23, lower: 13, upper: null })
  expect(medianTime(kaplanMeier(PLACEBO))).toEqual({ value: 8, lower: 4, upper: 11 })
})

test('remission data: log-rank 16.79 on 1 degree of freedom, as published', () => {
  const result = logRank([DRUG, PLACEBO])!
  expect(result.chi_square).toBeCloseTo(16.79, 2)
  expect(result.freedom).toBe(1)
  expect(result.p).toBeCloseTo(0.0000417, 7)
  expect(result.groups[0]!.expected).toBeCloseTo(19.25, 2)
  expect(result.groups[1]!.observed).toBe(21)
})

// Reference: the covariance written out with numpy, either two of the three groups giving the same figure.
test('three groups', () => {
  const groups = [
    observe([
      [5, 1],
      [8, 1],
      [8, 0],
      [12, 1],
      [15, 0],
      [20, 1],
    ]),
    observe([
      [3, 1],
      [5, 1],
      [9, 1],
      [10, 0],
      [11, 1],
      [30, 0],
    ]),
    observe([
      [8, 1],
      [14, 1],
      [18, 0],
      [22, 1],
      [25, 1],
      [31, 0],
      [33, 1],
    ]),
  ]
  const result = logRank(groups)!
  expect(result.chi_square).toBeCloseTo(2.3652492936759946, 10)
  expect(result.p).toBeCloseTo(0.30647329789255706, 10)
  expect(logRank([groups[2]!, [], groups[0]!, groups[1]!])!.chi_square).toBeCloseTo(result.chi_square, 10)
})

test('without censoring the curve is the share of longer times, and it never rises', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 80 }), (times) => {
      let before = 1
      for (const { time, survival, interval } of kaplanMeier(times.map((t) => ({ time: t, reached: true })))) {
        expect(survival).toBeCloseTo(times.filter((t) => t > time).length / times.length, 10)
        expect(survival).toBeLessThanOrEqual(before)
        if (interval !== null) expect(interval[0] <= survival && survival <= interval[1]).toBe(true)
        before = survival
      }
    }),
  )
})

test('nothing is said beyond what was watched', () => {
  expect(reachedBy(ONBOARDINGS, 31)).toBeNull()
  expect(reachedBy(ONBOARDINGS, 2)).toEqual({ value: 0, interval: null })
  expect(
    reachedBy(
      observe([
        [2, 1],
        [3, 1],
      ]),
      10,
    ),
  ).toEqual({ value: 1, interval: null })
  expect(reachedBy([], 1)).toBeNull()
})

test('nothing to compare', () => {
  expect(logRank([DRUG, []])).toBeNull()
  expect(logRank([observe([[3, 0]]), observe([[4, 0]])])).toBeNull()
})
