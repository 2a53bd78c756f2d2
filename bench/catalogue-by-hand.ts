import { dayList, from, last, segments, slot } from './clickhouse-questions.ts'
import type { Asked } from './clickhouse-questions.ts'

/** Questions of product use, surveys and tickets as somebody who knows ClickHouse and these ledgers would write them by hand. */

/** The day on which month `i` ends. */
const ends = ({ boundaries }: Asked): string => `${dayList(boundaries)}[i + 1]`
const months = ({ boundaries }: Asked): string => `range(1, ${boundaries.length})`

/** Rows of a ledger by the accounts they are counted as, internal ones left out. */
export const counted = (asked: Pick<Asked, 'state'>, ledger: string, columns: string, where: string): string => `
  SELECT if(m.counted_as = '', u.account_id, m.counted_as) AS account_id, ${columns}
  FROM (SELECT * FROM ${from(asked, ledger)} AND ${where} AND account_id NOT IN (SELECT account_id FROM ${from(asked, 'account')} AND is_internal = 1)) AS u
  LEFT JOIN (SELECT account_id, counted_as FROM ${from(asked, 'account')} AND counted_as != account_id) AS m ON m.account_id = u.account_id`

const inMonths = (asked: Asked): string => `day >= '${asked.boundaries[0]}' AND day < '${last(asked)}'`

/**
 * Users with their days in the last 28 of each month: the windows do not overlap, so a day lies in one of them at most. Days are
 * bits, since somebody may have come to two accounts on one day that are counted as one.
 */
const monthlyUsers = (asked: Asked): string => `
  SELECT account_id, user_id, i, max(day) AS latest, bitCount(groupBitOr(bitShiftLeft(toUInt32(1), toInt32(${ends(asked)}) - toInt32(day) - 1))) AS days
  FROM (SELECT *, ${slot(asked)} AS i FROM (${counted(asked, 'usage_day', 'user_id, day', inMonths(asked))}) WHERE day >= ${ends(asked)} - 28)
  GROUP BY account_id, user_id, i`

const whole = (columns: string, rows: string): string => `SELECT i, ${columns} FROM (${rows}) GROUP BY i ORDER BY i`
const bySegment = (columns: string, rows: string, asked: Asked, moment: 'opening' | 'close' = 'close'): string => `
  SELECT s.segment[i] AS segment, i, ${columns} FROM (${rows}) AS r INNER JOIN (${segments(asked, moment)}) AS s USING (account_id) GROUP BY segment, i ORDER BY segment, i`

const USERS = (asked: Asked): string =>
  `count() AS users, countIf(latest >= ${ends(asked)} - 7) AS weekly, countIf(latest >= ${ends(asked)} - 1) AS daily, sum(days) / 28 / users AS stickiness`
export const users = (asked: Asked): string => whole(USERS(asked), monthlyUsers(asked))
export const usersBySegment = (asked: Asked): string => bySegment(USERS(asked), monthlyUsers(asked), asked)

/** Customers at the end of each month with the features they may use then, and how often they used each in 28 days. */
export const adoptionBySegment = (asked: Asked): string => {
  const payers = `
    SELECT DISTINCT account_id, i FROM (SELECT account_id, day, until FROM ${from(asked, 'subscription_day')} AND mrr > 0)
    ARRAY JOIN arrayFilter(i -> day < ${ends(asked)} AND until >= ${ends(asked)}, ${months(asked)}) AS i`
  const granted = `
    SELECT account_id, toString(feature) AS feature, i FROM (SELECT * FROM ${from(asked, 'feature_entitlement')})
    ARRAY JOIN arrayFilter(i -> day < ${ends(asked)} AND until >= ${ends(asked)}, ${months(asked)}) AS i`
  const open = `SELECT feature, i FROM (SELECT * FROM ${from(asked, 'feature')} AND is_open = 1) ARRAY JOIN arrayFilter(i -> released_on < ${ends(asked)}, ${months(asked)}) AS i`
  const may = `
    SELECT p.account_id AS account_id, o.feature AS feature, p.i AS i FROM (${payers}) AS p INNER JOIN (${open}) AS o ON o.i = p.i
    UNION DISTINCT SELECT p.account_id, g.feature, p.i FROM (${payers}) AS p INNER JOIN (${granted}) AS g ON g.account_id = p.account_id AND g.i = p.i`
  const used = `
    SELECT account_id, toString(feature) AS feature, i, sum(events) >= 3 AS adopted
    FROM (SELECT *, ${slot(asked)} AS i FROM (${counted(asked, 'usage_day', 'feature, day, events', `${inMonths(asked)} AND feature != ''`)}) WHERE day >= ${ends(asked)} - 28)
    GROUP BY account_id, feature, i`
  return bySegment(
    'sum(adopted) / count() AS adoption',
    `SELECT m.account_id AS account_id, m.i AS i, u.adopted AS adopted FROM (${may}) AS m LEFT JOIN (${used}) AS u ON u.account_id = m.account_id AND u.feature = m.feature AND u.i = m.i`,
    asked,
  )
}

/** Whether a rating of 1 to 5, or as its survey says, is a good one. */
export const GOOD = 'ifNull(score >= threshold, (score - ifNull(scale_min, 1)) * 4 >= (ifNull(scale_max, 5) - ifNull(scale_min, 1)) * 3)'

const answers = (asked: Asked, kind: string, relation = ''): string => `
  SELECT *, i FROM (
    SELECT account_id, respondent, response, answered_at, day, score, ${GOOD} AS good
    FROM (SELECT * FROM ${from(asked, 'survey_answer')}) AS a INNER JOIN (SELECT survey_id, threshold, scale_min, scale_max FROM ${from(asked, 'survey')} AND kind = '${kind}' ${relation}) AS s USING (survey_id))
  ARRAY JOIN arrayFilter(i -> day >= ${ends(asked)} - 90 AND day < ${ends(asked)}, ${months(asked)}) AS i`

export const npsBySegment = (asked: Asked): string =>
  bySegment(
    '100 * (countIf(latest >= 9) - countIf(latest < 7)) / count() AS nps',
    `SELECT account_id, respondent, i, argMax(score, (answered_at, response)) AS latest FROM (${answers(asked, 'nps', "AND relation != 'transactional'")}) GROUP BY account_id, respondent, i`,
    asked,
  )
export const csatBySegment = (asked: Asked): string => bySegment('countIf(good) / count() AS csat', answers(asked, 'csat'), asked)

const solved = (
  asked: Asked,
  day: string,
): string => `SELECT account_id, solve_minutes[-1] / 60 AS hours, length(reopened_on) > 0 AS reopened, ${slot(asked).replaceAll('day', day)} AS i
  FROM ${from(asked, 'ticket')} AND length(solved_on) > 0 AND ${inMonths(asked).replaceAll('day', day)}`

export const resolutionBySegment = (asked: Asked): string =>
  bySegment('quantileExactInclusive(0.5)(hours) AS hours', `${solved(asked, 'solved_on[-1]')} AND length(solved_on) > length(reopened_on)`, asked, 'opening')
export const reopenBySegment = (asked: Asked): string => bySegment('sum(reopened) / count() AS rate', solved(asked, 'solved_on[1]'), asked, 'opening')
