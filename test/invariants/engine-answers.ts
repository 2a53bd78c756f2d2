import type { Result } from '../../src/contract/question.ts'
import { divides } from '../../src/metrics/ask/dimensions.ts'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { leavesOf, rollUpOf } from '../../src/metrics/catalogue/leaves.ts'
import { measuresOfValue } from '../../src/metrics/kit/metric.ts'
import type { MetricDefinition } from '../../src/metrics/kit/metric.ts'
import type { Answer, Answers, Question } from '../oracle/answer.ts'

/** A question as the API takes it. */
export interface ApiQuestion {
  readonly metric: string[]
  readonly from: string
  readonly until: string
  readonly by: string[]
  readonly where: string[]
  readonly option: string[]
  readonly as_of?: string
  readonly reported_on?: string
}

/** Parts of earned growth are amounts to the engine, and shares of the opening to the oracle and to expected.json. */
export function growthParts({ parts, denominator }: Pick<Result, 'parts' | 'denominator'>): Answer['parts'] {
  const over = (...names: readonly string[]): number | null => (denominator ? names.reduce((sum, name) => sum + (parts[name] ?? 0), 0) / denominator : null)
  const growth = over('kept', 'earned', 'bought', 'unknown', 'returned')
  const known = over('kept', 'earned', 'unknown')
  return {
    nrr: over('kept'),
    earned: over('earned'),
    bought: over('bought'),
    unknown: over('unknown'),
    returned: over('returned'),
    growth: growth === null ? null : growth - 1,
    if_unknown_earned: known === null ? null : known - 1,
  }
}

const toAnswer = (result: Result): Answer => ({
  value: result.value,
  exact: result.exact,
  numerator: result.numerator,
  denominator: result.denominator,
  n: result.n,
  null_reason: result.null_reason,
  parts: ['egr', 'egr_mrr'].includes(result.metric) && !('nrr' in result.parts) ? growthParts(result) : result.parts,
})

/**
 * The engine as somebody who answers: `send` puts one question to it (over HTTP, or to the question engine itself) and
 * `instantOf` gives the instant at which a step, an import or undo, was recorded.
 */
export function engineAnswers(
  send: (question: ApiQuestion) => Promise<readonly Result[]>,
  instantOf: (step: number) => string,
  more: Pick<Answers, 'movements' | 'balances'> = {},
): Answers {
  const api = (ids: readonly string[], question: Question, dimension: string | undefined): ApiQuestion => ({
    metric: [...ids],
    from: question.from,
    until: question.until,
    by: dimension === undefined ? [] : [dimension],
    where: Object.entries(question.where ?? {}).flatMap(([name, values]) => values.map((value) => `${name}=${value}`)),
    option: Object.entries(question.options ?? {}).map(([name, value]) => `${name}=${value}`),
    ...(question.as_of === undefined ? {} : { as_of: question.as_of }),
    ...(question.reported_on === undefined ? {} : { reported_on: instantOf(question.reported_on) }),
  })
  const many = async (ids: readonly string[], question: Question, dimension?: string) => {
    const rows = new Map<string, Map<string, Answer>>(ids.map((id) => [id, new Map()]))
    for (const result of await send(api(ids, question, dimension)))
      rows.get(result.metric)?.set(dimension === undefined ? '' : (result.dims[dimension] ?? '(none)'), toAnswer(result))
    return rows
  }
  return {
    ...more,
    many,
    metric: async (id, question) => {
      const answer = (await many([id], question)).get(id)?.get('')
      if (answer === undefined) throw new Error(`${id}: no answer`)
      return answer
    },
    breakdown: async (id, dimension, question) => (await many([id], question, dimension)).get(id) ?? new Map(),
  }
}

const OF_OWNERS = ['csm', 'team']
const OF_SUBSCRIPTIONS = ['plan', 'product']

/** Metrics that belong to a CSM and to nothing else. */
export const isOfCsm = (id: string): boolean => BUILT_IN.byId(id).dimensions === 'csm'

/**
 * Whether rows of a metric call by the name of whoever owns an account somebody else: the team that works on a ticket, the CSM whom
 * an answer is about. The oracle knows owners alone.
 */
const hasNamesake = (leaves: readonly MetricDefinition[], dimension: string): boolean =>
  OF_OWNERS.includes(dimension) && leaves.some((leaf) => !isOfCsm(leaf.id) && measuresOfValue(leaf).some(({ of }) => of.own[dimension] !== undefined))

/** Whether a metric can be cut by these dimensions, as the definitions say. By product and plan only sums are: the oracle counts no customers of one. */
export function fits(id: string, dimensions: readonly string[]): boolean {
  const metric = BUILT_IN.byId(id)
  const leaves = leavesOf(metric, BUILT_IN)
  const knows = (dimension: string): boolean => leaves.every((leaf) => divides(leaf, dimension))
  const cutsSubscriptions = dimensions.some((dimension) => OF_SUBSCRIPTIONS.includes(dimension)) && !knows('platform')
  if (cutsSubscriptions && !['add', 'semi'].includes(rollUpOf(metric, BUILT_IN))) return false
  return dimensions.every((dimension) => knows(dimension) && !hasNamesake(leaves, dimension))
}

/**
 * Asks for all of `metrics` when the first of them is asked, and keeps the answers: properties ask for one number at a
 * time, an engine is asked once per question. The company must not change while it is in use.
 */
export function together(answers: Answers, metrics: readonly string[]): Answers {
  const { many } = answers
  if (many === undefined) return answers
  const asked = new Map<string, ReturnType<typeof many>>()
  const find = async (id: string, question: Question, dimension?: string) => {
    const dimensions = [...Object.keys(question.where ?? {}), ...(dimension === undefined ? [] : [dimension])]
    const own = question.options !== undefined || !metrics.includes(id) || !fits(id, dimensions)
    const ids = own ? [id] : metrics.filter((each) => fits(each, dimensions))
    const key = JSON.stringify([own ? id : '', question, dimension])
    const found = asked.get(key) ?? many(ids, question, dimension)
    asked.set(key, found)
    return (await found).get(id) ?? new Map<string, Answer>()
  }
  return {
    ...answers,
    metric: async (id, question) => {
      const answer = (await find(id, question)).get('')
      if (answer === undefined) throw new Error(`${id}: no answer`)
      return answer
    },
    breakdown: (id, dimension, question) => find(id, question, dimension),
  }
}
