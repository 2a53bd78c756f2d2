import type { BinnacleClient } from '../../src/contract/contract.ts'
import type { Result } from '../../src/contract/question.ts'
import { microsToNumber, parseMicros } from '../../src/kernel/money.ts'
import type { Period } from '../../src/kernel/period.ts'
import { growthParts } from '../invariants/engine-answers.ts'
import type { Answer } from '../oracle/answer.ts'
import { goldenChecks } from '../golden/golden-questions.ts'
import type { GoldenCheck } from '../golden/golden-questions.ts'

/** Questions that many checks are answered by at once, as the API takes them. */
interface Batch {
  readonly query: {
    metric: string[]
    from: string
    until: string
    by: string[]
    where: string[]
    option: string[]
    grain?: 'month' | 'quarter'
    reported_on?: string
  }
  readonly checks: GoldenCheck[]
}

const H1: Period = { from: '2024-01-01', until: '2024-07-01' }

/** Months and quarters are asked as series broken down, the half-year by itself and filtered: both ways must agree with the numbers. */
function batchOf({ question }: GoldenCheck): Omit<Batch['query'], 'metric'> {
  const option = Object.entries(question.options ?? {}).map(([name, value]) => `${name}=${value}`)
  const where = Object.entries(question.where ?? {}).flatMap(([dimension, values]) => values.map((value) => `${dimension}=${value}`))
  const months = (Date.parse(question.until) - Date.parse(question.from)) / 86_400_000 / 30
  if (months > 4) return { ...H1, by: [], where, option }
  return { ...H1, grain: months > 2 ? 'quarter' : 'month', by: Object.keys(question.where ?? {}), where: [], option }
}

export interface Scope {
  /** Only the numbers of the whole company: a third of them, in a third of the time. */
  readonly whole?: boolean
  readonly reported_on?: string
}

function batches({ whole = false, reported_on: reportedOn }: Scope): Batch[] {
  const found = new Map<string, Batch>()
  for (const check of goldenChecks().filter(({ question }) => !whole || question.where === undefined)) {
    const query = { ...batchOf(check), ...(reportedOn === undefined ? {} : { reported_on: reportedOn }) }
    const batch = found.get(JSON.stringify(query)) ?? { query: { ...query, metric: [] }, checks: [] }
    found.set(JSON.stringify(query), batch)
    batch.checks.push(check)
    if (!batch.query.metric.includes(check.metric)) batch.query.metric.push(check.metric)
  }
  return [...found.values()]
}

/** Whether a record is the one that a check is about, when it was broken down by these dimensions. */
export const isAskedBy =
  ({ metric, question }: GoldenCheck, by = Object.keys(question.where ?? {})) =>
  (result: Result): boolean =>
    result.metric === metric &&
    result.period.from === question.from &&
    result.period.until === question.until &&
    Object.keys(result.dims).length === by.length &&
    by.every((dimension) => result.dims[dimension] === question.where?.[dimension]?.[0])

/**
 * The record as expected.json speaks of it: parts of earned growth over the opening, where the record has amounts, and the
 * pooled churn of a lifetime value. A range for an unknown source ends where all of it was earned.
 */
function asExpected({ metric, ci, ...answer }: Result): Answer {
  const { parts, value } = answer
  if (metric === 'ltv') return { ...answer, denominator: parts.exposed ? (parts.lost ?? 0) / parts.exposed : null }
  if (metric !== 'egr_mrr') return answer
  const shares = growthParts(answer)
  return { ...answer, parts: { ...shares, kept: shares.nrr ?? null, if_unknown_earned: ci?.[1] ?? value } }
}

/** expected.json is written to eight places. */
const PLACES = 1e-8

/** Money and counts to the last millionth, all else to the places that expected.json has. */
export function isRight(check: GoldenCheck, result: Result | undefined): boolean {
  // A slice in which nothing ever was has no row: it holds nothing.
  if (result === undefined) return check.expected === null || check.expected === 0
  const found = check.shows(asExpected(result)) ?? null
  if (found === null || check.expected === null) return found === check.expected
  if (result.exact !== null && found === result.value && microsToNumber(parseMicros(result.exact) ?? -1n) !== check.expected) return false
  return Math.abs(found - check.expected) <= PLACES * Math.max(1, Math.abs(check.expected))
}

/** What of expected.json the product does not answer, in words; and how many numbers and questions there were. */
export async function wrongNumbers(client: BinnacleClient, scope: Scope = {}): Promise<{ wrong: string[]; numbers: number; questions: number }> {
  const wrong: string[] = []
  const all = batches(scope)
  for (const { query, checks } of all) {
    const { results } = await client.answer({ query })
    for (const check of checks) {
      const result = results.find(isAskedBy(check, query.by))
      if (!isRight(check, result))
        wrong.push(
          `${check.name} (${check.metric}): ${result === undefined ? 'no row' : String(check.shows(asExpected(result)))} (${result?.exact}) instead of ${check.expected}`,
        )
    }
  }
  return { wrong, numbers: all.reduce((sum, { checks }) => sum + checks.length, 0), questions: all.length }
}
