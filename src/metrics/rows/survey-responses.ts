import { csmCapacityLedger } from '../../ledgers/csm-capacity-ledger.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { contactLedger } from '../../ledgers/contact-ledger.ts'
import { surveyResponseLedger } from '../../ledgers/survey-response-ledger.ts'
import { surveyLedger } from '../../ledgers/survey-ledger.ts'
import { withTeam } from '../kit/account-attributes.ts'
import { bySetting } from '../kit/option.ts'
import type { Options } from '../kit/option.ts'
import { atEnds, defineRowSet, inPeriods, optionOf } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'

/** The same periods, each stretched or cut to so many days before its end. */
export const trailing = (frame: Frame, days: number): Frame => ({
  ...frame,
  periods: frame.periods.map(({ until }) => ({ from: addDays(until, -days), until })),
})

export const surveyWindow = (frame: Frame): number => Number(optionOf(frame, 'window_days'))

export const WINDOW_OPTION = {
  window_days: bySetting('survey_window_days', 'Days before the end of the period whose answers count'),
} satisfies Options

export const RELATION_OPTION = {
  relation: {
    says: 'Surveys about the whole relationship or about one occasion: the two are never pooled',
    fallback: 'relationship',
    choices: ['relationship', 'transactional'],
  },
} satisfies Options

/** What decides which answers to the question of promoters count. */
const PROMOTER_OPTIONS = { ...WINDOW_OPTION, ...RELATION_OPTION }

export const relation = (frame: Frame): Sql => param('String', optionOf(frame, 'relation'))

/** What a survey asks where nobody has said it: 0 to 10, 1 to 7, 1 to 5. */
export const SCALE = sql`
  toString(if(s.survey_id = '', a.given_kind, s.kind)) AS kind,
  if(s.relation != '', toString(s.relation), if(kind IN ('nps', 'csi'), 'relationship', 'transactional')) AS relation,
  ifNull(s.scale_min, toDecimal128(if(kind = 'nps', 0, 1), 6)) AS lowest,
  ifNull(s.scale_max, toDecimal128(multiIf(kind IN ('nps', 'csi'), 10, kind = 'ces', 7, 5), 6)) AS highest`

/** A score of promoters is one of answers from 0 to 10: a survey that asks otherwise is none, whatever its answers are. */
export const ON_SCALE = sql`highest > lowest AND score >= lowest AND score <= highest AND (kind != 'nps' OR (lowest = 0 AND highest = 10))`

/** All answers, with what their surveys ask. */
const answersOf = (frame: Pick<Frame, 'ledger'>): Sql => sql`
  SELECT a.account_id AS account_id, a.day AS day, a.answered_at AS answered_at, a.response AS response, a.respondent AS respondent, a.contact_id AS contact_id,
    a.survey_id AS survey_id, a.score AS score, a.channel AS channel, a.language AS language, a.csm_id AS csm_id,
    a.ticket_id AS ticket_id, a.comment AS comment,
    s.threshold AS threshold, toString(s.touchpoint) AS touchpoint, ${SCALE}
  FROM (${frame.ledger(surveyResponseLedger)}) AS a LEFT JOIN (${frame.ledger(surveyLedger)}) AS s ON s.survey_id = a.survey_id`

/** Answers that lie on the scale of their survey. */
export const scoredResponses = (frame: Pick<Frame, 'ledger'>): Sql => sql`SELECT * FROM (${answersOf(frame)}) WHERE ${ON_SCALE}`

const columns: RowSet['columns'] = {
  day: { name: 'Day', kind: 'day' },
  contact_id: { name: 'Contact', kind: 'text' },
  survey_id: { name: 'Survey', kind: 'text' },
  score: { name: 'Answer', kind: 'number' },
  highest: { name: 'Of', kind: 'number' },
  channel: { name: 'Channel', kind: 'text' },
  comment: { name: 'Comment', kind: 'text' },
}
const own = { survey: 'survey_id', touchpoint: 'touchpoint', channel: 'channel', language: 'language' }

const promoterScore = (frame: Frame): Sql => {
  const { period, rest } = inPeriods(trailing(frame, surveyWindow(frame)), sql`day`)
  return sql`
    SELECT *, score >= 9 AS promoter, score < 7 AS detractor
    FROM (
      SELECT ${period} AS period, * FROM (SELECT * FROM (${scoredResponses(frame)}) WHERE kind = 'nps' AND relation = ${relation(frame)}) ${rest})
    ORDER BY answered_at DESC, response DESC LIMIT 1 BY period, account_id, respondent`
}

export const npsResponses = defineRowSet({
  id: 'nps_answers',
  says: "One row per contact who answered in the days before the end of the period, with the contact's latest answer.",
  columns,
  own,
  options: PROMOTER_OPTIONS,
  rows: promoterScore,
})

export const npsContacts = defineRowSet({
  id: 'nps_contacts',
  says: "One row per contact of an account at the end of the period, with whether one of the period's answers is theirs.",
  columns: { contact_id: { name: 'Contact', kind: 'text' }, day: { name: 'Since', kind: 'day' }, answered: { name: 'Answered', kind: 'boolean' } },
  options: PROMOTER_OPTIONS,
  rows(frame) {
    const { period, rest } = atEnds(frame)
    return sql`
      SELECT period, account_id, contact_id, day,
        (period, account_id, contact_id) IN (SELECT period, account_id, respondent FROM (${promoterScore(frame)})) AS answered
      FROM (SELECT toUInt16(${period}) AS period, account_id, contact_id, day FROM (${frame.ledger(contactLedger)}) ${rest})`
  },
})

/** Own dimensions that the question keeps apart, as columns. */
export const apartOf = (frame: Frame, dimensions: Readonly<Record<string, string>>): Sql =>
  trusted(
    Object.entries(dimensions)
      .filter(([name]) => frame.dimensions.includes(name))
      .map(([, column]) => `${column}, `)
      .join(''),
  )

export const npsAccounts = defineRowSet({
  id: 'nps_accounts',
  says: 'One row per account of which somebody answered, with its mean answer.',
  columns: {
    answers: { name: 'Answers', kind: 'number' },
    promoters: { name: 'Promoters', kind: 'number' },
    detractors: { name: 'Detractors', kind: 'number' },
    likelihood: { name: 'Mean answer', kind: 'number' },
  },
  own,
  options: PROMOTER_OPTIONS,
  rows(frame) {
    const apart = apartOf(frame, own)
    return sql`
    SELECT period, account_id, ${apart} count() AS answers, toInt64(sum(promoter)) AS promoters, toInt64(sum(detractor)) AS detractors,
      promoters - detractors AS net,
      sum(score) AS total, toFloat64(total) / answers AS likelihood, total >= 9 * answers AS promotes, total < 7 * answers AS detracts
    FROM (${promoterScore(frame)}) GROUP BY ${apart} period, account_id`
  },
})

/** Answers of the window with whether they are good ones and bad ones: by the survey's own threshold, else by the scale. */
function rated(frame: Frame, which: Sql): Sql {
  const { period, rest } = inPeriods(trailing(frame, surveyWindow(frame)), sql`day`)
  return sql`
    SELECT ${period} AS period, *, toFloat64(score - lowest) / toFloat64(highest - lowest) AS rescaled,
      multiIf(isNotNull(threshold), score >= assumeNotNull(threshold), kind = 'ces', (score - lowest) * 3 >= (highest - lowest) * 2,
        (score - lowest) * 4 >= (highest - lowest) * 3) AS good,
      (score - lowest) * 3 <= highest - lowest AS bad
    FROM (SELECT * FROM (${scoredResponses(frame)}) WHERE ${which}) ${rest}`
}

/** What no metric of answers counts, and none leaves out unsaid. */
export const responsesLeftOut = defineRowSet({
  id: 'answers_left_out',
  says: 'One row per answer of the days before the end of the period that is not counted: it lies off the scale of its survey, or a recommendation was not asked for from 0 to 10.',
  columns: { ...columns, kind: { name: 'Kind', kind: 'text' }, lowest: { name: 'From', kind: 'number' } },
  own: { ...own, relation: 'relation' },
  options: PROMOTER_OPTIONS,
  rows(frame) {
    const { period, rest } = inPeriods(trailing(frame, surveyWindow(frame)), sql`day`)
    return sql`SELECT ${period} AS period, *
      FROM (SELECT * FROM (${answersOf(frame)}) WHERE NOT (${ON_SCALE}) AND (kind != 'nps' OR relation = ${relation(frame)})) ${rest}`
  },
})

export const ratedResponses = defineRowSet({
  id: 'rated_answers',
  says: 'One row per answer to a satisfaction or effort survey in the days before the end of the period.',
  columns: { ...columns, kind: { name: 'Kind', kind: 'text' }, csm_id: { name: 'About the CSM', kind: 'text' }, ticket_id: { name: 'Ticket', kind: 'text' } },
  own: { ...own, relation: 'relation' },
  options: WINDOW_OPTION,
  rows: (frame) => rated(frame, sql`kind IN ('csat', 'ces')`),
})

/** Answers about a CSM belong to the one they name, whoever owns the account. */
export const csmResponses = defineRowSet({
  id: 'csm_answers',
  says: 'One row per answer that names a CSM in the days before the end of the period.',
  columns: ratedResponses.columns,
  own: { ...ratedResponses.own, csm: 'csm_id', team: 'team' },
  attributes: ['team'],
  consults: [csmCapacityLedger],
  options: WINDOW_OPTION,
  rows: (frame) => withTeam(frame, sql`SELECT *, csm_id AS csm FROM (${rated(frame, sql`kind IN ('csat', 'nps') AND csm_id != ''`)})`),
})
