import { expect, test } from 'vitest'
import { bgNbdAlive, bgNbdDiscounted, bgNbdExpected, bgNbdExpectedNew, bgNbdLogLikelihood, fitBgNbd as fitBgNbdSteps } from './bg-nbd.ts'
import { fitGammaGamma as fitGammaGammaSteps, gammaGammaExpected } from './gamma-gamma.ts'
import { CDNOW, drawBuyers, gammaDraw } from '../../test/draw-buyers.ts'
import { hypergeometric } from './hypergeometric.ts'
import { nelderMead as nelderMeadSteps } from './nelder-mead.ts'
import { seededRandom } from './random.ts'
import { fitShiftedBetaGeometric as fitShiftedBetaGeometricSteps, sbgDiscountedPayments, sbgRetention, sbgSurvival } from './shifted-beta-geometric.ts'
import { atOnce } from '../../test/at-once.ts'

const fitBgNbd = atOnce(fitBgNbdSteps)
const fitGammaGamma = atOnce(fitGammaGammaSteps)
const nelderMead = atOnce(nelderMeadSteps)
const fitShiftedBetaGeometric = atOnce(fitShiftedBetaGeometricSteps)

// Data of Fader and Hardie, "A spreadsheet-literate non-statistician's guide to the beta-geometric model" (2014).
test('sbg_fit, sbg_vs_constant_churn: 1000 631 468 382 326: the fit, its curve and its value at 10 % a year', () => {
  const fit = fitShiftedBetaGeometric([[1000, 631, 468, 382, 326]])!
  expect(fit.alpha).toBeCloseTo(0.76366505, 6)
  expect(fit.beta).toBeCloseTo(1.29583025, 6)
  expect(fit.log_likelihood).toBeCloseTo(-1401.55942358, 7)
  const survival = [1, 0.62919796, 0.47214706, 0.3833276, 0.32546928, 0.28445109, 0.25368043, 0.22964333, 0.21028567]
  survival.forEach((share, t) => expect(sbgSurvival(fit, t)).toBeCloseTo(share, 6))
  const retention = [0.62919796, 0.75039509, 0.81188178, 0.849063, 0.87397217]
  retention.forEach((share, t) => expect(sbgRetention(fit, t + 1)).toBeCloseTo(share, 6))
  expect(sbgDiscountedPayments(fit, 0.1)).toBeCloseTo(3.62114777, 6)
  // 362.11 for payments of 100, where a constant mean retention says 319.42.
  expect(100 * sbgDiscountedPayments(fit, 0.1)!).toBeCloseTo(362.11477717, 4)
})

// P. S. Fader and B. G. S. Hardie, "How to project customer retention" (2007): both segments, fitted to 7 years.
test.each([
  ['high end', [1000, 869, 743, 653, 593, 551, 517, 491], 0.668, 3.806, -1611.2],
  ['regular', [1000, 631, 468, 382, 326, 289, 262, 241], 0.704, 1.182, -1680.3],
])('%s segment: the published parameters', (_, alive, alpha, beta, logLikelihood) => {
  const fit = fitShiftedBetaGeometric([alive])!
  expect(fit.alpha).toBeCloseTo(alpha, 3)
  expect(fit.beta).toBeCloseTo(beta, 3)
  expect(fit.log_likelihood).toBeCloseTo(logLikelihood, 1)
})

// Reference: the closed form with 2F1, mpmath at 15 digits.
test.each([
  [0, 5.41485604837404],
  [1, 5.90175316775302],
  [4, 6.89705739774609],
])('after %d renewals the payments still to come are worth more', (renewals, expected) => {
  expect(sbgDiscountedPayments({ alpha: 0.668, beta: 3.806 }, 0.1, renewals)).toBeCloseTo(expected, 10)
})

test('cohorts of several ages are fitted together; the same cohort twice changes nothing', () => {
  const one = fitShiftedBetaGeometric([[1000, 631, 468, 382, 326]])!
  const two = fitShiftedBetaGeometric([
    [1000, 631, 468, 382, 326],
    [1000, 631, 468, 382, 326],
  ])!
  expect(two.alpha).toBeCloseTo(one.alpha, 5)
  expect(
    fitShiftedBetaGeometric([
      [1000, 631, 468, 382, 326],
      [500, 310],
    ]),
  ).not.toBeNull()
})

test('too little to tell two parameters', () => {
  expect(fitShiftedBetaGeometric([[1000, 631, 468]])).toBeNull()
  expect(fitShiftedBetaGeometric([[100, 100, 100, 100]])).toBeNull()
  expect(fitShiftedBetaGeometric([[100, 50, 20, 0]])).toBeNull()
  expect(fitShiftedBetaGeometric([[100, 50, 60, 40]])).toBeNull()
  expect(fitShiftedBetaGeometric([])).toBeNull()
  expect(sbgDiscountedPayments({ alpha: 0.7, beta: 1.2 }, 0)).toBeNull()
  expect(sbgDiscountedPayments({ alpha: 3, beta: 1.2 }, 0)).toBeCloseTo((3 + 1.2 - 1) / 2, 12)
})

// Published in Hardie's BG/NBD spreadsheet: 1.226 purchases in the next 39 weeks.
test('bgnbd_conditional, bgnbd_alive: CDNOW: a customer with 2 repeats, the last in week 30.43 of 38.86', () => {
  const history = { repeats: 2, last: 30.43, age: 38.86 }
  expect(bgNbdExpected(CDNOW, history, 39)).toBeCloseTo(1.22602817, 8)
  expect(bgNbdAlive(CDNOW, history)).toBeCloseTo(0.72657857, 8)
  expect(bgNbdAlive(CDNOW, { repeats: 0, last: 0, age: 30 })).toBe(1)
})

test('expectations grow with time and start at nothing, near a = 1 too', () => {
  expect(bgNbdExpectedNew(CDNOW, 0)).toBe(0)
  expect(bgNbdExpectedNew(CDNOW, 78)!).toBeGreaterThan(bgNbdExpectedNew(CDNOW, 39)!)
  const at = (a: number) => bgNbdExpectedNew({ ...CDNOW, a }, 39)!
  expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 5)
})

test('undiscounted, the periods add up to the whole', () => {
  const history = { repeats: 2, last: 30.43, age: 38.86 }
  expect(bgNbdDiscounted(CDNOW, history, 39, 0)).toBeCloseTo(1.22602817, 7)
  expect(bgNbdDiscounted(CDNOW, history, 39, 0.01)!).toBeLessThan(1.2)
})

test('the model averages its own expectations: simulated buyers buy as often as expected', () => {
  const histories = drawBuyers(20_000, 11)
  const byAge = new Map<number, number>()
  let [bought, expected] = [0, 0]
  for (const { repeats, age } of histories) {
    if (!byAge.has(age)) byAge.set(age, bgNbdExpectedNew(CDNOW, age)!)
    bought += repeats
    expected += byAge.get(age)!
  }
  expect(bought / expected).toBeCloseTo(1, 1)
})

test('a fit finds the parameters that made the data, and is the top of the likelihood', () => {
  const histories = drawBuyers(3000, 3)
  const fit = fitBgNbd(histories)!
  expect(fit.r).toBeGreaterThan(0.2)
  expect(fit.r).toBeLessThan(0.3)
  expect(fit.alpha).toBeGreaterThan(3.4)
  expect(fit.alpha).toBeLessThan(5.6)
  expect(fit.log_likelihood).toBeGreaterThanOrEqual(bgNbdLogLikelihood(CDNOW, histories))
  for (const key of ['r', 'alpha', 'a', 'b'] as const) {
    for (const factor of [0.98, 1.02]) expect(bgNbdLogLikelihood({ ...fit, [key]: fit[key] * factor }, histories)).toBeLessThan(fit.log_likelihood)
  }
  const days = fitBgNbd(histories.map(({ repeats, last, age }) => ({ repeats, last: last * 7, age: age * 7 })))!
  expect(days.alpha / 7).toBeCloseTo(fit.alpha, 3)
  expect(days.r).toBeCloseTo(fit.r, 4)
})

test('few repeat buyers, or a history that cannot be, has no fit', () => {
  expect(fitBgNbd(drawBuyers(100, 1))).toBeNull()
  expect(fitBgNbd([{ repeats: 1, last: 9, age: 5 }], { least: 1 })).toBeNull()
  expect(bgNbdAlive(CDNOW, { repeats: 0, last: 3, age: 5 })).toBeNull()
})

// Hardie's note 025 prints 24.65 and 35.17 with more digits in its parameters.
test('gamma_gamma: gamma-gamma: two purchases of 22.35 on average, and a customer without any', () => {
  const model = { p: 6.25, q: 3.74, v: 15.44 }
  expect(gammaGammaExpected(model, { purchases: 2, mean: 22.35 })).toBeCloseTo(24.66371391, 8)
  expect(gammaGammaExpected(model, { purchases: 0, mean: 0 })).toBeCloseTo(35.2189781, 7)
  expect(gammaGammaExpected({ p: 6.25, q: 0.9, v: 15.44 }, { purchases: 0, mean: 0 })).toBeNull()
})

test('gamma-gamma: a fit finds the mean spend of the data it was given, in any currency', () => {
  const random = seededRandom(5)
  const customers = Array.from({ length: 2000 }, () => {
    const scale = gammaDraw(random, 3.74) / 15.44
    const purchases = 1 + random.below(5)
    let sum = 0
    for (let k = 0; k < purchases; k++) sum += gammaDraw(random, 6.25) / scale
    return { purchases, mean: sum / purchases }
  })
  const fit = fitGammaGamma(customers)!
  expect(gammaGammaExpected(fit, { purchases: 0, mean: 0 })! / 35.2189781).toBeCloseTo(1, 1)
  const cents = fitGammaGamma(customers.map(({ purchases, mean }) => ({ purchases, mean: mean * 100 })))!
  expect(cents.q).toBeCloseTo(fit.q, 4)
  expect(cents.v / fit.v).toBeCloseTo(100, 2)
  expect(fitGammaGamma(customers.slice(0, 50))).toBeNull()
})

// Reference: mpmath.hyp2f1.
test.each([
  [2.243, 4.426, 4.219, 0.47, 4.49303693401162008],
  [0.243, 2.426, 2.219, 0.9, 1.94763116981860196],
  [10.2, 12.4, 13.1, 0.6, 6689.01485729787146],
  [0.5, 0.5, 1.5, 0.99, 1.47803766237477485],
])('2F1(%d, %d; %d; %d)', (a, b, c, z, expected) => {
  expect(hypergeometric(a, b, c, z) / expected).toBeCloseTo(1, 12)
  expect(hypergeometric(a, b, c, 1)).toBeNaN()
})

test('the simplex finds the bottom of a curved valley', () => {
  const rosenbrock = ([x, y]: readonly number[]): number => 100 * (y! - x! * x!) ** 2 + (1 - x!) ** 2
  const found = nelderMead(rosenbrock, [-1.2, 1])
  expect(found.converged).toBe(true)
  expect(found.point[0]).toBeCloseTo(1, 5)
  expect(found.point[1]).toBeCloseTo(1, 5)
})
