import type { Steps } from '../kernel/steps.ts'
import { quadraticForm, invertMatrix } from './cholesky.ts'
import type { Interval } from './interval.ts'
import { LEVEL, finiteInterval } from './interval.ts'
import { nelderMead } from './nelder-mead.ts'
import { zOf } from './normal-quantile.ts'

/** A change of a parameter's logarithm: small beside what moves a likelihood, large beside the rounding of its sum. */
const STEP = 1e-3

/** A function of the logarithms of parameters, moved by so many steps. */
const moved =
  (parameters: readonly number[], f: (parameters: readonly number[]) => number) =>
  (steps: Readonly<Record<number, number>>): number =>
    f(parameters.map((value, i) => value * Math.exp(STEP * (steps[i] ?? 0))))

/** The negative second differences of a log-likelihood: the observed information. */
function* information(size: number, at: (steps: Readonly<Record<number, number>>) => number): Steps<number[][]> {
  const peak = at({})
  const curve = (i: number, j: number): number =>
    i === j
      ? 2 * peak - at({ [i]: 1 }) - at({ [i]: -1 })
      : (at({ [i]: 1, [j]: -1 }) + at({ [i]: -1, [j]: 1 }) - at({ [i]: 1, [j]: 1 }) - at({ [i]: -1, [j]: -1 })) / 4
  const found = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) {
      yield
      found[i]![j] = found[j]![i] = curve(i, j) / STEP ** 2
    }
  return found
}

/**
 * Variance of the logarithm of a positive quantity that follows from positive parameters fitted by maximum likelihood: the
 * delta method with the observed information. L. Wasserman, All of Statistics (2004), 9.9 and 9.10. Null where the
 * likelihood does not curve in every direction, so that the parameters cannot be told from others.
 */
export function* fittedVariance(
  parameters: readonly number[],
  logLikelihood: (parameters: readonly number[]) => number,
  quantity: (parameters: readonly number[]) => number,
): Steps<number | null> {
  const curved = yield* information(parameters.length, moved(parameters, logLikelihood))
  const covariance = curved.flat().every(Number.isFinite) ? invertMatrix(curved) : null
  const log = moved(parameters, (values) => Math.log(quantity(values)))
  const slopes: number[] = []
  for (const i of parameters.keys()) {
    yield
    slopes.push((log({ [i]: 1 }) - log({ [i]: -1 })) / (2 * STEP))
  }
  const variance = covariance === null ? NaN : quadraticForm(covariance, slopes)
  return variance >= 0 && Number.isFinite(variance) ? variance : null
}

/** The interval of a positive value from the variance of its logarithm. */
export function logInterval(value: number, variance: number, level: number = LEVEL): Interval | null {
  const z = zOf(level)
  if (z === null || !(variance >= 0) || !(value > 0)) return null
  const factor = Math.exp(z * Math.sqrt(variance))
  return finiteInterval(value / factor, value * factor)
}

/** How hard it is to leave the likely parameters: ends lie within a thousandth of the true ones. */
const PENALTY = 100

/**
 * Likelihood interval of a positive quantity: what it comes to over all parameters that the data do not speak against, those
 * within half the chi-square quantile of the best log-likelihood. A. C. Davison, Statistical Models (2003), 4.5. It needs no
 * curvature, so that it also holds where a parameter runs off to its end. Null where the quantity has no end there.
 */
export function* likelihoodInterval(
  parameters: readonly number[],
  logLikelihood: (parameters: readonly number[]) => number,
  quantity: (parameters: readonly number[]) => number,
  level: number = LEVEL,
): Steps<Interval | null> {
  const z = zOf(level)
  if (z === null) return null
  const least = logLikelihood(parameters) - z ** 2 / 2
  function* end(sign: 1 | -1): Steps<number> {
    const cost = (logs: readonly number[]): number => {
      const at = logs.map(Math.exp)
      return sign * Math.log(quantity(at)) + PENALTY * Math.max(0, least - logLikelihood(at)) ** 2
    }
    const { point } = yield* nelderMead(cost, parameters.map(Math.log), { size: 0.1, tolerance: 1e-5 })
    return quantity(point.map(Math.exp))
  }
  return finiteInterval(yield* end(1), yield* end(-1))
}
