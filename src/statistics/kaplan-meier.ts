import type { Interval } from './interval.ts'
import { LEVEL } from './interval.ts'
import { zOf } from './normal-quantile.ts'

/** How long one thing was watched, and whether what it was watched for came (else the watching merely ended: censored). */
export interface Observation {
  readonly time: number
  readonly reached: boolean
}

export interface SurvivalStep {
  readonly time: number
  readonly at_risk: number
  readonly reached: number
  /** The share not reached just after `time`. */
  readonly survival: number
  /** Null at 0, where no variance can be estimated. */
  readonly interval: Interval | null
}

/** A median time with the interval's ends; an end is null where the curve does not get that far. */
export interface MedianTime {
  readonly value: number | null
  readonly lower: number | null
  readonly upper: number | null
}

const HALF = 0.5 + 1e-12

/** exp(-exp(log(-log S) +- z se)): Greenwood's variance on the log-log scale, so that the ends stay within 0..1. */
function logLogInterval(survival: number, greenwood: number, z: number): Interval | null {
  if (survival <= 0) return null
  const log = Math.log(survival)
  const spread = Math.exp((z * Math.sqrt(greenwood)) / Math.abs(log))
  return [survival ** spread, survival ** (1 / spread)]
}

/**
 * The product-limit estimate of the share not yet reached, one step for each time at which something was reached.
 * E. L. Kaplan and P. Meier, JASA 53 (1958); intervals of J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of
 * Failure Time Data (2nd ed. 2002), 1.4. What is censored at a time counts as at risk at it.
 */
export function kaplanMeier(observations: readonly Observation[], level: number = LEVEL): SurvivalStep[] {
  const z = zOf(level) ?? Number.NaN
  const sorted = [...observations].sort((a, b) => a.time - b.time)
  const steps: SurvivalStep[] = []
  let survival = 1
  let greenwood = 0
  for (let i = 0; i < sorted.length;) {
    const time = sorted[i]!.time
    const at_risk = sorted.length - i
    let reached = 0
    for (; i < sorted.length && sorted[i]!.time === time; i++) reached += sorted[i]!.reached ? 1 : 0
    if (reached === 0) continue
    survival *= 1 - reached / at_risk
    greenwood += reached / (at_risk * (at_risk - reached))
    steps.push({ time, at_risk, reached, survival, interval: logLogInterval(survival, greenwood, z) })
  }
  return steps
}

/**
 * The first time by which half have reached, null while fewer have; its interval holds the times at which the curve's own
 * interval holds one half. R. Brookmeyer and J. Crowley, Biometrics 38 (1982).
 */
export function medianTime(steps: readonly SurvivalStep[]): MedianTime {
  const first = (below: (step: SurvivalStep) => boolean): number | null => steps.find(below)?.time ?? null
  return {
    value: first(({ survival }) => survival <= HALF),
    lower: first(({ survival, interval }) => (interval?.[0] ?? survival) <= HALF),
    upper: first(({ interval }) => interval !== null && interval[1] <= HALF),
  }
}

/** The share that has reached by `time`, with its interval. Null when nothing was observed for so long. */
export function reachedBy(observations: readonly Observation[], time: number, level: number = LEVEL): { value: number; interval: Interval | null } | null {
  const steps = kaplanMeier(observations, level)
  const step = steps.findLast((candidate) => candidate.time <= time)
  const watched = observations.some((observation) => observation.time >= time)
  if (observations.length === 0 || (!watched && step?.survival !== 0)) return null
  if (step === undefined) return { value: 0, interval: null }
  return { value: 1 - step.survival, interval: step.interval === null ? null : [1 - step.interval[1], 1 - step.interval[0]] }
}
