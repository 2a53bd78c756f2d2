import { refuse } from '../kernel/errors.ts'
import type { Flag } from '../kernel/flags.ts'
import { formatMicros, parseMicros } from '../kernel/money.ts'
import { periodLabel } from '../kernel/period.ts'
import type { Period } from '../kernel/period.ts'
import { settingsHash } from '../kernel/settings.ts'
import { newcombe } from '../statistics/newcombe.ts'
import { normalQuantile } from '../statistics/normal-quantile.ts'
import { wilson } from '../statistics/wilson.ts'
import { isAlike } from './alike.ts'
import { metricById } from './catalog.ts'
import { composeResults, leavesOf } from './composed.ts'
import { carries } from './dimensions.ts'
import { readIntervals } from './intervals.ts'
import type { Intervals } from './intervals.ts'
import { madeOf } from './made.ts'
import type { Made } from './made.ts'
import { measureKey } from './measure-query.ts'
import { Measurements } from './measurements.ts'
import { measuresOfValue, withheld } from './metric.ts'
import type { Measure, MetricDefinition, Outcome, Parts, Ratio } from './metric.ts'
import { clipped, measurePeriods, plan } from './plan.ts'
import type { Book, Plan, Question } from './plan.ts'
import { gapsWithin } from './rate-gaps.ts'
import type { RateGap } from './rate-gaps.ts'
import { flagRestated } from './restated.ts'
import { addTallies, countReached } from './tally.ts'
import type { Tally } from './tally.ts'

interface Named extends Period {
  readonly label: string
}

/** The record in which every number travels (METRICS.md C32). */
export interface Result {
  readonly metric: string
  readonly version: string
  readonly period: Named
  readonly dims: Record<string, string>
  readonly value: number | null
  readonly exact: string | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly n: number | null
  readonly ci: [number, number] | null
  readonly ci_method: string | null
  readonly ci_says: string | null
  readonly unit: string
  readonly currency: string | null
  readonly null_reason: string | null
  readonly missing_rates: RateGap[]
  readonly flags: Flag[]
  readonly parts: Record<string, number | null>
  readonly comparison: {
    readonly period: Named
    readonly value: number | null
    readonly numerator: number | null
    readonly denominator: number | null
    readonly n: number | null
    /** False where the one period is over and the other is not: then there is no change to speak of (METRICS.md C29). */
    readonly alike: boolean
    readonly change: number | null
    readonly change_ci: [number, number] | null
  } | null
  readonly settings_hash: string
}

/** Answers metrics for a period or series, broken down and compared. One query per row set, whatever the number of metrics and periods. */
export async function answer(book: Book, ids: readonly string[], question: Question): Promise<Result[]> {
  const wanted = ids.map(metricById)
  const metrics = [...new Set(wanted.flatMap((metric) => leavesOf(metric, book.settings)))]
  const found = (await answerRows(book, metrics, question)).map(({ result }) => result)
  return wanted.flatMap((metric) => {
    const ofLeaf = new Set(leavesOf(metric, book.settings).map(({ id }) => id))
    const leaves = found.filter((result) => ofLeaf.has(result.metric))
    return metric.composed === null ? leaves : composeResults(metric, book.settings, leaves)
  })
}

/** A value with what it was made of, and what the one it is compared with was. */
export interface MadeResult {
  readonly result: Result
  readonly made: Made
  readonly earlier: Made | null
}

export const answerMade = (book: Book, metric: MetricDefinition, question: Question): Promise<MadeResult[]> => answerRows(book, [metric], question)

/** The same for metrics that have rows. */
async function answerRows(book: Book, metrics: readonly MetricDefinition[], question: Question): Promise<MadeResult[]> {
  const asked = plan(book, metrics, question)
  const queries = new Measurements(asked.scope)
  const periods = [...asked.pieces, ...(asked.compared ?? [])]
  for (const metric of metrics)
    for (const piece of periods) {
      const period = clipped(asked, piece)
      if (period === null) continue
      for (const [, measure] of measuresOf(asked, metric)) queries.want(measure, measurePeriods(measure, period, book.settings))
    }
  await queries.run()
  const groups = metrics.map((metric) => [...groupsOf(asked, metric, queries)])
  checkSize(asked, groups.reduce((sum, { length }) => sum + length, 0))
  const intervals = asked.interval ? await readIntervals(asked, metrics) : null
  const results = metrics.map((metric, i) => resultsOf(asked, metric, groups[i] ?? [], queries, intervals))
  await Promise.all(metrics.map((metric, i) => flagRestated(asked, metric, (results[i] ?? []).map(({ result }) => result))))
  return results.flat()
}

/** What an answer may hold: it is made, sent and shown whole. */
const MOST_RESULTS = 100_000

function checkSize(asked: Plan, groups: number): void {
  const results = groups * asked.pieces.length
  if (results <= MOST_RESULTS) return
  const cure = 'Ask for a shorter period, a coarser grain, a dimension with fewer values, or fewer metrics at once.'
  throw refuse('answer_too_large', `That would be ${results.toLocaleString('en')} values; ${MOST_RESULTS.toLocaleString('en')} are the most.`, cure)
}

/** The measures that a question sums, by their names. */
function measuresOf({ scope, interval }: Plan, metric: MetricDefinition): [string, Measure][] {
  const dimensions = [...scope.by, ...scope.filters.map(({ dimension }) => dimension)]
  return Object.entries(metric.measures).filter(([, { of, forInterval }]) => forInterval !== true || (interval && dimensions.every((dimension) => carries(of, dimension))))
}

const dimsKey = (dims: readonly string[]): string => JSON.stringify(dims)

/** Every group that has rows in any of the periods. */
function groupsOf(asked: Plan, metric: MetricDefinition, queries: Measurements): Iterable<readonly string[]> {
  if (asked.scope.by.length === 0) return [[]]
  const periods = [...asked.pieces, ...(asked.compared ?? [])].map((piece) => clipped(asked, piece)).filter((period) => period !== null)
  const found = measuresOfValue(metric).filter((measure) => measure.companyWide !== true).flatMap((measure) =>
    periods.flatMap((period) => measurePeriods(measure, period, asked.book.settings).flatMap((over) => queries.groups(measure, over))),
  )
  return new Map(found.map(({ dims }) => [dimsKey(dims), dims])).values()
}

function resultsOf(asked: Plan, metric: MetricDefinition, groups: readonly (readonly string[])[], queries: Measurements, intervals: Intervals | null): MadeResult[] {
  const inOrder = [...groups].sort((a, b) => (dimsKey(a) < dimsKey(b) ? -1 : 1))
  return inOrder.flatMap((dims) =>
    asked.pieces.map((piece, i) => {
      const now = outcomeOf(asked, metric, queries, piece, dims, intervals)
      const before = asked.compared === null ? null : outcomeOf(asked, metric, queries, asked.compared[i] ?? piece, dims, intervals)
      const earlier = asked.compared?.[i] ?? piece
      const compared = before === null ? null : { ...before, period: earlier, change_ci: changeOf(metric, now, before, dims, intervals) }
      return { result: toResult(asked, metric, piece, dims, now, compared), made: madeOf(metric, now), earlier: before === null ? null : madeOf(metric, before) }
    }),
  )
}

interface Computed extends Outcome {
  readonly parts: Parts | null
}

/** Interval of the change since the period compared with: what decides whether it is more than noise. */
function changeOf(
  metric: MetricDefinition,
  now: Computed,
  before: Computed,
  dims: readonly string[],
  intervals: Intervals | null,
): readonly [number, number] | null {
  if (now.parts === null || before.parts === null || now.value === null || before.value === null) return null
  if (now.ci_method === 'wilson') {
    const count = (outcome: Computed) => {
      const { over, under } = ratioOf(metric, outcome)
      return { k: outcome.parts?.number[over] ?? 0, n: outcome.parts?.number[under] ?? 0 }
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

function outcomeOf(
  asked: Plan,
  metric: MetricDefinition,
  queries: Measurements,
  piece: Period,
  dims: readonly string[],
  intervals: Intervals | null,
): Computed {
  const period = clipped(asked, piece)
  if (period === null) return { parts: null, value: null, null_reason: 'not_begun' }
  const exact: Record<string, string> = {}
  const number: Record<string, number> = {}
  const tallies: Record<string, Tally> = {}
  const gaps = new Set<string>()
  for (const [name, measure] of measuresOf(asked, metric)) {
    let sum = 0n
    const found: Tally[] = []
    for (const over of measurePeriods(measure, period, asked.book.settings)) {
      const group = queries.group(measure, over, dims)
      sum += parseMicros(group?.sums.get(measureKey(measure)) ?? '0') ?? 0n
      const tally = group?.tallies.get(measureKey(measure))
      if (tally !== undefined) found.push(tally)
      if (group?.unrated.has(measureKey(measure)) === true) gaps.add(name)
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
    options: asked.scope.frame.options,
    period,
    coveredSince: asked.book.coverage.since,
    interval: asked.interval,
  }
  const outcome = metric.value.compute(parts)
  const { numerator, denominator } = madeOf(metric, outcome)
  const sides = [numerator, denominator].filter((name) => name !== null)
  const missing = sides.length === 0 ? gaps.size > 0 : sides.some((name) => gaps.has(name))
  if (missing && outcome.null_reason !== 'not_matured') return { parts, ...withheld(true, 'fx_missing', outcome) }
  return { ...outcome, ...intervalOf(metric, parts, outcome, intervals?.read({ metric, ratio: ratioOf(metric, outcome), dims }, period)), parts }
}

/** The measures that the value is made of: the usual ones, unless an option chose others. */
function ratioOf(metric: MetricDefinition, outcome: Outcome): Pick<Ratio, 'over' | 'under'> {
  const { numerator, denominator } = madeOf(metric, outcome)
  return { over: numerator ?? '', under: denominator ?? '' }
}

function intervalOf(
  metric: MetricDefinition,
  parts: Parts,
  outcome: Outcome,
  drawn: Pick<Outcome, 'ci' | 'ci_method'> | undefined,
): Pick<Outcome, 'ci' | 'ci_method'> {
  if (outcome.value === null || outcome.ci !== undefined) return {}
  const { over, under } = ratioOf(metric, outcome)
  // Options may have made a ratio of money of it; a score interval is one of counts.
  if (metric.interval !== 'wilson' || metric.measures[over]?.kind !== 'count') return drawn ?? {}
  const ci = wilson(parts.number[over] ?? 0, parts.number[under] ?? 0)
  return ci === null ? {} : { ci, ci_method: 'wilson' }
}

function toResult(
  asked: Plan,
  metric: MetricDefinition,
  piece: Period,
  dims: readonly string[],
  now: Computed,
  before: (Computed & { period: Period; change_ci: readonly [number, number] | null }) | null,
): Result {
  const part = (outcome: Computed, name: string | null): number | null => (name === null ? null : (outcome.parts?.number[name] ?? null))
  const n = part(now, metric.n)
  const named = (period: Period): Named => ({ from: period.from, until: period.until, label: periodLabel(period) })
  const flags: Flag[] = [...(now.flags ?? [])]
  const alike = before === null || isAlike(asked, metric, piece, before.period)
  if (now.parts !== null && piece.until > asked.asOf) flags.push('partial')
  if (metric.unit === 'share' && n !== null && n > 0 && n < 30) flags.push('small_n')
  if (metric.settings.includes('dunning_days')) flags.push(...asked.book.notes.filter(({ from, until }) => from < piece.until && piece.from < until).map(({ note }) => note))
  return {
    metric: metric.id,
    version: metric.version,
    period: named(piece),
    dims: Object.fromEntries(asked.scope.by.map((dimension, i) => [dimension, dims[i] ?? ''])),
    value: now.value,
    exact: now.value === null ? null : (now.exact ?? null),
    numerator: part(now, now.numerator ?? metric.value.numerator),
    denominator: now.under ?? part(now, now.denominator ?? metric.value.denominator),
    n,
    ci: now.ci === undefined || now.ci === null ? null : [now.ci[0], now.ci[1]],
    ci_method: now.ci_method ?? null,
    ci_says: now.ci === undefined || now.ci === null ? null : metric.intervalName,
    unit: metric.unit,
    currency: metric.unit === 'money' ? asked.book.settings.reporting_currency : null,
    null_reason: now.value === null ? (now.null_reason ?? 'no_data') : null,
    missing_rates: now.null_reason === 'fx_missing' ? gapsWithin(asked.book.rateGaps, piece) : [], flags,
    parts: now.parts === null ? {} : { ...now.parts.number, ...now.beside },
    comparison:
      before === null
        ? null
        : {
            period: named(before.period),
            value: before.value,
            numerator: part(before, before.numerator ?? metric.value.numerator),
            denominator: before.under ?? part(before, before.denominator ?? metric.value.denominator),
            n: part(before, metric.n),
            alike,
            change: !alike || now.value === null || before.value === null ? null : now.value - before.value,
            change_ci: !alike || before.change_ci === null ? null : [before.change_ci[0], before.change_ci[1]],
          },
    settings_hash: settingsHash(asked.book.settings, metric.settings),
  }
}
