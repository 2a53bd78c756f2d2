import type { Answer, Answers, Question } from '../oracle/answer.ts'
import type { Random } from '../oracle/random.ts'
import { fits } from './engine-answers.ts'
import { H1, MONTHS, ODD, Q1, Q2, label } from './subject.ts'

export interface Asked {
  readonly metric: string
  readonly question: Question
  /** Broken down by it, if given. */
  readonly by?: string
}

export interface Disagreement {
  readonly asked: string
  readonly what: string
  readonly left: unknown
  readonly right: unknown
  /** Of the first one, where somebody who answered knows it. */
  readonly sql?: string
}

/** The fields on which two who answer must agree. `n` and `parts` are compared where both give them. */
export interface Strictness {
  /** Money may differ by this much, for rounding that two computations do at different grains. 0: to the last millionth. */
  readonly money?: number
  readonly ratio?: number
  readonly skip?: readonly ('n' | 'null_reason' | 'numerator' | 'denominator' | 'exact')[]
}

const close = (a: number | null, b: number | null, slack: number): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) <= slack * Math.max(1, Math.abs(a), Math.abs(b))

function compare(left: Answer, right: Answer, strict: Strictness): { what: string; left: unknown; right: unknown }[] {
  const found: { what: string; left: unknown; right: unknown }[] = []
  const skip = strict.skip ?? []
  const money = left.exact !== null && right.exact !== null && !skip.includes('exact')
  if (money && (strict.money ?? 0) === 0 ? left.exact !== right.exact : !close(left.value, right.value, (money ? strict.money : strict.ratio) ?? 1e-6))
    found.push({ what: 'value', left: left.exact ?? left.value, right: right.exact ?? right.value })
  for (const field of ['numerator', 'denominator'] as const)
    if (!skip.includes(field) && left.value !== null && !close(left[field], right[field], strict.ratio ?? 1e-6))
      found.push({ what: field, left: left[field], right: right[field] })
  if (!skip.includes('null_reason') && left.null_reason !== right.null_reason)
    found.push({ what: 'null_reason', left: left.null_reason, right: right.null_reason })
  if (!skip.includes('n') && left.n !== null && right.n !== null && left.n !== right.n) found.push({ what: 'n', left: left.n, right: right.n })
  for (const [part, value] of Object.entries(left.parts)) {
    const other = right.parts[part]
    if (other !== undefined && !close(value, other, strict.ratio ?? 1e-6)) found.push({ what: part, left: value, right: other })
  }
  return found
}

/** Values made of more than two numbers: each side shows other ones of them as numerator and denominator. */
const SHOWN_FREELY = ['ltv', 'clv']

/**
 * Where two answer differently. Of a breakdown, rows that one side leaves out must hold nothing: a value of 0 or none
 * and nothing counted.
 */
export async function disagreements(left: Answers, right: Answers, questions: readonly Asked[], strict: Strictness = {}): Promise<Disagreement[]> {
  const found: Disagreement[] = []
  const sql = right.sql ?? left.sql
  for (const asked of questions) {
    const [one, ...others] = await disagreementsOn(left, right, asked, strict)
    if (one === undefined) continue
    found.push(found.length > 0 || sql === undefined ? one : { ...one, sql: await sql(asked.metric, asked.question, asked.by) }, ...others)
  }
  return found
}

async function disagreementsOn(left: Answers, right: Answers, { metric, question, by }: Asked, strict: Strictness): Promise<Disagreement[]> {
  const found: Disagreement[] = []
  const lenient: Strictness = SHOWN_FREELY.includes(metric) ? { ...strict, skip: [...(strict.skip ?? []), 'numerator', 'denominator'] } : strict
  const add = (asked: string, a: Answer, b: Answer) => found.push(...compare(a, b, lenient).map((each) => ({ asked, ...each })))
  const asked = `${label(metric, question)}${question.as_of === undefined ? '' : ` as of ${question.as_of}`}${question.reported_on === undefined ? '' : ` reported on ${question.reported_on}`}${question.options === undefined ? '' : ` ${JSON.stringify(question.options)}`}`
  if (by === undefined) {
    add(asked, await left.metric(metric, question), await right.metric(metric, question))
    return found
  }
  const [a, b] = [await left.breakdown(metric, by, question), await right.breakdown(metric, by, question)]
  // A group without anything may be left out; where attainments are weighed, nothing is worth something.
  const nothing =
    metric === 'north_star' ? ((await left.metric(metric, { ...question, where: { ...question.where, [by]: ['nobody and nothing'] } })).value ?? 0) : 0
  for (const value of new Set([...a.keys(), ...b.keys()])) {
    const [one, other] = [a.get(value), b.get(value)]
    if (one !== undefined && other !== undefined) add(`${asked} ${by}=${value}`, one, other)
    else {
      const only = one ?? other
      if (only !== undefined && ((only.value ?? 0) !== nothing || (only.numerator ?? 0) !== 0))
        found.push({ asked: `${asked} ${by}=${value}`, what: 'row', left: one?.value, right: other?.value })
    }
  }
  return found
}

const OPTIONS: Record<string, readonly Record<string, string>[]> = {
  c2_conversion: [{ horizon_days: '60' }, { renewals_count: 'no' }],
  cohort_retention: [{ age: '1' }, { age: '3', of: 'mrr' }],
  renewal_rate: [{ of: 'gross' }, { of: 'net' }, { of: 'on_time' }],
  mrr_committed: [{ horizon_days: '60' }],
  nps: [{ relation: 'transactional' }, { relation: 'relationship' }, { window_days: '200' }],
  csi: [{ form: 'importance' }, { weights: '3, 1, 1' }],
  referral_conversion: [{ horizon_days: '20' }],
  cs_revenue_contribution: [{ part: 'expansion' }],
  arr_linked_to_request: [{ blocking: 'yes' }],
  clv_sbg: [{ age: 'year' }],
  first_response_time: [{ by: 'creation' }, { clock: 'business' }],
  first_response_sla: [{ by: 'creation', target_minutes: '90' }],
  full_resolution_time: [{ clock: 'business' }],
  requester_wait_time: [{ clock: 'business' }],
  account_coverage: [{ window_days: '45' }],
  active_users: [{ window_days: '1' }, { window_days: '7' }],
  product_adoption: [{ of: 'depth' }, { of: 'seat_adoption' }, { of: 'breadth' }],
  feature_adoption_rate: [{ uses: '1' }, { uses: '5' }],
  time_to_adopt: [{ uses: '1' }, { uses: '4' }],
  activation_rate: [{ within_days: '60' }],
  never_reached_rate: [{ within_days: '1' }],
}

/** Several values of one dimension: a user of both is one user. */
const EVENT_FILTERS: readonly Record<string, readonly string[]>[] = [
  { feature: ['reports', '(none)'] },
  { platform: ['web', 'ios'] },
  { product: ['core', 'insights'] },
]

/**
 * Questions of every sort, the same for all metrics: periods, slices, filters, as of, reported on; and options for those
 * that have them.
 */
export function questionsFor(metrics: readonly string[], lastStep: number, random: Random): Asked[] {
  const periods = [Q1, Q2, H1, ODD, ...MONTHS]
  const dimension = random.pick(['segment', 'csm', 'team'] as const)
  const value = random.pick({ segment: ['SMB', 'ENT', '(none)'], csm: ['mira', 'noor', '(none)'], team: ['north', 'south', '(none)'] }[dimension])
  const sorts: Omit<Asked, 'metric'>[] = [
    { question: Q1 },
    { question: ODD },
    { question: random.pick(periods) },
    { question: random.pick(periods), by: 'segment' },
    { question: random.pick(periods), by: 'csm' },
    { question: random.pick(periods), by: 'team' },
    { question: { ...random.pick(periods), where: { [dimension]: [value] } } },
    { question: { ...H1, as_of: random.pick(['2024-03-10', '2024-03-31', '2024-04-26', '2024-06-29']) } },
    { question: { ...random.pick(periods), reported_on: random.int(1, lastStep) } },
    { question: random.pick(periods), by: random.pick(['product', 'plan']) },
    { question: random.pick(periods), by: random.pick(['feature', 'platform', 'user_role']) },
    { question: { ...random.pick(periods), where: random.pick(EVENT_FILTERS) } },
    { question: { ...random.pick(periods), where: random.pick(EVENT_FILTERS) }, by: 'segment' },
  ]
  return [
    ...sorts.flatMap((sort) => {
      const split = [...Object.keys(sort.question.where ?? {}), ...(sort.by === undefined ? [] : [sort.by])]
      return metrics.filter((metric) => fits(metric, split)).map((metric): Asked => ({ metric, ...sort }))
    }),
    ...metrics.flatMap((metric) => (OPTIONS[metric] ?? []).map((options): Asked => ({ metric, question: { ...random.pick(periods), options } }))),
  ]
}
