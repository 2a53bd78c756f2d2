import { param, sql } from '../../kernel/sql.ts'
import { TREND, saidOnce } from '../../ledgers/health-said.ts'
import { defineRowSet } from '../kit/row-set.ts'
import { NEEDS_SCORES, closes, sixDecimals, saidAtClose } from './said-of-customers.ts'

const { weeks, least } = TREND
const number = (n: number) => param('Int32', n)

/** The slope of each two weeks; their median is the slope of Theil and Sen. */
const SLOPES = sql`arraySort(arrayFlatten(arrayMap(a -> arrayMap(b -> (tupleElement(b, 2) - tupleElement(a, 2)) / (tupleElement(b, 1) - tupleElement(a, 1)),
      arrayFilter(b -> tupleElement(b, 1) > tupleElement(a, 1), scores)), scores)))`

export const scoreTrends = defineRowSet({
  id: 'score_trends',
  says: 'One row per customer of whom something was said at the last close at or before the end of the period, with the slope of its scores on that day and the same day of the seven weeks before.',
  columns: {
    day: { name: 'Said at the close of', kind: 'day' },
    score: { name: 'Health', kind: 'number' },
    slope: { name: 'Points a week', kind: 'number' },
    weeks: { name: 'Weeks with a score', kind: 'number' },
    arr: { name: 'ARR', kind: 'money' },
    is_lived: { name: 'Said on its day', kind: 'boolean' },
  },
  needs: NEEDS_SCORES,
  rows(frame) {
    const ladder = sql`SELECT period, toInt32(week) AS week, addDays(day, -7 * (${number(weeks - 1)} - toInt32(week))) AS day
      FROM (${closes(frame)}) ARRAY JOIN range(${number(weeks)}) AS week`
    // Of each day what was lived counts before what was worked out later.
    const weekly = sql`SELECT account_id, day, tupleElement(argMax(said, is_lived), 1) AS weekly_score, max(is_lived) AS lived FROM (
        SELECT account_id, day, is_lived, tuple(score) AS said FROM (${saidOnce(['score'], sql`day IN (SELECT day FROM (${ladder}))`)}))
      GROUP BY account_id, day`
    return sql`
    SELECT p.period AS period, p.account_id AS account_id, p.day AS day, p.score AS score, ${sixDecimals(sql`p.said_arr`)} AS arr,
      length(w.scores) AS weeks, p.is_lived AND w.all_lived AS is_lived,
      if(weeks < ${number(least)}, NULL, toNullable((w.slopes[intDiv(length(w.slopes) + 1, 2)] + w.slopes[intDiv(length(w.slopes), 2) + 1]) / 2)) AS slope
    FROM (SELECT * EXCEPT (arr), arr AS said_arr FROM (${saidAtClose(frame, ['score', 'arr'])})) AS p
    LEFT JOIN (
      SELECT period, account_id, groupArrayIf((week, assumeNotNull(score)), isNotNull(score)) AS scores, min(is_lived) AS all_lived, ${SLOPES} AS slopes
      FROM (SELECT l.period AS period, s.account_id AS account_id, l.week AS week, s.weekly_score AS score, s.lived AS is_lived
        FROM (${weekly}) AS s INNER JOIN (${ladder}) AS l ON l.day = s.day)
      GROUP BY period, account_id) AS w ON w.period = p.period AND w.account_id = p.account_id`
  },
})
