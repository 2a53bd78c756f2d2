import { invertMatrix, solve } from './cholesky.ts'

export interface LogisticFit {
  /** Log-odds: the intercept first, then one for each feature. */
  readonly coefficients: readonly number[]
  /** Inverse of the (penalised) information; without a ridge the usual covariance of the coefficients. */
  readonly covariance: readonly (readonly number[])[]
  readonly log_likelihood: number
}

type Rows = readonly (readonly number[])[]

const STEPS = 100
/** Without a ridge, log-odds beyond this mean that the features separate the outcomes and no finite fit exists. */
const CERTAIN = 30

export const logistic = (logOdds: number): number => (logOdds >= 0 ? 1 / (1 + Math.exp(-logOdds)) : Math.exp(logOdds) / (1 + Math.exp(logOdds)))

export const logit = (p: number): number => Math.log(p) - Math.log1p(-p)

/** ln(1 + e^x), without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

export const logOdds = (coefficients: readonly number[], row: readonly number[]): number =>
  row.reduce((sum, value, j) => sum + coefficients[j + 1]! * value, coefficients[0]!)

/** The chance the fit gives to a row of features. */
export const predictLogistic = (fit: Pick<LogisticFit, 'coefficients'>, row: readonly number[]): number => logistic(logOdds(fit.coefficients, row))

function logLikelihood(coefficients: readonly number[], rows: Rows, outcomes: ArrayLike<number>): number {
  return rows.reduce((sum, row, i) => {
    const odds = logOdds(coefficients, row)
    return sum + outcomes[i]! * odds - softplus(odds)
  }, 0)
}

const penalty = (coefficients: readonly number[], ridge: number): number => (ridge / 2) * coefficients.slice(1).reduce((sum, value) => sum + value * value, 0)

/** Gradient and information of the penalised log-likelihood. */
function derivatives(coefficients: readonly number[], rows: Rows, outcomes: ArrayLike<number>, ridge: number) {
  const size = coefficients.length
  const gradient = coefficients.map((value, j) => (j === 0 ? 0 : -ridge * value))
  const information = coefficients.map((_, i) => coefficients.map((_other, j) => (i === j && i > 0 ? ridge : 0)))
  rows.forEach((row, i) => {
    const p = logistic(logOdds(coefficients, row))
    const [rest, weight] = [outcomes[i]! - p, p * (1 - p)]
    for (let j = 0; j < size; j++) {
      const xj = j === 0 ? 1 : row[j - 1]!
      gradient[j]! += rest * xj
      for (let k = 0; k <= j; k++) information[j]![k]! += weight * xj * (k === 0 ? 1 : row[k - 1]!)
    }
  })
  for (let j = 0; j < size; j++) for (let k = 0; k < j; k++) information[k]![j] = information[j]![k]!
  return { gradient, information }
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

/** The Newton step, halved until the penalised log-likelihood does not fall. */
function stepped(from: number[], step: number[], worth: (coefficients: number[]) => number): number[] {
  const before = worth(from)
  for (let share = 1; share > 1e-6; share /= 2) {
    const next = from.map((value, j) => value + share * step[j]!)
    if (worth(next) >= before - 1e-12 * Math.abs(before)) return next
  }
  return from
}

/**
 * Logistic regression by iteratively reweighted least squares: maximises the log-likelihood less ridge / 2 times the sum of
 * squared coefficients, the intercept left free. A. Agresti, Categorical Data Analysis (3rd ed. 2013), 5.5; ridge of S. le
 * Cessie and J. C. van Houwelingen, Applied Statistics 41 (1992). Outcomes are 0 or 1, or targets between them; features are
 * best standardised first. Null without rows, with features that are linearly dependent, or when outcomes are all alike or
 * separated by the features and there is no ridge.
 */
export function fitLogistic(rows: Rows, outcomes: ArrayLike<number>, ridge: number = 0): LogisticFit | null {
  const width = rows[0]?.length
  if (width === undefined || rows.length !== outcomes.length || !(ridge >= 0) || rows.some((row) => row.length !== width)) return null
  const mean = Array.from(outcomes).reduce((sum, y) => sum + y, 0) / rows.length
  if (!(mean > 0 && mean < 1)) return null
  const worth = (coefficients: readonly number[]): number => logLikelihood(coefficients, rows, outcomes) - penalty(coefficients, ridge)
  let coefficients = [logit(mean), ...new Array<number>(width).fill(0)]
  for (let step = 0; step < STEPS; step++) {
    const { gradient, information } = derivatives(coefficients, rows, outcomes, ridge)
    const newton = solve(information, gradient)
    if (newton === null) return null
    coefficients = stepped(coefficients, newton, worth)
    if (ridge === 0 && rows.some((row) => Math.abs(logOdds(coefficients, row)) > CERTAIN)) return null
    if (dot(gradient, newton) > 1e-20 * rows.length) continue
    const covariance = invertMatrix(information)
    return covariance === null ? null : { coefficients, covariance, log_likelihood: logLikelihood(coefficients, rows, outcomes) }
  }
  return null
}

/** What each feature adds to the log-odds of a row, against a row of means; they add up to the whole difference. */
export const logisticContributions = (fit: LogisticFit, row: readonly number[], means: readonly number[]): number[] =>
  row.map((value, j) => fit.coefficients[j + 1]! * (value - means[j]!))
