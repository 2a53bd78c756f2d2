import { expect, test } from 'vitest'
import { bgNbdExpectedNew, bgNbdLogLikelihood, fitBgNbd as fitBgNbdSteps } from './bg-nbd.ts'
import { drawBuyers } from '../../test/draw-buyers.ts'
import { fittedVariance as fittedVarianceSteps, likelihoodInterval as likelihoodIntervalSteps, logInterval } from './fitted-interval.ts'
import { seededRandom } from './random.ts'
import { fitShiftedBetaGeometric as fitShiftedBetaGeometricSteps, sbgDiscountedPayments, sbgLogLikelihood } from './shifted-beta-geometric.ts'
import { atOnce } from '../../test/at-once.ts'

const fitBgNbd = atOnce(fitBgNbdSteps)
const fittedVariance = atOnce(fittedVarianceSteps)
const likelihoodInterval = atOnce(likelihoodIntervalSteps)
const fitShiftedBetaGeometric = atOnce(fitShiftedBetaGeometricSteps)

test('the rate of a Poisson process: its logarithm varies as one over the events', () => {
  const [events, time] = [40, 8]
  const variance = fittedVariance(
    [events / time],
    ([rate = 0]) => events * Math.log(rate) - rate * time,
    ([rate = 0]) => rate,
  )
  expect(variance).toBeCloseTo(1 / events, 6)
  const [low, high] = logInterval(events / time, variance!)!
  expect(low).toBeCloseTo(5 * Math.exp(-1.959963984540054 / Math.sqrt(40)), 5)
  expect(high).toBeCloseTo(5 * Math.exp(1.959963984540054 / Math.sqrt(40)), 5)
})

test('a quantity of two parameters: the product of two rates varies by the sum of both', () => {
  const logLikelihood = ([a = 0, b = 0]: readonly number[]): number => 40 * Math.log(a) - 8 * a + 10 * Math.log(b) - 5 * b
  expect(fittedVariance([5, 2], logLikelihood, ([a = 0, b = 0]) => a * b)).toBeCloseTo(1 / 40 + 1 / 10, 6)
  expect(fittedVariance([5, 2], logLikelihood, ([a = 0, b = 0]) => a / b)).toBeCloseTo(1 / 40 + 1 / 10, 6)
})

test('parameters that cannot be told apart have no interval', () => {
  expect(
    fittedVariance(
      [5, 2],
      ([a = 0, b = 0]) => 40 * Math.log(a * b) - a * b,
      ([a = 0]) => a,
    ),
  ).toBeNull()
  expect(
    fittedVariance(
      [1],
      () => 3,
      ([a = 0]) => a,
    ),
  ).toBeNull()
})

test('the likelihood interval of a Poisson rate ends where twice the log-likelihood has fallen by 3.84', () => {
  const logLikelihood = ([rate = 0]: readonly number[]): number => 40 * Math.log(rate) - 8 * rate
  const interval = likelihoodInterval([5], logLikelihood, ([rate = 0]) => rate)!
  for (const end of interval) expect(2 * (logLikelihood([5]) - logLikelihood([end]))).toBeCloseTo(1.959963984540054 ** 2, 1)
  expect(interval[0]).toBeCloseTo(3.60627, 3)
  expect(interval[1]).toBeCloseTo(6.71351, 3)
})

const payments = ([alpha = 0, beta = 0]: readonly number[]): number => sbgDiscountedPayments({ alpha, beta }, 0.1) ?? NaN
const likelihoodOf =
  (alive: readonly number[]) =>
  ([alpha = 0, beta = 0]: readonly number[]): number =>
    sbgLogLikelihood({ alpha, beta }, [alive])

// The cohort of Fader and Hardie's guide, its thousand customers drawn anew 400 times.
test('payments of a cohort under contract vary as they do over cohorts drawn from it', () => {
  const alive = [1000, 631, 468, 382, 326]
  const fit = fitShiftedBetaGeometric([alive])!
  const random = seededRandom(7)
  const drawn = Array.from({ length: 400 }, () => {
    const left = alive.map(() => 0)
    for (let i = 0; i < 1000; i++) {
      const draw = Math.floor(random.unit() * 1000)
      alive.forEach((count, t) => (left[t]! += draw < count ? 1 : 0))
    }
    const again = fitShiftedBetaGeometric([left])!
    return payments([again.alpha, again.beta])
  }).sort((a, b) => a - b)
  const [low, high] = [drawn[10]!, drawn[389]!]
  for (const interval of [
    logInterval(payments([fit.alpha, fit.beta]), fittedVariance([fit.alpha, fit.beta], likelihoodOf(alive), payments)!)!,
    likelihoodInterval([fit.alpha, fit.beta], likelihoodOf(alive), payments)!,
  ]) {
    expect(Math.abs(interval[0] / low - 1)).toBeLessThan(0.02)
    expect(Math.abs(interval[1] / high - 1)).toBeLessThan(0.02)
  }
})

test('where all leave at one rate, so that a parameter runs off, the likelihood interval holds all the same', () => {
  const alive = [100, 90, 81, 73, 66, 59]
  const fit = fitShiftedBetaGeometric([alive])!
  expect(fit.beta).toBeGreaterThan(1e5)
  expect(fittedVariance([fit.alpha, fit.beta], likelihoodOf(alive), payments)).toBeNull()
  const [low, high] = likelihoodInterval([fit.alpha, fit.beta], likelihoodOf(alive), payments)!
  // The ends over a grid of means and spreads of the chance to leave, wherever the likelihood allows them.
  const allowed: number[] = []
  for (let mean = 0.04; mean < 0.2; mean *= 1.01)
    for (let size = 1; size < 1e7; size *= 1.3) {
      const at = [mean * size, (1 - mean) * size]
      if (likelihoodOf(alive)(at) >= fit.log_likelihood - 1.959963984540054 ** 2 / 2) allowed.push(payments(at))
    }
  expect(low / Math.min(...allowed)).toBeCloseTo(1, 2)
  expect(high / Math.max(...allowed)).toBeCloseTo(1, 2)
})

test('purchases that buyers without a contract are expected to make vary as the fits to samples of them do', { timeout: 60_000 }, () => {
  const quantity = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): number => bgNbdExpectedNew({ r, alpha, a, b }, 52) ?? NaN
  const found = Array.from({ length: 24 }, (_, sample) => {
    const histories = drawBuyers(1200, 100 + sample)
    const fit = fitBgNbd(histories)!
    const at = [fit.r, fit.alpha, fit.a, fit.b]
    return {
      log: Math.log(quantity(at)),
      error: Math.sqrt(fittedVariance(at, ([r = 0, alpha = 0, a = 0, b = 0]) => bgNbdLogLikelihood({ r, alpha, a, b }, histories), quantity)!),
    }
  })
  const mean = found.reduce((sum, { log }) => sum + log, 0) / found.length
  const spread = Math.sqrt(found.reduce((sum, { log }) => sum + (log - mean) ** 2, 0) / (found.length - 1))
  const error = found.reduce((sum, one) => sum + one.error, 0) / found.length
  // 24 samples tell a spread to within a seventh of itself.
  expect(error / spread).toBeGreaterThan(0.7)
  expect(error / spread).toBeLessThan(1.4)
})
