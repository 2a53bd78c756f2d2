import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bgNbdAlive, bgNbdDiscounted, bgNbdExpected } from './bg-nbd.ts'
import { bootstrapRatio, bootstrapRatioChange, bootstrapRatioDifference } from './bootstrap-ratio.ts'
import { cohenKappa } from './cohen-kappa.ts'
import { deltaRatio, deltaRatioChange, deltaRatioDifference } from './delta-ratio.ts'
import { differenceInDifferences } from './difference-in-differences.ts'
import { expectedLoss } from './expected-loss.ts'
import { gammaGammaExpected } from './gamma-gamma.ts'
import { betaQuantile } from './incomplete-beta.ts'
import { gammaQuantile } from './incomplete-gamma.ts'
import { kaplanMeier, medianTime, reachedBy } from './kaplan-meier.ts'
import { discountedLifetimeValue, lifetimeValue, lifetimeValueFloor, lifetimeValueWithin } from './lifetime-value.ts'
import { logRank } from './log-rank.ts'
import { areaUnderCurve, brier, brierSkill, calibrationSlope, logLoss, topDecileLift } from './model-quality.ts'
import { newcombe } from './newcombe.ts'
import { normalQuantile } from './normal-quantile.ts'
import { finitePopulationFactor, netPromoterScore, npsClusterInterval, npsInterval, npsMargin, npsSampleSize } from './nps.ts'
import { poissonInterval, poissonQuantile } from './poisson.ts'
import { quantile } from './quantile.ts'
import { bootstrapQuantile, quantileBand } from './quantile-interval.ts'
import { ratioSums } from './ratio-sums.ts'
import { robustZ } from './robust-z.ts'
import { sampleSizePerArm } from './sample-size.ts'
import { annualise, scaleRate } from './scale-rate.ts'
import { sbgDiscountedPayments } from './shifted-beta-geometric.ts'
import { shrunkRate } from './shrinkage.ts'
import { studentQuantile } from './student-t.ts'
import { tInterval } from './t-interval.ts'
import { theilSen } from './theil-sen.ts'
import { wilson } from './wilson.ts'

type Six = [number, number, number, number, number, number]

const OF_NUMBERS: Record<string, (...numbers: Six) => unknown> = {
  annualise,
  bgNbdAlive: (r, alpha, a, b, last, age) => bgNbdAlive({ r, alpha, a, b }, { repeats: 2, last, age }),
  bgNbdDiscounted: (r, a, b, age, discount) => bgNbdDiscounted({ r, alpha: 1, a, b }, { repeats: 0, last: 0, age }, 3, discount),
  bgNbdExpected: (r, alpha, a, b, age, time) => bgNbdExpected({ r, alpha, a, b }, { repeats: 0, last: 0, age }, time),
  betaQuantile,
  cohenKappa: (a, b, c, d) =>
    cohenKappa([
      [a, b],
      [c, d],
    ]),
  deltaRatio: (n, sum_x, sum_y, sum_xx, sum_yy, sum_xy) => deltaRatio({ n, sum_x, sum_y, sum_xx, sum_yy, sum_xy }),
  deltaRatioChange: (a, b, c, d, e, f) => deltaRatioChange(ratioSums([a, b], [c, d]), ratioSums([b, e], [d, f]), { xx: a, xy: b, yx: c, yy: d }),
  deltaRatioDifference: (a, b, c, d, e, f) => deltaRatioDifference(ratioSums([a, b], [c, d]), ratioSums([b, e], [d, f])),
  differenceInDifferences: (a, b, c, d) =>
    differenceInDifferences({ before: { k: a, n: b }, after: { k: c, n: d } }, { before: { k: b, n: a }, after: { k: d, n: c } }),
  discountedLifetimeValue,
  expectedLoss: (amount, chance, other) =>
    expectedLoss([
      { amount, chance },
      { amount: 1, chance: other },
    ]),
  finitePopulationFactor,
  gammaGammaExpected: (p, q, v, purchases, mean) => gammaGammaExpected({ p, q, v }, { purchases, mean }),
  gammaQuantile,
  lifetimeValue,
  lifetimeValueFloor: (margin, lost, accounts) => lifetimeValueFloor(margin, lost, accounts),
  lifetimeValueWithin,
  netPromoterScore: (promoters, passives, detractors) => netPromoterScore({ promoters, passives, detractors }),
  newcombe: (a, b, c, d) => newcombe({ k: a, n: b }, { k: c, n: d }),
  normalQuantile,
  npsClusterInterval: (a, b, c, d) => npsClusterInterval(ratioSums([a, b], [c, d])),
  npsInterval: (promoters, passives, detractors) => npsInterval({ promoters, passives, detractors }),
  npsMargin: (promoters, passives, detractors) => npsMargin({ promoters, passives, detractors }),
  npsSampleSize: (promoters, detractors, margin) => npsSampleSize(promoters, detractors, margin),
  poissonInterval: (count, exposure, level) => poissonInterval(count, exposure, level),
  poissonQuantile,
  quantileBand: (n, p, level) => quantileBand(n, p, level),
  sampleSizePerArm: (first, second, level, power) => sampleSizePerArm(first, second, { level, power }),
  sbgDiscountedPayments: (alpha, beta) => sbgDiscountedPayments({ alpha, beta }, 0.1),
  scaleRate,
  shrunkRate: (k, n, base, strength) => shrunkRate({ k, n }, base, strength),
  studentQuantile,
  tInterval: (mean, sd, n, level) => tInterval(mean, sd, n, level),
  wilson: (k, n, level) => wilson(k, n, level),
}

const OF_ROWS: Record<string, (xs: number[], ys: number[]) => unknown> = {
  areaUnderCurve,
  bootstrapQuantile: (xs) => bootstrapQuantile(xs, 0.5, { seed: 1, draws: 10, least: 2 }),
  bootstrapRatio: (xs, ys) => bootstrapRatio(Float64Array.from(xs), Float64Array.from(ys), { seed: 1, draws: 10, least: 2 }),
  bootstrapRatioChange: (xs, ys) => {
    const rows = { numerators: Float64Array.from(xs), denominators: Float64Array.from(ys) }
    return bootstrapRatioChange(rows, { numerators: rows.denominators, denominators: rows.numerators }, { seed: 1, draws: 10, least: 2 })
  },
  bootstrapRatioDifference: (xs, ys) => {
    const rows = { numerators: Float64Array.from(xs), denominators: Float64Array.from(ys) }
    return bootstrapRatioDifference(rows, rows, { seed: 1, draws: 10, least: 2 })
  },
  brier,
  brierSkill,
  calibrationSlope,
  deltaRatio: (xs, ys) => deltaRatio(ratioSums(xs, ys)),
  kaplanMeier: (xs, ys) => kaplanMeier(xs.map((time, i) => ({ time, reached: ys[i]! > 0 }))),
  logLoss,
  logRank: (xs, ys) => logRank([xs, ys].map((times) => times.map((time, i) => ({ time, reached: i % 2 === 0 })))),
  medianTime: (xs, ys) => medianTime(kaplanMeier(xs.map((time, i) => ({ time, reached: ys[i]! > 0 })))),
  quantile: (xs) => quantile(xs, 0.3),
  reachedBy: (xs, ys) =>
    reachedBy(
      xs.map((time, i) => ({ time, reached: ys[i]! > 0 })),
      3,
    ),
  robustZ: (xs, ys) => robustZ(xs, ys[0] ?? 0),
  theilSen: (xs, ys) => theilSen(xs.map((x, i) => ({ x, y: ys[i]! }))),
  topDecileLift,
}

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []

const ordinary = fc.oneof(fc.constantFrom(0, 1, 0.5, 2, 20, -1, 1e-9, 1e6), fc.double({ min: -5, max: 200, noNaN: true }))
const odd = fc.oneof(ordinary, fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e-300))

test.each(Object.keys(OF_NUMBERS))('%s answers a finite number or null, whatever it is given', (name) => {
  fc.assert(
    fc.property(fc.tuple(odd, odd, odd, odd, odd, odd), (numbers) => {
      for (const value of numbersIn(OF_NUMBERS[name]!(...numbers))) expect(value).toSatisfy(Number.isFinite)
    }),
    { numRuns: 300, seed: 1 },
  )
})

test.each(Object.keys(OF_ROWS))('%s answers finite numbers or null for any finite rows', (name) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(ordinary, ordinary), { maxLength: 30 }), (rows) => {
      for (const value of numbersIn(
        OF_ROWS[name]!(
          rows.map(([x]) => x),
          rows.map(([, y]) => y),
        ),
      ))
        expect(value).toSatisfy(Number.isFinite)
    }),
    { numRuns: 150, seed: 1 },
  )
})
