import type { NullReason } from '../../src/kernel/words/reasons.ts'
import { addDays } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { nothing, ratio } from './answer.ts'
import type { Answer } from './answer.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { groupBy } from './group.ts'
import { customersAt } from './ledger-metrics.ts'
import type { Scope } from './scope.ts'
import { rowsOf, within, zoneDay } from './team-scope.ts'

export interface Given {
  readonly account: string
  readonly row: Row
  readonly day: Day
  /** Answers of one response share it. */
  readonly response: string
  /** Nobody who is known: a response of somebody of its own. */
  readonly respondent: string
  readonly kind: string
  readonly relation: string
  readonly score: number
  readonly lowest: number
  readonly highest: number
  readonly threshold: number | null
}

const numberOr = (text: string, other: number): number => (text === '' ? other : Number(text))
const topOf = (kind: string): number => (kind === 'nps' || kind === 'csi' ? 10 : kind === 'ces' ? 7 : 5)

/** All answers with a score, each with what its survey asks; where the survey is not listed, with what its kind asks. */
export function given(scope: Scope): Given[] {
  const surveys = new Map(scope.book.facts.survey.map((row) => [cell(row, 'survey_id'), row]))
  return rowsOf(scope, 'survey_response').flatMap(({ account, row }) => {
    const survey = surveys.get(cell(row, 'survey_id'))
    const say = (column: string): string => (survey === undefined ? '' : cell(survey, column))
    const kind = survey === undefined ? cell(row, 'kind') : say('kind')
    const response = cell(row, 'response_id') || `${cell(row, 'survey_id')}|${cell(row, 'contact_id')}|${cell(row, 'answered_at')}`
    const day = zoneDay(scope, cell(row, 'answered_at'))
    if (cell(row, 'score') === '' || day === null) return []
    return [
      {
        account,
        row,
        day,
        response,
        kind,
        respondent: cell(row, 'contact_id') || `?${response}`,
        relation: say('relation') || (kind === 'nps' || kind === 'csi' ? 'relationship' : 'transactional'),
        score: Number(cell(row, 'score')),
        lowest: numberOr(say('scale_min'), kind === 'nps' ? 0 : 1),
        highest: numberOr(say('scale_max'), topOf(kind)),
        threshold: say('threshold') === '' ? null : Number(say('threshold')),
      },
    ]
  })
}

/** Scores that lie on their scale; items of an index are none, and a survey of recommendation asks from 0 to 10 or is none. */
export const scores = (scope: Scope): Given[] =>
  given(scope).filter(
    ({ row, kind, score, lowest, highest }) =>
      cell(row, 'item') === '' && lowest < highest && score >= lowest && score <= highest && (kind !== 'nps' || (lowest === 0 && highest === 10)),
  )

/** Within so many days before the close. */
export const lately = (scope: Scope, days: number, day: Day | null): boolean => day !== null && day >= addDays(scope.until, -days) && day < scope.until
const inWindow = (scope: Scope, day: Day): boolean => lately(scope, Number(scope.option('window_days', scope.book.settings.survey_window_days)), day)

export const rescaled = ({ score, lowest, highest }: Given): number => (score - lowest) / (highest - lowest)
export const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length)
/** A mean of a tally: how many there are stands where a ratio has its numerator. */
export const meanAnswer = (values: readonly number[], reason: NullReason, times = 1): Answer => {
  const value = meanOf(values)
  return value === null
    ? nothing(reason)
    : { value: times * value, exact: null, numerator: values.length, denominator: null, n: values.length, null_reason: null, parts: {} }
}

const later = (a: Given, b: Given): number => {
  const [one, other] = [Date.parse(cell(a.row, 'answered_at')), Date.parse(cell(b.row, 'answered_at'))]
  return one !== other ? one - other : a.response < b.response ? -1 : 1
}
const lastOfEach = (list: readonly Given[]): Given[] =>
  [...groupBy([...list].sort(later), ({ account, respondent }) => JSON.stringify([account, respondent])).values()].flatMap((own) => own.slice(-1))

const recommending = (scope: Scope): Given[] =>
  scores(scope).filter(({ kind, relation }) => kind === 'nps' && relation === scope.option('relation', 'relationship'))

/** Who is at which account at the close, by what was last said of the person there. */
function contactsAtClose(scope: Scope): { account: string; person: string }[] {
  const said = rowsOf(scope, 'contact').flatMap(({ account, row }) => {
    const day = zoneDay(scope, cell(row, 'effective_at'))
    return day !== null && day < scope.until
      ? [{ account, person: cell(row, 'contact_id'), at: Date.parse(cell(row, 'effective_at')), left: zoneDay(scope, cell(row, 'left_at')) }]
      : []
  })
  const last = [...groupBy(said, ({ account, person }) => JSON.stringify([account, person])).values()].flatMap((own) =>
    own.sort((a, b) => a.at - b.at).slice(-1),
  )
  return last.filter(({ left }) => left === null || left >= scope.until)
}

/** The latest answer of each contact in the window. */
function nps(scope: Scope): Answer {
  const list = lastOfEach(recommending(scope).filter(({ day }) => inWindow(scope, day)))
  const contacts = contactsAtClose(scope)
  const silent = contacts.filter(({ account, person }) => !list.some((one) => one.account === account && one.respondent === person))
  return { ...points(list.map(({ score }) => score)), parts: { contacts: contacts.length, silent: silent.length } }
}

function points(values: readonly number[]): Answer {
  const net = values.filter((value) => value >= 9).length - values.filter((value) => value < 7).length
  return { ...ratio(net, values.length, 'no_responses', values.length), value: values.length === 0 ? null : (100 * net) / values.length }
}

function npsAccounts(scope: Scope): Answer {
  const list = lastOfEach(recommending(scope).filter(({ day }) => inWindow(scope, day)))
  return points([...groupBy(list, ({ account }) => account).values()].map((own) => own.reduce((sum, { score }) => sum + score, 0) / own.length))
}

const rated = (scope: Scope, kind: string): Given[] => scores(scope).filter((one) => one.kind === kind && inWindow(scope, one.day))

/** From the threshold of the survey on; else the upper quarter of the scale, of effort the upper third. */
const isGood = (one: Given): boolean =>
  one.threshold !== null
    ? one.score >= one.threshold
    : one.kind === 'ces'
      ? 3 * (one.score - one.lowest) >= 2 * (one.highest - one.lowest)
      : 4 * (one.score - one.lowest) >= 3 * (one.highest - one.lowest)

const share =
  (kind: string, holds: (one: Given) => boolean) =>
  (scope: Scope): Answer => {
    const list = rated(scope, kind)
    return ratio(list.filter(holds).length, list.length, 'no_responses', list.length)
  }

function csmCsat(scope: Scope): Answer {
  const list = rated(scope, 'csat').filter(({ row }) => cell(row, 'csm_id') !== '')
  return ratio(list.filter(isGood).length, list.length, 'no_responses', list.length)
}

/** Weights as shares of one; alike where the setting has not as many. */
export function shares(text: string, count: number): number[] {
  const list = text.split(',').map(Number)
  const sum = list.reduce((all, one) => all + one, 0)
  return list.length === count && sum > 0 ? list.map((one) => one / sum) : Array.from({ length: count }, () => 1 / count)
}

export interface Indexed {
  readonly account: string
  readonly day: Day
  readonly index: number
  readonly last: Given
}

/** Responses with all three items on the scale (or, by importance, with any attribute), each with its index. */
export function indexed(scope: Scope, form = 'items', weights = scope.book.settings.csi_weights): Indexed[] {
  const items = given(scope).filter(({ row }) => cell(row, 'item') !== '')
  return [...groupBy(items, (one) => JSON.stringify([one.account, cell(one.row, 'survey_id'), one.response, one.respondent])).values()].flatMap((own) => {
    const [first] = own
    // The kind that a row gives counts only where the survey is not listed; rows of one response may differ in it.
    const kind =
      own
        .map((one) => one.kind)
        .sort()
        .at(-1) ?? ''
    if (first === undefined || kind !== 'csi') return []
    const { lowest, highest } = own.find((one) => one.kind === kind) ?? first
    const last = [...own].sort(later).at(-1) ?? first
    const named = ['satisfaction', 'expectancy', 'ideal']
    if (form === 'importance') {
      const attributes = own.filter(({ row }) => !named.includes(cell(row, 'item')) && Number(cell(row, 'importance')) > 0)
      const all = attributes.reduce((sum, { row }) => sum + Number(cell(row, 'importance')), 0)
      const index = attributes.reduce((sum, { row, score }) => sum + score * Number(cell(row, 'importance')), 0) / all / highest
      return attributes.length === 0 ? [] : [{ account: first.account, day: last.day, index, last }]
    }
    const three = named.map((item) => own.find(({ row }) => cell(row, 'item') === item)?.score)
    if (three.some((score) => score === undefined || score < lowest || score > highest)) return []
    const index = shares(weights, 3).reduce((sum, weight, i) => sum + (weight * ((three[i] ?? 0) - lowest)) / (highest - lowest), 0)
    return [{ account: first.account, day: last.day, index, last }]
  })
}

function csi(scope: Scope): Answer {
  const list = indexed(scope, scope.option('form', 'items'), scope.option('weights', scope.book.settings.csi_weights)).filter(({ day }) => inWindow(scope, day))
  const kept = lastOfEach(list.map(({ last }) => last))
  return meanAnswer(
    list.filter(({ last }) => kept.includes(last)).map(({ index }) => index),
    'no_complete_responses',
    100,
  )
}

/** An answer belongs to the invitation it names, else to the last one that the contact had got for the survey. */
function responseRate(scope: Scope): Answer {
  const key = (row: Row): string => cell(row, 'invitation_id') || `${cell(row, 'survey_id')}|${cell(row, 'contact_id')}|${cell(row, 'sent_at')}`
  const sent = rowsOf(scope, 'survey_invitation').filter(({ row }) => (cell(row, 'status') || 'delivered') === 'delivered')
  const answers = rowsOf(scope, 'survey_response').filter(({ row }) => cell(row, 'score') !== '')
  const answered = new Map<string, Day>()
  for (const { account, row } of answers) {
    const day = zoneDay(scope, cell(row, 'answered_at')) ?? ''
    const of = (one: Row, column: string) => cell(one, column) === cell(row, column)
    const before = sent
      .filter(
        (one) =>
          one.account === account &&
          of(one.row, 'survey_id') &&
          of(one.row, 'contact_id') &&
          Date.parse(cell(one.row, 'sent_at')) <= Date.parse(cell(row, 'answered_at')),
      )
      .sort((a, b) => Date.parse(cell(b.row, 'sent_at')) - Date.parse(cell(a.row, 'sent_at')) || (key(a.row) < key(b.row) ? -1 : 1))[0]
    const named = cell(row, 'invitation_id')
    const invitation = named !== '' ? named : cell(row, 'contact_id') === '' || before === undefined ? null : key(before.row)
    const id = JSON.stringify([account, invitation])
    if (invitation !== null && day < (answered.get(id) ?? '9')) answered.set(id, day)
  }
  const window = Number(scope.option('window_days', scope.book.settings.survey_window_days))
  const asked = sent.filter(({ row }) => lately(scope, window, zoneDay(scope, cell(row, 'sent_at'))))
  return ratio(
    asked.filter(({ account, row }) => (answered.get(JSON.stringify([account, key(row)])) ?? '9') < scope.until).length,
    asked.length,
    'none_delivered',
    asked.length,
  )
}

const conversations = (scope: Scope) =>
  rowsOf(scope, 'conversation').filter(({ row }) =>
    lately(scope, Number(scope.option('window_days', scope.book.settings.feedback_max_age_days)), zoneDay(scope, cell(row, 'held_at'))),
  )

const vocSentiment = (scope: Scope): Answer =>
  meanAnswer(
    conversations(scope)
      .filter(({ row }) => cell(row, 'sentiment') !== '')
      .map(({ row }) => Number(cell(row, 'sentiment'))),
    'no_conversations',
  )

function interviewCoverage(scope: Scope): Answer {
  const customers = customersAt(scope, scope.until)
  const heard = new Set(
    conversations(scope)
      .filter(({ row }) => cell(row, 'kind') !== 'call')
      .map(({ account }) => account),
  )
  return ratio(customers.filter(({ account }) => heard.has(account)).length, customers.length, 'no_customers', customers.length)
}

/** The first promoter answer of each contact in the period, followed for the days it takes. */
function promoterActivation(scope: Scope): Answer {
  const days = Number(scope.option('horizon_days', scope.book.settings.advocacy_horizon_days))
  const { asOf } = scope.book
  const promoters = recommending(scope)
    .filter(({ score, day }) => score >= 9 && within(scope, day))
    .sort(later)
  const first = [...groupBy(promoters, ({ account, respondent }) => JSON.stringify([account, respondent])).values()].flatMap((own) => own.slice(0, 1))
  const matured = first.filter(({ day }) => asOf === null || addDays(day, days) <= asOf)
  const acts = [
    ...rowsOf(scope, 'advocacy_act').map(({ account, row }) => ({ account, row, day: zoneDay(scope, cell(row, 'acted_at')) ?? '' })),
    ...rowsOf(scope, 'referral').map(({ account, row }) => ({ account, row, day: zoneDay(scope, cell(row, 'referred_at')) ?? '' })),
  ]
  const acted = matured.filter((one) =>
    acts.some(
      ({ account, row, day }) =>
        account === one.account && day >= one.day && day <= addDays(one.day, days) && ['', cell(one.row, 'contact_id')].includes(cell(row, 'contact_id')),
    ),
  )
  return ratio(acted.length, matured.length, 'no_promoters', matured.length)
}

export const surveyMetrics = {
  nps,
  nps_accounts: npsAccounts,
  csat: share('csat', isGood),
  ces: share('ces', isGood),
  high_effort_share: share('ces', (one) => 3 * (one.score - one.lowest) <= one.highest - one.lowest),
  csat_mean: (scope: Scope) => meanAnswer(rated(scope, 'csat').map(rescaled), 'no_responses'),
  csm_csat: csmCsat,
  csi,
  survey_response_rate: responseRate,
  voc_sentiment: vocSentiment,
  interview_coverage: interviewCoverage,
  promoter_activation: promoterActivation,
}
