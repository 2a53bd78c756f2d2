import { dayList, from } from './clickhouse-questions.ts'

interface Asked {
  readonly state: number
  readonly day: string
}

/** A line through points, flat outside them. */
function line(value: string, points: readonly (readonly [number, number])[]): string {
  const pieces = points.slice(1).map(([x1, y1], i) => {
    const [x0, y0] = points[i] as readonly [number, number]
    return `${value} < ${x1}, ${y0} + (${value} - ${x0}) / ${x1 - x0} * ${y1 - y0}`
  })
  const [first, last] = [points[0], points.at(-1)]
  return `multiIf(${value} <= ${first?.[0]}, ${first?.[1]}, ${pieces.join(', ')}, ${last?.[1]})`
}

/** What is paid for, with what is said of leaving it. */
const contracts = ({ state }: Asked): string => `
  SELECT account_id, sum(toFloat64(p.quantity)) AS seats, max(if(t.told = '', 1, t.interval_months)) AS interval_of,
    min(isNotNull(t.canceled_on) OR isNotNull(t.ends_on)) AS leaves, min(t.auto_renew = 'no') AS lets_end
  FROM (SELECT account_id, subscription_id, quantity FROM ${from({ state }, 'subscription_day')} AND day <= d AND until > d AND mrr > 0) AS p
  LEFT JOIN (SELECT * FROM ${from({ state }, 'contract_terms')} AND day <= d AND until > d) AS t ON t.account_id = p.account_id AND t.subscription_id = p.subscription_id
  GROUP BY account_id`

const uses = ({ state }: Asked): string => `
  SELECT account_id, min(day) AS first, uniqExactIf(day, day > d - 28) AS days, uniqExactIf(user_id, day > d - 90) AS users
  FROM ${from({ state }, 'usage_day')} AND day <= d GROUP BY account_id`

const tickets = ({ state }: Asked): string => `
  SELECT account_id, countIf(created_on > d - 30) AS opened, countIf(priority = 'urgent' AND created_on BETWEEN d - 90 AND d - 8
    AND arrayCount(x -> x <= d, solved_on) = arrayCount(x -> x <= d, reopened_on)) AS critical
  FROM ${from({ state }, 'ticket')} AND created_on <= d AND created_on >= d - 90 GROUP BY account_id`

/** The scales of surveys that say none: 0 to 10, 1 to 7, 1 to 5. */
const responses = ({ state }: Asked): string => `
  SELECT account_id, avg(ten) AS mean FROM (
    SELECT a.account_id AS account_id, a.respondent AS respondent, if(a.survey_id = '', toString(a.given_kind), toString(s.kind)) AS kind,
      ifNull(s.scale_min, toDecimal128(if(kind = 'nps', 0, 1), 6)) AS lowest,
      ifNull(s.scale_max, toDecimal128(multiIf(kind = 'nps', 10, kind IN ('ces', 'ces1'), 7, 5), 6)) AS highest,
      10 * toFloat64(if(kind = 'ces1', highest - score, score - lowest)) / toFloat64(highest - lowest) AS ten
    FROM (SELECT * FROM ${from({ state }, 'survey_answer')} AND day > d - 180 AND day <= d) AS a
    LEFT JOIN (SELECT * FROM ${from({ state }, 'survey')}) AS s ON s.survey_id = a.survey_id
    WHERE kind IN ('nps', 'csat', 'ces', 'ces1') AND a.score BETWEEN lowest AND highest
    ORDER BY account_id, respondent, a.answered_at DESC, a.response DESC LIMIT 1 BY account_id, respondent)
  GROUP BY account_id`

const invoices = ({ state }: Asked): string => `
  SELECT account_id, maxIf(due_on, counts) AS newest, countIf(counts) AS n, countIf(counts AND paid_on <= due_on + 3) / n AS in_time,
    countIf(paid_on > d AND due_on BETWEEN d - 180 AND d - 61) AS late
  FROM (SELECT account_id, due_on, paid_on, day <= d AND until > d AS counts FROM ${from({ state }, 'invoice')} AND (until > d OR paid_on > d)) GROUP BY account_id`

const champions = `
  SELECT account_id, countIf(champion) > 0 AND countIf(champion AND (isNull(left_on) OR left_on > d)) = 0 AND maxIf(left_on, champion) >= d - 90 AS gone
  FROM (SELECT account_id, contact_id, argMax(is_champion, at) AS champion, argMax(tuple(toDate32(left_at)), at).1 AS left_on
    FROM (SELECT account_id, contact_id, effective_at AS at, argMax(is_champion, recorded_at) AS is_champion, argMax(tuple(left_at), recorded_at).1 AS left_at
      FROM fact_contact WHERE effective_at < d + 1 GROUP BY account_id, contact_id, at) GROUP BY account_id, contact_id)
  GROUP BY account_id`

/** The scores of all customers by the usual model, in one statement over the ledgers. */
export const scoresByHand = (asked: Asked): string => `
  WITH ${dayList([asked.day])}[1] AS d,
    (SELECT max(day) FROM ${from(asked, 'usage_day')} AND day <= d) AS newest_use,
    (SELECT max(created_on) FROM ${from(asked, 'ticket')} AND created_on <= d) AS newest_ticket
  SELECT account_id, least(weighted, if(leaves, 10, 100), if(lets_end AND NOT leaves, 29, 100), if(late > 0, 40, 100), if(critical > 0, 60, 100), if(gone, 60, 100),
    if(is_long AND seats >= 5 AND seen AND first <= d - 89 AND dateDiff('day', newest_use, d) <= 14 AND users < seats / 2, 59, 100)) AS score
  FROM (
    SELECT c.account_id AS account_id, c.seats AS seats, c.leaves AS leaves, c.lets_end AS lets_end, u.first AS first, u.users AS users, i.late AS late, t.critical AS critical,
      p.gone AS gone, l.account_id != '' AS is_long, u.account_id != '' AS seen,
      seen AND dateDiff('day', newest_use, d) <= 14 AS has_use,
      dateDiff('day', newest_ticket, d) <= 30 AND seats > 0 AND (t.opened > 0 OR (has_use AND u.days > 0)) AS has_tickets,
      r.account_id != '' AS has_answers,
      i.n > 0 AND dateDiff('day', i.newest, d) <= 60 + 31 * greatest(0, c.interval_of - 1) AS has_bills,
      100 * t.opened / greatest(seats, 20) AS rate,
      40 * has_use + 20 * has_tickets + 20 * has_answers + 20 * has_bills AS known,
      (40 * has_use * ${line('toFloat64(u.days)', [
        [0, 0],
        [4, 30],
        [12, 70],
        [20, 100],
      ])} + 20 * has_tickets * ${line('rate', [
        [0, 100],
        [2, 90],
        [10, 40],
        [20, 0],
      ])} + 20 * has_answers * 10 * r.mean + 20 * has_bills * ${line('ifNotFinite(i.in_time, 0)', [
        [0.5, 0],
        [0.8, 50],
        [1, 100],
      ])}) / known AS weighted
    FROM (${contracts(asked)}) AS c
    LEFT JOIN (${uses(asked)}) AS u ON u.account_id = c.account_id
    LEFT JOIN (${tickets(asked)}) AS t ON t.account_id = c.account_id
    LEFT JOIN (${responses(asked)}) AS r ON r.account_id = c.account_id
    LEFT JOIN (${invoices(asked)}) AS i ON i.account_id = c.account_id
    LEFT JOIN (${champions}) AS p ON p.account_id = c.account_id
    LEFT JOIN (SELECT DISTINCT account_id FROM ${from(asked, 'subscription_day')} AND mrr > 0 AND day <= d - 180) AS l ON l.account_id = c.account_id)
  WHERE known >= 50`
