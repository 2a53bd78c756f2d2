import type { Asked } from './clickhouse-questions.ts'
import { first, last, month, months, segmentWhen } from './postgres-questions.ts'

/** The same questions in plain SQL over the plain tables of `plain-tables.ts`. */
const boundary = (asked: Asked): string => `boundary AS MATERIALIZED (
    SELECT i, (date '${first(asked)}' + make_interval(months => i))::date AS at FROM generate_series(1, ${months(asked)}) AS i)`

const MONTHLY_USERS = `used AS (
    SELECT u.account_id, u.user_id, b.i, b.at, max(u.day) AS latest, count(DISTINCT u.day) AS days
    FROM usage_day AS u JOIN boundary AS b ON u.day >= b.at - 28 AND u.day < b.at GROUP BY 1, 2, 3, 4)`

const USERS = `count(*) AS users, count(*) FILTER (WHERE latest >= at - 7) AS weekly, count(*) FILTER (WHERE latest >= at - 1) AS daily, sum(days) / 28 / count(*) AS stickiness`

/** `looked`: the day whose beginning tells the segment; what stands at the end of a month is in that of its close. */
const bySegment = (columns: string, rows: string, looked: 'at' | 'opens' = 'at'): string => `
  SELECT s.value AS segment, r.i, ${columns} FROM ${rows} AS r JOIN segment AS s ON s.account_id = r.account_id AND ${segmentWhen(`r.${looked}`)} GROUP BY 1, 2 ORDER BY 1, 2`

export const users = (asked: Asked): string => `WITH ${boundary(asked)}, ${MONTHLY_USERS} SELECT i, ${USERS} FROM used GROUP BY i ORDER BY i`
export const usersBySegment = (asked: Asked): string => `WITH ${boundary(asked)}, ${MONTHLY_USERS} ${bySegment(USERS, 'used')}`

export const adoptionBySegment = (asked: Asked): string => `
  WITH ${boundary(asked)},
    payers AS MATERIALIZED (SELECT DISTINCT p.account_id, b.i, b.at FROM paid AS p JOIN boundary AS b ON p.day < b.at AND p.until >= b.at),
    may AS (
      SELECT p.account_id, p.i, p.at, f.feature FROM payers AS p JOIN open_feature AS f ON f.released_on < p.at
      UNION SELECT p.account_id, p.i, p.at, e.feature FROM payers AS p JOIN entitlement AS e ON e.account_id = p.account_id AND e.day < p.at AND e.until >= p.at),
    used AS (
      SELECT u.account_id, u.feature, b.i FROM usage_day AS u JOIN boundary AS b ON u.day >= b.at - 28 AND u.day < b.at WHERE u.feature <> ''
      GROUP BY 1, 2, 3 HAVING sum(u.events) >= 3),
    rows AS (SELECT m.account_id, m.i, m.at, u.account_id IS NOT NULL AS adopted FROM may AS m LEFT JOIN used AS u ON u.account_id = m.account_id AND u.feature = m.feature AND u.i = m.i)
  ${bySegment('count(*) FILTER (WHERE adopted)::float8 / count(*) AS adoption', 'rows')}`

const answers = (asked: Asked, kind: string): string => `${boundary(asked)}, answers AS (
    SELECT a.*, b.i, b.at FROM survey_answer AS a JOIN boundary AS b ON a.day >= b.at - 90 AND a.day < b.at WHERE a.kind = '${kind}')`

export const npsBySegment = (asked: Asked): string => `
  WITH ${answers(asked, 'nps')}, latest AS (SELECT DISTINCT ON (account_id, respondent, i) * FROM answers ORDER BY account_id, respondent, i, answered_at DESC, response DESC)
  ${bySegment('100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score < 7)) / count(*) AS nps', 'latest')}`
export const csatBySegment = (asked: Asked): string =>
  `WITH ${answers(asked, 'csat')} ${bySegment('count(*) FILTER (WHERE good)::float8 / count(*) AS csat', 'answers')}`

const solved = (asked: Asked, day: string, where: string): string => `solved AS (
    SELECT account_id, hours, reopened, ${month(asked).replaceAll('day', day)} AS i, date_trunc('month', ${day})::date AS opens
    FROM ticket WHERE ${day} >= '${first(asked)}' AND ${day} < '${last(asked)}' ${where})`

export const resolutionBySegment = (asked: Asked): string =>
  `WITH ${solved(asked, 'solved_last', 'AND is_solved')} ${bySegment('percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) AS hours', 'solved', 'opens')}`
export const reopenBySegment = (asked: Asked): string =>
  `WITH ${solved(asked, 'solved_first', '')} ${bySegment('count(*) FILTER (WHERE reopened)::float8 / count(*) AS rate', 'solved', 'opens')}`
