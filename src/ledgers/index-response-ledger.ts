import { surveyResponse } from '../facts/survey-response.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'
import { RESPONDENT, RESPONSE } from './survey-responses.ts'

export const indexResponseLedger = defineLedger({
  id: 'index_response',
  says: 'One response to a survey of several items: the three items of a satisfaction index, and its attributes weighed by importance.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day of the response' },
    answered_at: { type: "DateTime64(3, 'UTC')", says: 'When it was given' },
    response: { type: 'String', says: 'The response' },
    respondent: { type: 'String', says: 'Who answered; an anonymous response is somebody of its own' },
    contact_id: { type: 'String', says: 'The contact, where known' },
    survey_id: { type: 'String', says: 'The survey' },
    given_kind: { type: 'LowCardinality(String)', says: 'Kind of survey, where the answers say it' },
    satisfaction: { type: 'Nullable(Decimal(38, 6))', says: 'Overall satisfaction' },
    expectancy: { type: 'Nullable(Decimal(38, 6))', says: 'Against what was expected' },
    ideal: { type: 'Nullable(Decimal(38, 6))', says: 'Against the ideal' },
    weighed: { type: 'Decimal(38, 6)', says: 'Sum of score x importance of the attributes' },
    importance: { type: 'Decimal(38, 6)', says: 'Sum of the importance of these attributes' },
    attributes: { type: 'UInt32', says: 'Attributes with a score and an importance' },
    channel: { type: 'LowCardinality(String)', says: 'Where it was answered' },
    language: { type: 'LowCardinality(String)', says: 'In which language' },
  },
  orderBy: ['day', 'account_id'],
  after: [accountLedger],
  derive: (from) => sql`
    WITH items AS (
      SELECT account_id, answered_at, contact_id, survey_id, kind, lower(item) AS part, toNullable(assumeNotNull(score)) AS points, channel, language,
        recorded_at,
        ${RESPONSE} AS response, ${RESPONDENT} AS respondent,
        part NOT IN ('satisfaction', 'expectancy', 'ideal') AND importance > 0 AS rated,
        if(rated, CAST(roundBankers(toDecimal256(assumeNotNull(score), 6) * toDecimal256(assumeNotNull(importance), 6), 6), 'Decimal(38, 6)'), 0) AS product,
        if(rated, assumeNotNull(importance), 0) AS share
      FROM (${countedVersions(from, surveyResponse)}) WHERE item != '' AND isNotNull(score))
    SELECT account_id, ${localDay(from, 'max(items.answered_at)')} AS day, max(items.answered_at) AS answered_at, response, respondent,
      any(contact_id) AS contact_id,
      survey_id, max(toString(kind)) AS given_kind,
      argMaxIf(points, recorded_at, part = 'satisfaction') AS satisfaction, argMaxIf(points, recorded_at, part = 'expectancy') AS expectancy,
      argMaxIf(points, recorded_at, part = 'ideal') AS ideal,
      sum(product) AS weighed, sum(share) AS importance, toUInt32(countIf(rated)) AS attributes,
      max(toString(channel)) AS channel, max(toString(language)) AS language
    FROM items GROUP BY account_id, survey_id, response, respondent`,
})
