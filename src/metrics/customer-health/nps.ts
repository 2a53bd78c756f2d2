import { drawnIn, finitePopulationFactor, npsClusterError, npsClusterInterval, npsInterval, npsMargin } from '../../statistics/nps.ts'
import { zOf } from '../../statistics/normal-quantile.ts'
import { defineMetric } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import { ratio, withBeside } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { WHOLE_SCALES, flagLeftOut, leftOut } from '../rows/scales.ts'
import { npsAccounts, npsResponses, npsContacts } from '../rows/survey-responses.ts'
import { given, people, times } from '../rows/survey-examples.ts'

/** Where more than this share of the people answered, they are no small sample of them. */
const SMALL_SAMPLE = 0.1

/**
 * What uncertainty is multiplied by. The people are those who answered and the contacts who did not; contacts of whom
 * nobody answered are another list. An occasion is not asked of everybody.
 */
function finiteness({ number: { answers = 0, contacts = 0, silent = 0 }, options }: Parts): number {
  const people = answers + silent
  if (options.relation === 'transactional' || contacts === silent || answers <= SMALL_SAMPLE * people) return 1
  return finitePopulationFactor(answers, people) ?? 1
}

/** Where several people of one account answered, accounts are the sample; otherwise answers are. */
function uncertainty(parts: Parts, value: number): Pick<Reckoning, 'ci' | 'ci_method' | 'se' | 'beside'> {
  const { promoters = 0, passives = 0, detractors = 0, answers = 0, accounts = 0, sum_xx = 0, sum_xy = 0, sum_yy = 0 } = parts.number
  const counts = { promoters, passives, detractors }
  const sums = { n: accounts, sum_x: promoters - detractors, sum_y: answers, sum_xx, sum_xy, sum_yy }
  const factor = finiteness(parts)
  const margin = npsMargin(counts)
  const z = zOf(0.95)
  const simple = margin === null || z === null ? null : margin / z
  const clustered = answers !== accounts
  const [ci, error] = clustered ? [npsClusterInterval(sums), npsClusterError(sums)] : [npsInterval(counts), simple]
  const se = error === null ? null : factor * error
  return {
    ci: ci === null ? null : drawnIn(ci, value, factor),
    ci_method: (clustered ? 'accounts as clusters' : 'adjusted Wald') + (factor < 1 ? ', finite population' : ''),
    se,
    beside: { margin, se_simple: simple, se, finite_population: factor < 1 ? factor : null },
  }
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
    promoters: { of: npsResponses, each: 'promoter', label: 'Promoters', kind: 'count' },
    detractors: { of: npsResponses, each: 'detractor', label: 'Detractors', kind: 'count' },
    passives: { of: npsResponses, each: '1', when: 'NOT promoter AND NOT detractor', label: 'Passives', kind: 'count' },
    answers: { of: npsResponses, each: '1', label: 'Contacts who answered', kind: 'count' },
    net: { of: npsResponses, each: 'toInt64(promoter) - toInt64(detractor)', label: 'Promoters less detractors', kind: 'count' },
    contacts: { of: npsContacts, each: '1', label: 'Contacts at the end of the period', kind: 'count', forInterval: true },
    silent: { of: npsContacts, each: '1', when: 'NOT answered', label: 'Contacts who did not answer', kind: 'count', forInterval: true },
    accounts: { of: npsAccounts, each: '1', label: 'Accounts of which somebody answered', kind: 'count' },
    sum_xx: { of: npsAccounts, each: 'net * net', label: 'Squares of promoters less detractors of an account', kind: 'count' },
    sum_xy: { of: npsAccounts, each: 'net * answers', label: 'Promoters less detractors x answers of an account', kind: 'count' },
    sum_yy: { of: npsAccounts, each: 'answers * answers', label: 'Squares of answers of an account', kind: 'count' },
    ...leftOut('nps'),
  },
  value: flagLeftOut(
    withBeside(ratio('net', 'answers', 'no_responses', { times: 100 }), (parts, { value }) => (value === null ? {} : uncertainty(parts, value))),
  ),
  n: 'answers',
  ownInterval:
    'adjusted Wald; accounts as clusters where several of one answered; drawn in by the finite-population factor where more than a tenth of the contacts answered',
  besides: {
    margin: 'Margin of error as surveys print it',
    se_simple: 'Standard error if all answers were independent',
    se: 'Standard error',
    finite_population: 'Factor of the finite population',
  },
  options: npsResponses.options,
  aliases: ['NPS', 'net promoter'],
  revisions: [WHOLE_SCALES],
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
    {
      says: 'nps_all_promoters: five of five are not a certainty',
      facts: { survey_response: given('nps', times(5, 10)) },
      value: 100,
      ci: [17.49145303416898, 100],
      parts: { margin: 0 },
    },
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
    {
      says: 'five of eight contacts answered, a ninth has left: the interval is drawn in to the factor sqrt(3 / 7)',
      facts: {
        survey_response: given('nps', [10, 10, 9, 8, 3]),
        contact: people(9).map((row, i) => (i === 8 ? { ...row, left_at: '2024-03-31T12:00:00Z' } : row)),
      },
      value: 40,
      ci: [-5.683473726040965, 66.04386360480166],
      parts: { contacts: 8, silent: 3, finite_population: Math.sqrt(3 / 7) },
    },
    {
      says: 'five of fifty are a tenth: no factor',
      facts: { survey_response: given('nps', times(5, 10)), contact: people(50) },
      value: 100,
      ci: [17.49145303416898, 100],
      parts: { silent: 45, finite_population: null },
    },
    {
      says: 'everybody answered: nothing is uncertain',
      facts: { survey_response: given('nps', [10, 10, 3]), contact: people(3) },
      value: 100 / 3,
      ci: [100 / 3, 100 / 3],
      parts: { se: 0, finite_population: 0 },
    },
    {
      says: 'contacts of whom nobody answered say nothing about those who did',
      facts: { survey_response: given('nps', times(5, 10)), contact: people(5).map((row) => ({ ...row, contact_id: `${row.contact_id}@example.com` })) },
      value: 100,
      ci: [17.49145303416898, 100],
      parts: { contacts: 5, silent: 5, finite_population: null },
    },
    {
      says: 'a survey from 1 to 5 is none of this kind, whole: neither its 5 is a detractor, nor its 10 a promoter',
      facts: {
        survey: [
          { survey_id: 'q', kind: 'nps', scale_min: 1, scale_max: 5 },
          { survey_id: 'r', kind: 'nps' },
        ],
        survey_response: [
          ...given('nps', [5, 5, 4]),
          ...given('nps', [10, 9, 3, 8], { survey_id: 'r' }).map((row, i) => ({ ...row, response_id: `s${i}`, contact_id: `t${i}` })),
        ],
      },
      value: 25,
      parts: { answers: 4, left_out: 3 },
    },
    { says: 'nps_empty: nobody answered', value: null, null_reason: 'no_responses' },
  ],
})
