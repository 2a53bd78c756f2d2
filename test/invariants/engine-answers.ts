import type { Result } from '../../src/contract/question.ts'
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

/** Metrics that add up over subscriptions or bills and so can be cut by plan and product. */
export const BY_PRODUCT = [
  'mrr',
  'arr',
  'arr_contracted',
  'mrr_committed',
  'new_mrr',
  'expansion_mrr',
  'reactivation_mrr',
  'contraction_mrr',
  'churned_mrr',
  'fx_mrr',
  'net_new_mrr',
  'expansion_revenue',
  'net_revenue',
  'customers_lost',
]
/** Metrics of product use, which can be cut by what an event says. */
export const BY_EVENT = ['active_users', 'stickiness', 'visit_frequency', 'avg_session_time', 'usage_trend']
export const BY_FEATURE = [...BY_EVENT, 'feature_adoption_rate', 'time_to_adopt']
/** Costs belong to no account. */
export const NOT_SPLIT = ['crc', 'crc_ratio', 'crc_to_cac']
/** Capacity belongs to a CSM and to nothing else. */
export const PER_CSM = [
  'arr_per_csm',
  'loaded_arr_per_csm',
  'accounts_per_csm',
  'renewal_quota_attainment',
  'expansion_quota_attainment',
  'renewal_forecast_accuracy',
]
/** Tickets have a team of their own. */
export const BY_TICKET = [
  'first_response_time',
  'first_response_sla',
  'full_resolution_time',
  'first_resolution_time',
  'requester_wait_time',
  'reopen_rate',
  'backlog',
]
/** Whether a metric can be cut by these dimensions. */
export const fits = (id: string, dimensions: readonly string[]): boolean => {
  if (dimensions.length === 0) return true
  // An answer about a CSM belongs to the one it names, whoever owns the account.
  if (id === 'csm_csat' && dimensions.some((dimension) => dimension === 'csm' || dimension === 'team')) return false
  if (dimensions.includes('team') && BY_TICKET.includes(id)) return false
  if (PER_CSM.includes(id)) return dimensions.every((dimension) => dimension === 'csm' || dimension === 'team')
  if (dimensions.includes('platform') || dimensions.includes('user_role')) return BY_EVENT.includes(id)
  if (dimensions.includes('feature')) return BY_FEATURE.includes(id)
  if (dimensions.includes('product') && BY_EVENT.includes(id)) return !dimensions.includes('plan')
  // A bill names its product, never its plan.
  if (id === 'net_revenue' && dimensions.includes('plan')) return false
  return dimensions.some((dimension) => dimension === 'plan' || dimension === 'product') ? BY_PRODUCT.includes(id) : !NOT_SPLIT.includes(id)
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
