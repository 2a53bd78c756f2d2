import { addDays } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { formatMicros } from '../../src/kernel/money.ts'
import { SETTINGS } from '../../src/kernel/settings.ts'
import { adoptionMetrics } from './adoption.ts'
import { advocacyMetrics } from './advocacy.ts'
import { nothing } from './answer.ts'
import type { Answer, Answers, BalanceLine, MovementLine, Question } from './answer.ts'
import { buildBook } from './book.ts'
import type { Book, Movement, Rules } from './book.ts'
import { cohortMetrics } from './cohorts.ts'
import { asReported } from './company.ts'
import type { Company } from './company.ts'
import { indexMetrics } from './indexes.ts'
import { ledgerMetrics } from './ledger-metrics.ts'
import { northStar } from './north-star.ts'
import { productUseMetrics } from './product-use.ts'
import { csmTargetMetrics } from './csm-targets.ts'
import { outcomeMetrics } from './outcomes.ts'
import { FxMissing } from './rates.ts'
import { renewalMetrics } from './renewals.ts'
import { retentionMetrics } from './retention.ts'
import { revenueMetrics } from './revenue.ts'
import { scopeOf } from './scope.ts'
import type { Moment, Scope } from './scope.ts'
import { surveyMetrics } from './surveys.ts'
import { teamMetrics } from './team.ts'
import { teamWorkMetrics } from './team-work.ts'
import { ticketMetrics } from './tickets.ts'
import { toldMetrics } from './told.ts'
import { valueModelMetrics } from './value-models.ts'

const METRICS: Readonly<Record<string, (scope: Scope) => Answer>> = {
  ...ledgerMetrics,
  ...retentionMetrics,
  ...revenueMetrics,
  ...cohortMetrics,
  ...renewalMetrics,
  ...teamMetrics,
  ...ticketMetrics,
  ...teamWorkMetrics,
  ...csmTargetMetrics,
  ...productUseMetrics,
  ...adoptionMetrics,
  ...surveyMetrics,
  ...outcomeMetrics,
  ...advocacyMetrics,
  ...indexMetrics,
  ...toldMetrics,
  ...valueModelMetrics,
  north_star: (scope) =>
    northStar(scope.book.settings.north_star ?? SETTINGS.north_star.fallback, (id) => answerOf(id, scopeOf(scope.book, scope.question, momentOf(id)))),
}
export const ORACLE_METRICS = Object.keys(METRICS)

/**
 * Metrics that say how things are at the end of a period, looking back or not: accounts stand where they are then (C22). All
 * others say what happened to those of its start.
 */
const AT_CLOSE = new Set([
  'mrr',
  'arr',
  'arr_contracted',
  'mrr_committed',
  'arpa',
  'arr_linked_to_request',
  'arr_per_csm',
  'loaded_arr_per_csm',
  'accounts_per_csm',
  'backlog',
  'outcomes_defined_rate',
  'referenceable_rate',
  'value_realization',
  'value_realized_accounts',
  'ce_index',
  'co_index',
  'cs_index',
  'health_score',
  'health_trend',
  'health_map',
  'churn_probability',
  'arr_at_risk',
  'renewal_likelihood',
  'expansion_likelihood',
  'ltv',
  'clv',
  'clv_bgnbd',
  'purchase_frequency',
  'billing_regularity',
  'nps',
  'nps_accounts',
  'survey_response_rate',
  'csat',
  'csat_mean',
  'ces',
  'high_effort_share',
  'csi',
  'csm_csat',
  'voc_sentiment',
  'interview_coverage',
  'realized_value_ratio',
  'support_intensity',
  'account_coverage',
  'touches_per_account',
  'active_users',
  'stickiness',
  'visit_frequency',
  'active_days_28',
  'avg_session_time',
  'product_adoption',
  'feature_adoption_rate',
  'usage_trend',
])
const momentOf = (id: string): Moment => (AT_CLOSE.has(id) ? 'close' : 'opening')

function answerOf(id: string, scope: Scope): Answer {
  const compute = METRICS[id]
  if (compute === undefined) throw new Error(`the oracle does not know ${id}`)
  try {
    return compute(scope)
  } catch (error) {
    if (error instanceof FxMissing) return nothing('fx_missing')
    throw error
  }
}

/** The same numbers a second way: plain TypeScript over the raw rows, written from docs/definitions.md, with no part of the engine. */
export interface Oracle extends Answers {
  metric(id: string, question: Question): Answer
  breakdown(id: string, dimension: string, question: Question): ReadonlyMap<string, Answer>
  movements(question?: Question): readonly MovementLine[]
  balances(boundary: Day, reportedOn?: number): readonly BalanceLine[]
  /** Movements with causes and components, for tests of the ledger itself. */
  ledger(reportedOn?: number): readonly Movement[]
  book(question?: Partial<Question>): Book
}

/** With `as_of` inside the period, the period ends there: everything is "to date" (C29), trailing windows too. */
function toDate(question: Question): Question {
  const end = question.as_of === undefined ? question.until : addDays(question.as_of, 1)
  return end < question.until && end > question.from ? { ...question, until: end } : question
}

export function oracle(company: Company, settings: Rules): Oracle {
  const books = new Map<string, Book>()
  const book = (question: Partial<Question> = {}): Book => {
    const key = `${question.as_of ?? ''} ${question.reported_on ?? ''}`
    const found = books.get(key) ?? { ...buildBook(asReported(company, question.reported_on), settings, question.as_of ?? null), told: company.told }
    books.set(key, found)
    return found
  }
  const metric = (id: string, question: Question): Answer => answerOf(id, scopeOf(book(question), toDate(question), momentOf(id)))
  const all = (question: Partial<Question> = {}): Movement[] =>
    book(question).accounts.flatMap((account) => account.movements.filter((movement) => movement.counts))
  return {
    metric,
    book,
    breakdown: (id, dimension, question) =>
      new Map(
        scopeOf(book(question), question, 'opening')
          .valuesOf(dimension)
          .map((value) => [value, metric(id, { ...question, where: { ...question.where, [dimension]: [value] } })]),
      ),
    movements: (question) =>
      all(question)
        .filter(({ day }) => question === undefined || (day >= question.from && day < question.until))
        .map(line),
    balances: (boundary, reportedOn) =>
      book(reportedOn === undefined ? {} : { reported_on: reportedOn }).accounts.flatMap((account) => {
        const native = new Map<string, bigint>()
        for (const holding of account.at(boundary)) native.set(holding.currency, (native.get(holding.currency) ?? 0n) + holding.mrr)
        return [...native]
          .filter(([, amount]) => amount !== 0n)
          .sort()
          .map(([currency, amount]) => ({ account: account.account, currency, amount: formatMicros(amount) }))
      }),
    ledger: (reportedOn) => all(reportedOn === undefined ? {} : { reported_on: reportedOn }).sort((a, b) => (a.day + a.account < b.day + b.account ? -1 : 1)),
  }
}

function line(movement: Movement): MovementLine {
  const native = new Map<string, bigint>()
  for (const part of movement.components) native.set(part.currency, (native.get(part.currency) ?? 0n) + part.native)
  return {
    account: movement.account,
    day: movement.day,
    kind: movement.kind ?? '',
    native: [...native]
      .filter(([, amount]) => amount !== 0n)
      .sort()
      .map(([currency, amount]) => ({ currency, amount: formatMicros(amount) })),
  }
}
