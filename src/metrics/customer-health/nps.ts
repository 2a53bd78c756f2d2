import { npsClusterError, npsClusterInterval, npsInterval, npsMargin } from '../../statistics/nps.ts'
import { zOf } from '../../statistics/normal-quantile.ts'
import { computed, defineMetric } from '../metric.ts'
import type { Outcome, Parts } from '../metric.ts'
import { RELATION_OPTION, WINDOW_OPTION, npsAccounts, npsAnswers } from '../rows/survey-answers.ts'
import { given, times } from '../rows/survey-examples.ts'

/** Where several people of one account answered, accounts are the sample; otherwise answers are. */
function uncertainty({ number }: Parts): Pick<Outcome, 'ci' | 'ci_method' | 'se' | 'beside'> {
  const { promoters = 0, passives = 0, detractors = 0, answers = 0, accounts = 0, sum_xx = 0, sum_xy = 0, sum_yy = 0 } = number
  const counts = { promoters, passives, detractors }
  const margin = npsMargin(counts)
  const z = zOf(0.95)
  const simple = margin === null || z === null ? null : margin / z
  const sums = { n: accounts, sum_x: promoters - detractors, sum_y: answers, sum_xx, sum_xy, sum_yy }
  if (answers === accounts) return { ci: npsInterval(counts), ci_method: 'adjusted Wald', se: simple, beside: { margin, se_simple: simple, se: simple } }
  const se = npsClusterError(sums)
  return { ci: npsClusterInterval(sums), ci_method: 'accounts as clusters', se, beside: { margin, se_simple: simple, se } }
}

export const nps = defineMetric({
  id: 'nps',
  name: 'Net promoter score',
  says: 'Share of promoters (9 and 10) less the share of detractors (0 to 6), in points, over the latest answer of each contact.',
  level: 'customer-health',
  kind: 'window',
  nature: 'qualitative',
  grain: 'contact',
  unit: 'points',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '100 x ({promoters} - {detractors}) / {answers}',
  nullWhen: 'Nobody answered in the window.',
  measures: {
    promoters: { of: npsAnswers, each: 'promoter', label: 'Promoters', kind: 'count' },
    detractors: { of: npsAnswers, each: 'detractor', label: 'Detractors', kind: 'count' },
    passives: { of: npsAnswers, each: '1', when: 'NOT promoter AND NOT detractor', label: 'Passives', kind: 'count' },
    answers: { of: npsAnswers, each: '1', label: 'Contacts who answered', kind: 'count' },
    net: { of: npsAnswers, each: 'toInt64(promoter) - toInt64(detractor)', label: 'Promoters less detractors', kind: 'count' },
    accounts: { of: npsAccounts, each: '1', label: 'Accounts of which somebody answered', kind: 'count' },
    sum_xx: { of: npsAccounts, each: 'net * net', label: 'Squares of promoters less detractors of an account', kind: 'count' },
    sum_xy: { of: npsAccounts, each: 'net * answers', label: 'Promoters less detractors x answers of an account', kind: 'count' },
    sum_yy: { of: npsAccounts, each: 'answers * answers', label: 'Squares of answers of an account', kind: 'count' },
  },
  value: computed(
    (parts) => {
      const { net = 0, answers = 0 } = parts.number
      return answers === 0 ? { value: null, null_reason: 'no_responses' } : { value: (100 * net) / answers, ...uncertainty(parts) }
    },
    { numerator: 'net', denominator: 'answers' },
  ),
  n: 'answers',
  ownInterval: 'adjusted Wald; accounts as clusters where several of one answered',
  besides: { margin: 'Margin of error as surveys print it', se_simple: 'Standard error if all answers were independent', se: 'Standard error' },
  options: { ...WINDOW_OPTION, ...RELATION_OPTION },
  aliases: ['NPS', 'net promoter'],
  settings: ['time_zone', 'survey_window_days'],
  disagreements: [{ anchor: 'Most survey tools', says: 'print the plain Wald margin, which is 0 when all who answered are promoters; it stands beside.' }],
  examples: [
    {
      says: 'nps_seed: 70, 20 and 10 of 100',
      facts: { survey_response: given('nps', [...times(70, 10), ...times(20, 7), ...times(10, 3)]) },
      value: 60,
      ci: [45.269760253848254, 71.23509411508377],
      parts: { margin: 13.00093027865858 },
    },
    {
      says: 'nps_n1000: the same shares of a thousand',
      facts: { survey_response: given('nps', [...times(700, 9), ...times(200, 8), ...times(100, 6)]) },
      value: 60,
      ci: [55.70959528865498, 63.93148148103596],
      parts: { margin: 4.111255138160869 },
    },
    { says: 'nps_all_promoters: five of five are not a certainty', facts: { survey_response: given('nps', times(5, 10)) }, value: 100, ci: [17.49145303416898, 100], parts: { margin: 0 } },
    {
      says: 'nps_clustered: five answers of three accounts are worth less than five',
      facts: {
        survey_response: [
          ...given('nps', [10, 9], { account_id: 'a' }),
          ...given('nps', [6, 6], { account_id: 'b' }).map((row, i) => ({ ...row, response_id: `b${i}` })),
          ...given('nps', [8], { account_id: 'c' }).map((row) => ({ ...row, response_id: 'c' })),
        ],
      },
      value: 0,
      parts: { se: 69.2820323027551, se_simple: 40 },
    },
    {
      says: 'the latest answer of a contact counts, and neither an old one nor one about a ticket',
      facts: {
        survey: [{ survey_id: 't', kind: 'nps', relation: 'transactional' }],
        survey_response: [
          { response_id: '1', survey_id: 'q', kind: 'nps', account_id: 'a', contact_id: 'p', answered_at: '2024-02-15T12:00:00Z', score: 10 },
          { response_id: '2', survey_id: 'q', kind: 'nps', account_id: 'a', contact_id: 'p', answered_at: '2024-03-15T12:00:00Z', score: 6 },
          { response_id: '3', survey_id: 't', kind: 'nps', account_id: 'a', contact_id: 'p', answered_at: '2024-03-16T12:00:00Z', score: 9 },
          { response_id: '4', survey_id: 'q', kind: 'nps', account_id: 'a', contact_id: 'old', answered_at: '2023-12-31T12:00:00Z', score: 10 },
        ],
      },
      value: -100,
    },
    { says: 'nps_empty: nobody answered', value: null, null_reason: 'no_responses' },
  ],
})
