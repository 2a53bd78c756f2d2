import { refuse } from '../../kernel/errors.ts'
import type { BinnacleError } from '../../kernel/errors.ts'
import { formatMicros, parseMicros } from '../../kernel/money.ts'
import type { Period } from '../../kernel/period.ts'
import { isSteps, mapSteps } from '../../kernel/steps.ts'
import type { Steps } from '../../kernel/steps.ts'
import { newcombe } from '../../statistics/newcombe.ts'
import { normalQuantile } from '../../statistics/normal-quantile.ts'
import { wilson } from '../../statistics/wilson.ts'
import { composeResults } from './composed.ts'
import { leavesOf, unitOf } from '../catalogue/leaves.ts'
import { carries, parseFilters, refusalOf } from './dimensions.ts'
import { readIntervals } from './intervals.ts'
import type { Intervals } from './intervals.ts'
import { madeOf, rated } from '../kit/made.ts'
import type { Made } from '../kit/made.ts'
import { measureKey } from './sums.ts'
import { Measurements } from './measurements.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { MetricDefinition, PlacedMeasure } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import { reckon } from '../kit/value.ts'
import type { Parts, Ratio } from '../kit/value.ts'
import { clipped, measurePeriods, settleQuestion } from './settle-question.ts'
import type { Book } from '../kit/book.ts'
import type { SettledQuestion } from './settle-question.ts'
import type { Question } from '../kit/question.ts'
import { flagRestated } from './restated.ts'
import { toResult } from './to-result.ts'
import type { Computed } from './to-result.ts'
import type { Result } from '../kit/result.ts'
import { takeSteps } from './take-steps.ts'
import { addTallies, countReached } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'

/** Answers metrics for a period or series, broken down and compared. One query per row set, whatever the number of metrics and periods. */
export async function answer(book: Book, ids: readonly string[], question: Question): Promise<Result[]> {
  const wanted = ids.map((id) => book.catalogue.byId(id))
  const refusals = new Map(wanted.map((metric) => [metric, undivided(book, metric, question)]))
  // What none of the metrics can be asked is refused; what some can be, the others refuse for themselves.
  const able = wanted.some((metric) => refusals.get(metric) === null) ? wanted.filter((metric) => refusals.get(metric) === null) : wanted
  const metrics = [...new Set(able.flatMap((metric) => leavesOf(metric, book.catalogue)))]
  const found = (await answerRows(book, metrics, question)).map(({ result }) => result)
  return wanted.flatMap((metric) => {
    const refusal = refusals.get(metric) ?? null
    if (refusal !== null) return refusedResults(book, metric, question, refusal)
    const ofLeaf = new Set(leavesOf(metric, book.catalogue).map(({ id }) => id))
    const leaves = found.filter((result) => ofLeaf.has(result.metric))
    return metric.composed === null ? leaves : composeResults(metric, book, leaves)
  })
}

/** Why a metric, or one that it is made of, cannot be divided as a question asks; null where it can. */
function undivided(book: Book, metric: MetricDefinition, { by = [], where = [], attributes }: Question): BinnacleError | null {
  const dimensions = [...by, ...parseFilters(where).map(({ dimension }) => dimension)]
  const leaves = leavesOf(metric, book.catalogue)
  return leaves.flatMap((leaf) => dimensions.map((dimension) => refusalOf(leaf, dimension, attributes))).find((refusal) => refusal !== null) ?? null
}

/** The results of a metric that cannot be divided as the question asks, while other metrics of the question can: no value, and why. */
function refusedResults(book: Book, metric: MetricDefinition, question: Question, { code, message, cure }: BinnacleError): Result[] {
  const asked = settleQuestion(book, [], { ...question, options: {} })
  const refused: Computed = { parts: null, value: null, null_reason: 'dimension_not_supported' }
  return asked.periods.map((wanted) => ({
    ...toResult(asked, metric, wanted, [], refused, null),
    unit: unitOf(metric, book.catalogue),
    refusal: { code, message, cure },
  }))
}

/** A result with what its value was made of, and what the value of the period compared with was made of. */
export interface MadeResult {
  readonly result: Result
  readonly made: Made
  readonly earlier: Made | null
}

export const answerMade = (book: Book, metric: MetricDefinition, question: Question): Promise<MadeResult[]> => answerRows(book, [metric], question)

/** Answers a question about metrics that have rows of their own. */
async function answerRows(book: Book, metrics: readonly MetricDefinition[], question: Question): Promise<MadeResult[]> {
  const asked = settleQuestion(book, metrics, question)
  const queries = new Measurements(asked.scope)
  const periods = [...asked.periods, ...(asked.compared ?? [])]
  for (const metric of metrics)
    for (const wanted of periods) {
      const period = clipped(asked, wanted)
      if (period === null) continue
      for (const [, measure] of measuresOf(asked, metric)) queries.want(measure, measurePeriods(measure, period, book.settings))
    }
  await queries.run()
  const slices = metrics.map((metric) => [...slicesOf(asked, metric, queries)])
  checkSize(
    asked,
    slices.reduce((sum, { length }) => sum + length, 0),
  )
  const intervals = asked.interval ? await readIntervals(asked, metrics) : null
  const results: MadeResult[][] = []
  for (const [i, metric] of metrics.entries()) results.push(await resultsOf(asked, metric, slices[i] ?? [], queries, intervals))
  await Promise.all(
    metrics.map((metric, i) =>
      flagRestated(
        asked,
        metric,
        (results[i] ?? []).map(({ result }) => result),
      ),
    ),
  )
  return results.flat()
}

/** Results that one answer may hold, since an answer is computed, sent and shown whole. */
const MOST_RESULTS = 100_000

function checkSize(asked: SettledQuestion, slices: number): void {
  const results = slices * asked.periods.length
  if (results <= MOST_RESULTS) return
  const cure = 'Ask for a shorter period, a coarser grain, a dimension with fewer values, or fewer metrics at once.'
  throw refuse('answer_too_large', `That would be ${results.toLocaleString('en')} values; ${MOST_RESULTS.toLocaleString('en')} are the most.`, cure)
}

/** The measures that a question sums, by their names. */
function measuresOf({ scope, interval }: SettledQuestion, metric: MetricDefinition): [string, PlacedMeasure][] {
  const dimensions = [...scope.by, ...scope.filters.map(({ dimension }) => dimension)]
  return Object.entries(metric.measures).filter(
    ([, { of, forInterval }]) => forInterval !== true || (interval && dimensions.every((dimension) => carries(of, dimension))),
  )
}

const dimsKey = (dims: readonly string[]): string => JSON.stringify(dims)

/** Every slice that has rows in any of the periods. */
function slicesOf(asked: SettledQuestion, metric: MetricDefinition, queries: Measurements): Iterable<readonly string[]> {
  if (asked.scope.by.length === 0) return [[]]
  const periods = [...asked.periods, ...(asked.compared ?? [])].map((wanted) => clipped(asked, wanted)).filter((period) => period !== null)
  const found = measuresOfValue(metric).flatMap((measure) =>
    periods.flatMap((period) => measurePeriods(measure, period, asked.book.settings).flatMap((over) => queries.slices(measure, over))),
  )
  return new Map(found.map(({ dims }) => [dimsKey(dims), dims])).values()
}

async function resultsOf(
  asked: SettledQuestion,
  metric: MetricDefinition,
  slices: readonly (readonly string[])[],
  queries: Measurements,
  intervals: Intervals | null,
): Promise<MadeResult[]> {
  const found: MadeResult[] = []
  const settle = (made: Computed | Steps<Computed>) => (isSteps(made) ? takeSteps(made, asked.book.signal) : made)
  for (const dims of [...slices].sort((a, b) => (dimsKey(a) < dimsKey(b) ? -1 : 1)))
    for (const [i, wanted] of asked.periods.entries()) {
      const now = await settle(outcomeAt(asked, metric, queries, wanted, dims, intervals))
      const earlier = asked.compared?.[i]
      const before = earlier === undefined ? null : await settle(outcomeAt(asked, metric, queries, earlier, dims, intervals))
      const compared =
        before === null || earlier === undefined ? null : { ...before, period: earlier, change_ci: changeOf(metric, now, before, dims, intervals) }
      found.push({
        result: toResult(asked, metric, wanted, dims, now, compared),
        made: madeOf(metric, now),
        earlier: before === null ? null : madeOf(metric, before),
      })
    }
  return found
}

/** Interval of the change since the period compared with, which decides whether the change is more than noise. */
function changeOf(
  metric: MetricDefinition,
  now: Computed,
  before: Computed,
  dims: readonly string[],
  intervals: Intervals | null,
): readonly [number, number] | null {
  if (now.parts === null || before.parts === null || now.value === null || before.value === null) return null
  if (now.ci_method === 'wilson') {
    const count = (reckoning: Computed) => {
      const { over, under } = ratioOf(metric, reckoning)
      return { k: reckoning.parts?.number[over] ?? 0, n: reckoning.parts?.number[under] ?? 0 }
    }
    return newcombe(count(now), count(before))
  }
  if (typeof now.se === 'number' && typeof before.se === 'number') return normalDifference(now.value - before.value, now.se, before.se)
  return intervals?.change({ metric, ratio: ratioOf(metric, now), dims }, now.parts.period, before.parts.period) ?? null
}

/** Interval of a difference of two values whose errors are independent and known. */
function normalDifference(change: number, a: number, b: number): readonly [number, number] {
  const margin = (normalQuantile(0.975) ?? Number.NaN) * Math.hypot(a, b)
  return [change - margin, change + margin]
}

function outcomeAt(
  asked: SettledQuestion,
  metric: MetricDefinition,
  queries: Measurements,
  wanted: Period,
  dims: readonly string[],
  intervals: Intervals | null,
): Computed | Steps<Computed> {
  const period = clipped(asked, wanted)
  if (period === null) return { parts: null, value: null, null_reason: 'not_begun' }
  const exact: Record<string, string> = {}
  const number: Record<string, number> = {}
  const tallies: Record<string, Tally> = {}
  const gaps = new Set<string>()
  for (const [name, measure] of measuresOf(asked, metric)) {
    let sum = 0n
    const found: Tally[] = []
    for (const over of measurePeriods(measure, period, asked.book.settings)) {
      const slice = queries.sliceAt(measure, over, dims)
      sum += parseMicros(slice?.sums.get(measureKey(measure)) ?? '0') ?? 0n
      const tally = slice?.tallies.get(measureKey(measure))
      if (tally !== undefined) found.push(tally)
      if (slice?.unrated.has(measureKey(measure)) === true) gaps.add(name)
    }
    if (measure.kind === 'tally') {
      const tally = (tallies[name] = addTallies(found))
      sum = BigInt(countReached(tally)) * 1_000_000n
    }
    exact[name] = formatMicros(sum)
    number[name] = Number(exact[name])
  }
  const parts: Parts = {
    exact,
    number,
    tallies,
    settings: asked.book.settings,
    options: asked.scope.settle(metric.options),
    period,
    coveredSince: asked.book.coverage.since,
    interval: asked.interval,
  }
  const whole = (made: Reckoning): Computed => {
    const reckoning = rated(metric, made, gaps)
    return { ...reckoning, ...intervalOf(metric, parts, reckoning, intervals?.read({ metric, ratio: ratioOf(metric, reckoning), dims }, period)), parts }
  }
  const reckoning = reckon(metric.value, parts)
  return isSteps(reckoning) ? mapSteps(reckoning, whole) : whole(reckoning)
}

/** The measures that the value is made of: the usual ones, unless an option chose others. */
function ratioOf(metric: MetricDefinition, reckoning: Reckoning): Pick<Ratio, 'over' | 'under'> {
  const { numerator, denominator } = madeOf(metric, reckoning)
  return { over: numerator ?? '', under: denominator ?? '' }
}

function intervalOf(
  metric: MetricDefinition,
  parts: Parts,
  reckoning: Reckoning,
  drawn: Pick<Reckoning, 'ci' | 'ci_method'> | undefined,
): Pick<Reckoning, 'ci' | 'ci_method'> {
  if (reckoning.value === null || reckoning.ci !== undefined) return {}
  const { over, under } = ratioOf(metric, reckoning)
  // An option may have made the value a ratio of money, and Wilson's interval is one of counts.
  if (metric.interval !== 'wilson' || metric.measures[over]?.kind !== 'count') return drawn ?? {}
  const ci = wilson(parts.number[over] ?? 0, parts.number[under] ?? 0)
  return ci === null ? {} : { ci, ci_method: 'wilson' }
}
