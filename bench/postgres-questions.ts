import type { Asked } from './clickhouse-questions.ts'

/**
 * The same questions in plain SQL over a plain schema (`postgres-side.ts`). Of several forms (self-joins of balances,
 * lateral look-ups, month grids) the fastest that was found: sums per account and month, then running sums.
 */
export const first = ({ boundaries }: Asked): string => boundaries[0] ?? ''
export const last = ({ boundaries }: Asked): string => boundaries.at(-1) ?? ''
export const months = ({ boundaries }: Asked): number => boundaries.length - 1

/** The month a day lies in, 1 for the first; 0 for all days before. */
export const month = (asked: Asked): string => {
  const start = new Date(`${first(asked)}T00:00:00Z`)
  return `greatest(0, (extract(year FROM day) * 12 + extract(month FROM day))::int - ${start.getUTCFullYear() * 12 + start.getUTCMonth()})`
}

const boundaries = (asked: Asked): string => `boundary AS MATERIALIZED (
    SELECT i, (date '${first(asked)}' + make_interval(months => i))::date AS at FROM generate_series(0, ${months(asked)}) AS i),
  rates AS MATERIALIZED (SELECT b.i, r.currency, r.rate FROM boundary AS b JOIN rate AS r ON r.day < b.at AND r.until >= b.at)`

/** Balances of each account and currency when each month opens (i = 0 ...) and closes (i + 1). */
const held = (asked: Asked): string => `monthly AS (
    SELECT account_id, currency, ${month(asked)} AS i, sum(native) AS change FROM movement WHERE day < '${last(asked)}' GROUP BY 1, 2, 3),
  running AS (
    SELECT account_id, currency, i, sum(change) OVER w AS mrr, lead(i, 1, ${months(asked) + 1}) OVER w AS until FROM monthly
    WINDOW w AS (PARTITION BY account_id, currency ORDER BY i)),
  held AS (
    SELECT account_id, currency, n AS i, mrr, lead(mrr) OVER (PARTITION BY account_id, currency ORDER BY n) AS after
    FROM running, generate_series(i, until - 1) AS n)`

/** The segment an account was in as a day began. */
export const segmentWhen = (day: string): string => `s.day < ${day} AND s.until >= ${day}`

export const mrr = (asked: Asked): string => `
  WITH ${boundaries(asked)},
    monthly AS (SELECT currency, ${month(asked)} AS i, sum(native) AS change FROM movement WHERE day < '${last(asked)}' GROUP BY 1, 2)
  SELECT r.i, sum(m.change * r.rate) AS mrr FROM rates AS r JOIN monthly AS m ON m.currency = r.currency AND m.i <= r.i WHERE r.i > 0 GROUP BY r.i ORDER BY r.i`

export const mrrBySegment = (asked: Asked): string => `
  WITH ${boundaries(asked)}, ${held(asked)}
  SELECT s.value AS segment, h.i, sum(h.mrr * r.rate) AS mrr FROM held AS h
  JOIN rates AS r ON r.i = h.i AND r.currency = h.currency JOIN boundary AS b ON b.i = h.i
  JOIN segment AS s ON s.account_id = h.account_id AND ${segmentWhen('b.at')}
  WHERE h.i > 0 AND h.mrr > 0 GROUP BY 1, 2 ORDER BY 1, 2`

export const movements = (asked: Asked): string => `
  SELECT ${month(asked)} AS i, kind, abs(sum(amount)) AS total FROM movement
  WHERE day >= '${first(asked)}' AND day < '${last(asked)}' AND kind <> 'none' GROUP BY 1, 2 ORDER BY 1, 2`

export const movementsBySegment = (asked: Asked): string => `
  SELECT s.value AS segment, ${month(asked).replaceAll('day', 'm.day')} AS i, m.kind, abs(sum(m.amount)) AS total FROM movement AS m
  JOIN segment AS s ON s.account_id = m.account_id AND ${segmentWhen("date_trunc('month', m.day)::date")}
  WHERE m.day >= '${first(asked)}' AND m.day < '${last(asked)}' AND m.kind <> 'none' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`

const opened = (asked: Asked): string => `${boundaries(asked)}, ${held(asked)},
  opened AS (
    SELECT h.account_id, h.i, sum(h.mrr * r.rate) AS opening, sum(h.after * r.rate) AS closing FROM held AS h
    JOIN rates AS r ON r.i = h.i AND r.currency = h.currency WHERE h.i < ${months(asked)} AND h.mrr > 0 GROUP BY 1, 2)`

const RETAINED = `sum(opening) AS opening, sum(closing) AS kept, sum(least(opening, closing)) AS gross, count(*) AS customers, count(*) FILTER (WHERE closing > 0) AS stayed`

export const retention = (asked: Asked): string => `WITH ${opened(asked)} SELECT i + 1 AS i, ${RETAINED} FROM opened GROUP BY i ORDER BY i`

export const retentionBySegment = (asked: Asked): string => `
  WITH ${opened(asked)} SELECT s.value AS segment, o.i + 1 AS i, ${RETAINED} FROM opened AS o JOIN boundary AS b ON b.i = o.i
  JOIN segment AS s ON s.account_id = o.account_id AND ${segmentWhen('b.at')} GROUP BY 1, 2 ORDER BY 1, 2`

export const cohorts = (asked: Asked): string => `
  WITH turns AS (
      SELECT account_id, kind, day, lead(day, 1, date '2299-12-31') OVER (PARTITION BY account_id ORDER BY day) AS until
      FROM (SELECT DISTINCT account_id, day, kind FROM movement WHERE kind IN ('new', 'churn', 'reactivation')) AS t),
    joined AS (SELECT account_id, day AS on, ${month(asked)} AS i FROM turns WHERE kind = 'new' AND day >= '${first(asked)}' AND day < '${last(asked)}'),
    aged AS (SELECT j.i, j.account_id, age, (j.on + make_interval(months => age))::date AS at FROM joined AS j, generate_series(0, ${months(asked)}) AS age)
  SELECT a.i, a.age, count(*) FILTER (WHERE a.age = 0 OR t.kind <> 'churn') AS kept FROM aged AS a
  LEFT JOIN turns AS t ON t.account_id = a.account_id AND t.day <= a.at AND t.until > a.at
  GROUP BY 1, 2 HAVING max(a.at) < '${last(asked)}' ORDER BY 1, 2`
