import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitLogistic, logistic, logisticContributions, logit, predictLogistic } from './logistic.ts'
import { lossAvoided } from './logistic-change.ts'
import { scalesOf, standardise } from './standardise.ts'

const repeat = (n: number, x: number, y: number) => Array.from({ length: n }, () => ({ row: [x], y }))
const TABLE = [...repeat(12, 0, 1), ...repeat(28, 0, 0), ...repeat(8, 1, 1), ...repeat(72, 1, 0)]
const rows = TABLE.map(({ row }) => row)
const outcomes = TABLE.map(({ y }) => y)

test('logit_2x2: 12 of 40 against 8 of 80: the closed form of the saturated model', () => {
  const fit = fitLogistic(rows, outcomes)!
  expect(fit.coefficients[0]).toBeCloseTo(-0.84729786, 8)
  expect(fit.coefficients[1]).toBeCloseTo(-1.34992672, 8)
  expect(fit.covariance[0]![0]).toBeCloseTo(0.11904762, 8)
  expect(fit.covariance[0]![1]).toBeCloseTo(-0.11904762, 8)
  expect(fit.covariance[1]![1]).toBeCloseTo(0.25793651, 8)
})

test('logit_2x2_ridge1: the same with a ridge of 1', () => {
  const { coefficients } = fitLogistic(rows, outcomes, 1)!
  expect(coefficients[0]).toBeCloseTo(-0.97905408, 7)
  expect(coefficients[1]).toBeCloseTo(-1.0768194, 7)
})

test('justify_logit_delta: 100,000 ARR moved from x = 0 to x = 1: 20,000 kept (4,351 to 35,649)', () => {
  const kept = lossAvoided(fitLogistic(rows, outcomes)!, [{ amount: 100_000, from: [0], to: [1] }])!
  expect(kept.value).toBeCloseTo(20000, 6)
  expect(kept.se).toBeCloseTo(7984.35971134, 4)
  expect(kept.interval[0]).toBeCloseTo(4350.94252617, 4)
  expect(kept.interval[1]).toBeCloseTo(35649.05747383, 4)
})

// Distress of O-rings by temperature on 23 shuttle flights: S. R. Dalal, E. B. Fowlkes and B. Hoadley, JASA 84 (1989);
// estimates as printed in A. Agresti, Categorical Data Analysis, problem 5.8 (15.043, -0.232, se 0.108).
test('O-rings: the published fit', () => {
  const cold = [53, 57, 58, 63, 70, 70, 75]
  const warm = [66, 67, 67, 67, 68, 69, 70, 70, 72, 73, 75, 76, 76, 78, 79, 81]
  const fit = fitLogistic(
    [...cold, ...warm].map((t) => [t]),
    [...cold.map(() => 1), ...warm.map(() => 0)],
  )!
  expect(fit.coefficients[0]).toBeCloseTo(15.0429, 4)
  expect(fit.coefficients[1]).toBeCloseTo(-0.2322, 4)
  expect(Math.sqrt(fit.covariance[1]![1]!)).toBeCloseTo(0.1082, 4)
  expect(-2 * fit.log_likelihood).toBeCloseTo(20.315, 3)
})

// Reference: scipy.optimize (BFGS) on the penalised likelihood.
test('two features with a ridge of 0.7', () => {
  const x = [
    [0.5, -1],
    [1.2, 0.3],
    [-0.7, 0.8],
    [-1.1, -0.4],
    [0.1, 1.5],
    [0.9, -0.9],
    [-0.3, 0.2],
    [1.8, 1.1],
  ]
  const { coefficients } = fitLogistic(x, [1, 1, 0, 0, 1, 0, 0, 1], 0.7)!
  ;[-0.41717269, 1.13857266, 0.53082044].forEach((value, j) => expect(coefficients[j]).toBeCloseTo(value, 6))
})

test('the mean chance is the mean outcome, whatever the ridge', () => {
  const feature = fc.double({ min: -3, max: 3, noNaN: true })
  const example = fc.record({ row: fc.tuple(feature, feature), y: fc.integer({ min: 0, max: 1 }) })
  fc.assert(
    fc.property(fc.array(example, { minLength: 10, maxLength: 60 }), fc.double({ min: 0.1, max: 100, noNaN: true }), (examples, ridge) => {
      const events = examples.filter(({ y }) => y === 1).length
      fc.pre(events > 0 && events < examples.length)
      const fit = fitLogistic(
        examples.map(({ row }) => row),
        examples.map(({ y }) => y),
        ridge,
      )!
      const mean = examples.reduce((sum, { row }) => sum + predictLogistic(fit, row), 0) / examples.length
      expect(mean).toBeCloseTo(events / examples.length, 8)
    }),
  )
})

test('outcomes that a feature separates, or that are all alike, have no fit without a ridge', () => {
  expect(fitLogistic([[0], [1], [2], [3]], [0, 0, 1, 1])).toBeNull()
  expect(fitLogistic([[0], [1], [2], [3]], [0, 0, 1, 1], 1)).not.toBeNull()
  expect(fitLogistic([[0], [1]], [1, 1])).toBeNull()
  expect(
    fitLogistic(
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [1, 1],
      ],
      [0, 1, 0, 1],
    ),
  ).toBeNull()
  expect(fitLogistic([], [])).toBeNull()
  expect(lossAvoided(fitLogistic(rows, outcomes)!, [])).toBeNull()
})

test('contributions add up to the distance in log-odds from the means', () => {
  const fit = fitLogistic(rows, outcomes)!
  const [part] = logisticContributions(fit, [1], [2 / 3])
  expect(part).toBeCloseTo(logit(predictLogistic(fit, [1])) - logit(predictLogistic(fit, [2 / 3])), 10)
})

test('log-odds and chances undo each other, far out too', () => {
  for (const p of [1e-12, 0.2, 0.5, 0.999]) expect(logistic(logit(p)) / p).toBeCloseTo(1, 12)
  expect(logistic(-800)).toBe(0)
  expect(logistic(800)).toBe(1)
})

test('standardised columns have mean 0 and spread 1, and a constant one vanishes', () => {
  const raw = [
    [1, 0, 5],
    [3, 10, 5],
    [8, 500, 5],
  ]
  const scales = scalesOf(raw, new Set([1]))
  const scaled = raw.map((row) => standardise(row, scales))
  for (const j of [0, 1]) {
    expect(scaled.reduce((sum, row) => sum + row[j]!, 0)).toBeCloseTo(0, 12)
    expect(scaled.reduce((sum, row) => sum + row[j]! ** 2, 0) / 3).toBeCloseTo(1, 12)
  }
  expect(scaled.map((row) => row[2])).toEqual([0, 0, 0])
  expect(scales[1]!.mean).toBeCloseTo((Math.log(11) + Math.log(501)) / 3, 12)
})
