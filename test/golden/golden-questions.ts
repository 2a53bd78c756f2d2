import type { Answer, Question } from '../oracle/answer.ts'
import { GOLDEN_PERIODS, expected } from './golden.ts'

/** One number of expected.json and where an answer shows it. */
export interface GoldenCheck {
  readonly name: string
  readonly metric: string
  readonly question: Question
  readonly shows: (answer: Answer) => number | null | undefined
  readonly expected: number | null
}

const value = (answer: Answer) => answer.value
const numerator = (answer: Answer) => answer.numerator
const below = (answer: Answer) => answer.denominator ?? 0
const n = (answer: Answer) => answer.n
const part = (name: string) => (answer: Answer) => answer.parts[name]

/** Which answer shows which line of `periods`, `by_segment` and `by_csm`. */
const LINES: Record<string, readonly [metric: string, shows: GoldenCheck['shows']]> = {
  opening: ['nrr', below],
  new: ['new_mrr', value],
  expansion: ['expansion_mrr', value],
  reactivation: ['reactivation_mrr', value],
  contraction: ['contraction_mrr', value],
  churn: ['churned_mrr', value],
  closing: ['mrr', value],
  fx: ['fx_mrr', value],
  opening_accounts: ['customer_retention_rate', below],
  closing_accounts: ['arpa', below],
  new_events: ['new_mrr', n],
  expansion_events: ['expansion_mrr', n],
  reactivation_events: ['reactivation_mrr', n],
  contraction_events: ['contraction_mrr', n],
  churn_events: ['customers_lost', value],
  retained_accounts: ['customer_retention_rate', numerator],
  crr: ['customer_retention_rate', value],
  logo_churn_rate: ['logo_churn_rate', value],
  nrr: ['nrr', value],
  grr: ['grr', value],
  mrr_cancel_rate: ['mrr_cancel_rate', value],
  mrr_contraction_rate: ['mrr_contraction_rate', value],
  mrr_expansion_rate: ['mrr_expansion_rate', value],
  gross_mrr_churn_rate: ['gross_mrr_churn_rate', value],
  net_mrr_churn_rate: ['net_mrr_churn_rate', value],
  arr_closing: ['arr', value],
  arpa_closing: ['arpa', value],
  net_revenue: ['net_revenue', value],
  payers: ['arppu', below],
  arppu: ['arppu', value],
  retention_cost: ['crc', numerator],
  crc: ['crc', value],
  earned_new_rate: ['egr_mrr', part('earned')],
  bought_new_rate: ['egr_mrr', part('bought')],
  unknown_new_rate: ['egr_mrr', part('unknown')],
  returned_rate: ['egr_mrr', part('returned')],
  egr_mrr: ['egr_mrr', value],
  egr_mrr_if_unknown_earned: ['egr_mrr', part('if_unknown_earned')],
  growth_constant_fx: ['egr_mrr', part('growth')],
  earned_growth_ratio: ['earned_growth_ratio', value],
}

/** Lines of other tools' formulas: functions of the ledger's lines. */
export const ANCHORS: Record<string, (line: Record<string, number | null>) => number> = {
  alt_movement_gross_mrr_churn_rate: (l) => (at(l, 'churn') + at(l, 'contraction')) / at(l, 'opening'),
  alt_movement_net_mrr_churn_rate: (l) => (at(l, 'churn') + at(l, 'contraction') - at(l, 'expansion') - at(l, 'reactivation')) / at(l, 'opening'),
  alt_stripe_subscriber_churn_rate: (l) => at(l, 'churn_events') / (at(l, 'opening_accounts') + at(l, 'new_events')),
  alt_baremetrics_user_churn_rate: (l) => at(l, 'churn_events') / at(l, 'opening_accounts'),
}
const at = (line: Record<string, number | null>, name: string): number => line[name] ?? 0

function checksOf(where: Question['where'], name: string, lines: Record<string, Record<string, number | null>>): GoldenCheck[] {
  return Object.entries(lines).flatMap(([label, numbers]) =>
    Object.entries(numbers)
      .filter(([line]) => !(line in ANCHORS))
      .map(([line, number]) => {
        const [metric, shows] = LINES[line] ?? []
        const period = GOLDEN_PERIODS[label]
        if (metric === undefined || shows === undefined || period === undefined) throw new Error(`expected.json: ${label} ${line} has no question`)
        return { name: `${name} ${label} ${line}`, metric, shows, expected: number, question: where === undefined ? period : { ...period, where } }
      }),
  )
}

/** Numbers worked out by hand for the definitions, which expected.json does not hold. */
function workedByHand(june: GoldenCheck['question']): GoldenCheck[] {
  return [
    { name: 'contracted June', metric: 'arr_contracted', question: june, shows: value, expected: 13200 },
    { name: 'net new April', metric: 'net_new_mrr', question: { from: '2024-04-01', until: '2024-05-01' }, shows: value, expected: 630 },
    { name: 'expansion April', metric: 'expansion_revenue', question: { from: '2024-04-01', until: '2024-05-01' }, shows: value, expected: 310 },
    { name: 'renewals April', metric: 'renewal_revenue', question: { from: '2024-04-01', until: '2024-05-01' }, shows: value, expected: 13200 },
    { name: 'quick ratio February', metric: 'quick_ratio', question: { from: '2024-02-01', until: '2024-03-01' }, shows: value, expected: 5 },
    { name: 'quick ratio January', metric: 'quick_ratio', question: { from: '2024-01-01', until: '2024-02-01' }, shows: value, expected: null },
    { name: 'new customer rate Q1', metric: 'new_customer_rate', question: { from: '2024-01-01', until: '2024-04-01' }, shows: value, expected: 4 / 9 },
    { name: 'annual retention', metric: 'annual_revenue_retention_rate', question: june, shows: value, expected: null },
    {
      name: 'March cohort at age 1',
      metric: 'cohort_retention',
      question: { from: '2024-03-01', until: '2024-04-01', options: { age: '1' } },
      shows: value,
      expected: 0,
    },
    {
      name: 'March cohort',
      metric: 'cohort_retention',
      question: { from: '2024-03-01', until: '2024-04-01', options: { age: '1' } },
      shows: below,
      expected: 1,
    },
    { name: 'average check January', metric: 'average_check', question: { from: '2024-01-01', until: '2024-02-01' }, shows: value, expected: 379 },
    { name: 'arpu June', metric: 'arpu', question: june, shows: value, expected: 1884 / 11 },
  ]
}

/** Every number of expected.json that a metric answers, as questions: the same for the oracle and for the engine. */
export function goldenChecks(): GoldenCheck[] {
  const june = { from: '2024-06-01', until: '2024-07-01' }
  const load = expected.csm_load_2024_06_30
  const c2 = (of: 'renewals_count' | 'new_orders_only'): GoldenCheck[] => {
    const question = { from: '2024-01-01', until: '2024-04-01', options: { horizon_days: '60', renewals_count: of === 'renewals_count' ? 'yes' : 'no' } }
    const { cohort, converted, c2_conversion } = expected.c2_2024_Q1_60d[of]
    return [
      { name: `c2 ${of} cohort`, metric: 'c2_conversion', question, shows: below, expected: cohort },
      { name: `c2 ${of} converted`, metric: 'c2_conversion', question, shows: numerator, expected: converted },
      { name: `c2 ${of}`, metric: 'c2_conversion', question, shows: value, expected: c2_conversion },
    ]
  }
  const csm = Object.entries(load.by_csm).flatMap(([name, row]): GoldenCheck[] => {
    const question = { ...june, where: { csm: [name] } }
    return [
      { name: `${name} arr`, metric: 'arr', question, shows: value, expected: row.arr },
      { name: `${name} fte`, metric: 'arr_per_csm', question, shows: below, expected: row.fte },
      { name: `${name} arr_per_fte`, metric: 'arr_per_csm', question, shows: value, expected: row.arr_per_fte },
      { name: `${name} effective_fte`, metric: 'loaded_arr_per_csm', question, shows: below, expected: row.effective_fte },
      { name: `${name} loaded_arr_per_csm`, metric: 'loaded_arr_per_csm', question, shows: value, expected: row.loaded_arr_per_csm },
      { name: `${name} accounts`, metric: 'accounts_per_csm', question, shows: value, expected: row.accounts / row.fte },
      { name: `${name} customers`, metric: 'accounts_per_csm', question, shows: numerator, expected: row.accounts },
    ]
  })
  const ltv = expected.ltv_2024_06
  return [
    ...checksOf(undefined, 'all', expected.periods),
    ...Object.entries(expected.by_segment).flatMap(([segment, lines]) => checksOf({ segment: [segment] }, segment, lines)),
    ...Object.entries(expected.by_csm).flatMap(([owner, lines]) => checksOf({ csm: [owner] }, `csm ${owner}`, lines)),
    ...csm,
    ...Object.entries(expected.by_csm).flatMap(([owner, lines]) =>
      Object.entries(lines).map(([label, numbers]): GoldenCheck => ({
        name: `portfolio ${owner} ${label}`,
        metric: 'portfolio_nrr',
        question: { ...(GOLDEN_PERIODS[label] ?? june), where: { csm: [owner] } },
        shows: value,
        expected: numbers.nrr ?? null,
      })),
    ),
    { name: 'unassigned arr', metric: 'arr', question: { ...june, where: { csm: ['(none)'] } }, shows: value, expected: load.unassigned_arr },
    { name: 'total arr', metric: 'arr', question: june, shows: value, expected: load.total_arr },
    { name: 'arr_per_csm', metric: 'arr_per_csm', question: june, shows: value, expected: load.arr_per_csm },
    { name: 'loaded_arr_per_csm', metric: 'loaded_arr_per_csm', question: june, shows: value, expected: load.loaded_arr_per_csm },
    ...c2('renewals_count'),
    ...c2('new_orders_only'),
    { name: 'ltv', metric: 'ltv', question: june, shows: value, expected: ltv.ltv_margin_80 },
    { name: 'ltv churn', metric: 'ltv', question: june, shows: below, expected: ltv.pooled_monthly_logo_churn },
    { name: 'committed', metric: 'mrr_committed', question: june, shows: value, expected: expected.committed_mrr_2024_06_30_plus_31d },
    ...workedByHand(june),
  ]
}
