import { bySetting } from '../kit/option.ts'
import { settingList } from '../../kernel/settings.ts'
import { sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { indexResponseLedger } from '../../ledgers/index-response-ledger.ts'
import { surveyLedger } from '../../ledgers/survey-ledger.ts'
import { defineRowSet, inPeriods, optionOf } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'
import { SCALE, surveyWindow, trailing, WINDOW_OPTION } from './survey-responses.ts'

const ITEMS = ['satisfaction', 'expectancy', 'ideal'] as const

/** Weights of a setting as shares of 1; all alike where it does not hold as many numbers. */
export function sharesOf(text: string, count: number): number[] {
  const given = settingList(text).map(Number)
  const sound = given.length === count && given.every((weight) => weight >= 0 && Number.isFinite(weight)) && given.some((weight) => weight > 0)
  const weights = sound ? given : Array.from({ length: count }, () => 1)
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return weights.map((weight) => weight / sum)
}

const complete = trusted(ITEMS.map((item) => `${item} >= lowest AND ${item} <= highest`).join(' AND '))
/** Responses that can be indexed, with their index, 0 to 1: the three items by weight, or the attributes by their importance. */
export function indexedResponses(frame: Frame, form: string, weights: string): Sql {
  const shares = sharesOf(weights, ITEMS.length)
  const items = trusted(`(${ITEMS.map((item, i) => `${shares[i]} * toFloat64(assumeNotNull(${item}) - lowest)`).join(' + ')}) / toFloat64(highest - lowest)`)
  const [index, counted] =
    form === 'importance' ? [sql`toFloat64(weighed) / toFloat64(importance) / toFloat64(highest)`, sql`attributes > 0`] : [items, complete]
  return sql`
  SELECT *, ${index} AS satisfaction_index
  FROM (
    SELECT a.account_id AS account_id, a.day AS day, a.answered_at AS answered_at, a.response AS response, a.respondent AS respondent,
      a.contact_id AS contact_id, a.survey_id AS survey_id,
      a.satisfaction AS satisfaction, a.expectancy AS expectancy, a.ideal AS ideal, a.weighed AS weighed,
      a.importance AS importance, a.attributes AS attributes,
      a.channel AS channel, a.language AS language, toString(s.touchpoint) AS touchpoint, ${SCALE}
    FROM (${frame.ledger(indexResponseLedger)}) AS a LEFT JOIN (${frame.ledger(surveyLedger)}) AS s ON s.survey_id = a.survey_id)
  WHERE kind = 'csi' AND highest > lowest AND ${counted}`
}

export const indexResponses = defineRowSet({
  id: 'index_responses',
  says: 'One row per contact with a complete response in the days before the end of the period: the latest.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    contact_id: { name: 'Contact', kind: 'text' },
    survey_id: { name: 'Survey', kind: 'text' },
    satisfaction: { name: 'Satisfaction', kind: 'number' },
    expectancy: { name: 'Expectancy', kind: 'number' },
    ideal: { name: 'Ideal', kind: 'number' },
    attributes: { name: 'Attributes', kind: 'number' },
    satisfaction_index: { name: 'Index', kind: 'number' },
  },
  own: { survey: 'survey_id', touchpoint: 'touchpoint', channel: 'channel', language: 'language' },
  options: {
    ...WINDOW_OPTION,
    form: {
      says: 'items: satisfaction, expectancy and ideal; importance: attributes, each weighed by how important it is to who answers',
      fallback: 'items',
      choices: ['items', 'importance'],
    },
    weights: bySetting('csi_weights', 'Weights of the three items'),
  },
  rows(frame) {
    const { period, rest } = inPeriods(trailing(frame, surveyWindow(frame)), sql`day`)
    return sql`
    SELECT ${period} AS period, * FROM (${indexedResponses(frame, optionOf(frame, 'form'), optionOf(frame, 'weights'))}) ${rest}
    ORDER BY answered_at DESC, response DESC LIMIT 1 BY period, account_id, respondent`
  },
})
