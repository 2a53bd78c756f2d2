import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseRidge, groupedFolds, outOfFold } from './cross-validation.ts'
import { fitIsotonic, poolAdjacentViolators, predictIsotonic } from './isotonic.ts'
import { logistic } from './logistic.ts'
import { areaUnderCurve, brier, brierSkill, calibrationSlope, logLoss, topDecileLift } from './model-quality.ts'
import { fitPlatt, plattTargets, predictPlatt } from './platt.ts'
import { seededRandom } from './random.ts'
import { calibrationError, reliability } from './reliability.ts'

test('pav: outcomes 0 1 0 0 1 1 in the order of their scores: 0, a third three times, 1, 1', () => {
  const third = 1 / 3
  const expected = [0, third, third, third, 1, 1]
  poolAdjacentViolators([0, 1, 0, 0, 1, 1]).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12))
  const fit = fitIsotonic([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0, 1, 0, 0, 1, 1])!
  ;[0.1, 0.2, 0.3, 0.4, 0.5, 0.6].forEach((score, i) => expect(predictIsotonic(fit, score)).toBeCloseTo(expected[i]!, 12))
  expect(predictIsotonic(fit, 0.45)).toBeCloseTo((third + 1) / 2, 12)
  expect(predictIsotonic(fit, -9)).toBe(0)
  expect(predictIsotonic(fit, 9)).toBe(1)
})

test('pooled values rise, keep the mean and are the nearest of all that rise', () => {
  const value = fc.integer({ min: -20, max: 20 })
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), fc.array(value, { minLength: 30, maxLength: 30 }), (values, others) => {
      const pooled = poolAdjacentViolators(values)
      pooled.slice(1).forEach((next, i) => expect(next).toBeGreaterThanOrEqual(pooled[i]! - 1e-12))
      expect(pooled.reduce((a, b) => a + b, 0)).toBeCloseTo(
        values.reduce((a, b) => a + b, 0),
        8,
      )
      const distance = (to: readonly number[]) => values.reduce((sum, x, i) => sum + (x - to[i]!) ** 2, 0)
      const rival = others.slice(0, values.length).sort((a, b) => a - b)
      expect(distance(pooled)).toBeLessThanOrEqual(distance(rival) + 1e-9)
    }),
  )
})

test('rows of one score share one chance, in any order', () => {
  const fit = fitIsotonic([2, 1, 2, 1], [1, 0, 0, 0])!
  expect(fit).toEqual({ scores: [1, 2], chances: [0, 0.5] })
  expect(fitIsotonic([], [])).toBeNull()
})

// Reference: scipy.optimize (BFGS).
test('Platt scaling of ten scores', () => {
  const scores = [-2, -1.5, -1, -0.5, 0, 0.2, 0.7, 1, 1.6, 2.2]
  const outcomes = [0, 0, 0, 1, 0, 0, 1, 0, 1, 1]
  const platt = fitPlatt(scores, outcomes)!
  expect(platt.intercept).toBeCloseTo(-0.5060396, 6)
  expect(platt.slope).toBeCloseTo(0.7643842, 6)
  const targets = plattTargets(outcomes)
  expect(targets[3]).toBeCloseTo(5 / 6, 12)
  expect(targets[0]).toBeCloseTo(1 / 8, 12)
  const mean = scores.reduce((sum, score) => sum + predictPlatt(platt, score), 0)
  expect(mean).toBeCloseTo(
    targets.reduce((sum, target) => sum + target, 0),
    6,
  )
})

test('brier: chances .1 .4 .4 .8 for 0 0 1 1', () => {
  const [p, y] = [
    [0.1, 0.4, 0.4, 0.8],
    [0, 0, 1, 1],
  ]
  expect(brier(p, y)).toBeCloseTo(0.1425, 12)
  expect(brier([0.5, 0.5, 0.5, 0.5], y)).toBeCloseTo(0.25, 12)
  expect(brierSkill(p, y)).toBeCloseTo(0.43, 12)
  expect(logLoss(p, y)).toBeCloseTo(0.43890511, 8)
  expect(areaUnderCurve(p, y)).toBeCloseTo(0.875, 12)
})

test('ece: 50 rows at 5 % of which 4 % came and 50 at 25 % of which 30 % came: off by .03', () => {
  const bins = [
    { n: 50, mean_chance: 0.05, rate: 0.04 },
    { n: 50, mean_chance: 0.25, rate: 0.3 },
  ]
  expect(calibrationError(bins)).toBeCloseTo(0.03, 12)
  const chances = [...new Array<number>(50).fill(0.05), ...new Array<number>(50).fill(0.25)]
  const outcomes = chances.map((_, i) => (i < 50 ? (i < 2 ? 1 : 0) : i < 65 ? 1 : 0))
  const table = reliability(chances, outcomes, 2)
  table.forEach((bin, i) => {
    expect(bin.n).toBe(50)
    expect(bin.mean_chance).toBeCloseTo(bins[i]!.mean_chance, 12)
    expect(bin.rate).toBe(bins[i]!.rate)
  })
  expect(reliability(chances.slice().reverse(), outcomes.slice().reverse(), 7)).toEqual(reliability(chances, outcomes, 7))
  expect(calibrationError([])).toBeNull()
})

test('the area under the curve counts pairs', () => {
  const row = fc.record({ p: fc.integer({ min: 0, max: 8 }).map((k) => k / 8), y: fc.integer({ min: 0, max: 1 }) })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const [ones, zeros] = [rows.filter(({ y }) => y === 1), rows.filter(({ y }) => y === 0)]
      const area = areaUnderCurve(
        rows.map(({ p }) => p),
        rows.map(({ y }) => y),
      )
      if (ones.length === 0 || zeros.length === 0) {
        expect(area).toBeNull()
        return
      }
      let won = 0
      for (const one of ones) for (const zero of zeros) won += one.p > zero.p ? 1 : one.p === zero.p ? 0.5 : 0
      expect(area).toBeCloseTo(won / (ones.length * zeros.length), 12)
    }),
  )
})

test('lift of the top tenth, with a tie at its edge', () => {
  const chances = [0.9, 0.5, 0.5, ...new Array<number>(17).fill(0.1)]
  const outcomes = [1, 1, 0, 1, 1, ...new Array<number>(15).fill(0)]
  // Two places: the first is a hit, the second is shared by one hit and one miss. Base rate 4 of 20.
  expect(topDecileLift(chances, outcomes)).toBeCloseTo(1.5 / 2 / 0.2, 12)
  expect(topDecileLift([0.1], [0])).toBeNull()
})

test('chances that are too bold have a slope below 1, twice as bold half of it', () => {
  const scores = [-2, -1.5, -1, -0.5, 0, 0.2, 0.7, 1, 1.6, 2.2]
  const outcomes = [0, 0, 0, 1, 0, 0, 1, 0, 1, 1]
  const slope = calibrationSlope(scores.map(logistic), outcomes)!
  expect(slope).toBeCloseTo(1.33335666, 6) // scipy.optimize (BFGS)
  expect(
    calibrationSlope(
      scores.map((x) => logistic(2 * x)),
      outcomes,
    ),
  ).toBeCloseTo(slope / 2, 8)
  expect(calibrationSlope([0.2, 1], [0, 1])).toBeNull()
})

test('nothing to judge', () => {
  expect(brier([], [])).toBeNull()
  expect(logLoss([1], [0])).toBeNull()
  expect(brierSkill([0.2, 0.3], [0, 0])).toBeNull()
  expect(areaUnderCurve([0.2, 0.3], [1, 1])).toBeNull()
})

test('folds keep groups whole, are alike in size and follow names and seed, not the order of rows', () => {
  const groups = Array.from({ length: 60 }, (_, i) => `account ${i % 23}`)
  const folds = groupedFolds(groups, 5, 1)
  const of = new Map<string, number>()
  groups.forEach((group, i) => {
    expect(of.get(group) ?? folds[i]).toBe(folds[i])
    of.set(group, folds[i]!)
  })
  for (let fold = 0; fold < 5; fold++) expect([4, 5]).toContain([...of.values()].filter((value) => value === fold).length)
  expect(groupedFolds(groups.slice().reverse(), 5, 1)).toEqual(folds.slice().reverse())
})

test('the chosen ridge is strong for noise and weak for a real lever', () => {
  const random = seededRandom(4)
  const rows = Array.from({ length: 400 }, () => [random.unit() * 2 - 1, random.unit() * 2 - 1])
  const groups = rows.map((_, i) => `account ${i >> 1}`)
  const noise = rows.map(() => (random.unit() < 0.3 ? 1 : 0))
  const lever = rows.map(([x]) => (random.unit() < logistic(-1 + 3 * x!) ? 1 : 0))
  const strong = chooseRidge({ rows, outcomes: noise, groups }, { seed: 1 })!
  const weak = chooseRidge({ rows, outcomes: lever, groups }, { seed: 1 })!
  expect(strong.ridge).toBeGreaterThan(weak.ridge)
  expect(areaUnderCurve(weak.chances, lever)).toBeGreaterThan(0.75)
  expect(outOfFold({ rows, outcomes: rows.map(() => 0), groups }, 1, { seed: 1 })).toBeNull()
})
