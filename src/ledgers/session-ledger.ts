import { usageEvent } from '../facts/usage-event.ts'
import type { Settings } from '../kernel/settings.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'
import { eventsOfUse } from './use-events.ts'

/**
 * The sessions of the events: one user's events with no gap between them longer than the setting. The events must hold
 * whole sessions; those that are cut off at the first or last day given must be left out by their day.
 */
export function sessionsOf(events: Sql, settings: Settings): Sql {
  const gap = sql`toIntervalMinute(${param('UInt32', Number(settings.session_gap_minutes))})`
  const ofUser = sql`PARTITION BY account_id, user_id ORDER BY occurred_at, source, source_id`
  return sql`
  SELECT account_id, user_id, min(occurred_at) AS started_at, min(day) AS started_on,
    dateDiff('millisecond', started_at, max(occurred_at)) AS milliseconds, count() AS events,
    argMin(platform, (occurred_at, source, source_id)) AS platform, argMin(user_role, (occurred_at, source, source_id)) AS user_role,
    arraySort(groupUniqArray(product)) AS products, arraySort(groupUniqArray(feature)) AS features
  FROM (
    SELECT *, sum(begins) OVER (${ofUser} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS number
    FROM (
      SELECT *, row_number() OVER w = 1 OR occurred_at > lagInFrame(occurred_at, 1) OVER w + ${gap} AS begins
      FROM (${events}) WINDOW w AS (${ofUser} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)))
  GROUP BY account_id, user_id, number`
}

/** How many local days the gap of a session can reach over: one more than its length, since a zone may have left out a day. */
const gapDays = (settings: Settings): Sql => param('Int32', 1 + Math.ceil(Number(settings.session_gap_minutes) / (24 * 60)))

const ENDED_AT = 'started_at + toIntervalMillisecond(milliseconds)'
const endedOn = (settings: Settings): Sql => localDay({ settings }, ENDED_AT)
const daysFrom = (first: Sql, last: Sql): Sql => sql`arrayMap(n -> toDate32('1970-01-01') + n, range(toInt32(${first}), toInt32(${last}) + 1))`

/**
 * An event that comes or goes may begin a session on its day or the next, and lengthens, joins or parts those that reach it.
 */
function reachedSessions(changed: Sql, before: Sql, settings: Settings): Sql {
  const gap = gapDays(settings)
  const days = sql`SELECT day FROM (${changed})`
  return sql`
    SELECT DISTINCT account_id, arrayJoin(${daysFrom(sql`day`, sql`day + ${gap}`)}) AS day FROM (${changed})
    UNION DISTINCT
    SELECT DISTINCT account_id, started_on AS day
    FROM (
      SELECT account_id, started_on, arrayJoin(${daysFrom(sql`started_on - ${gap}`, sql`${endedOn(settings)} + ${gap}`)}) AS near
      FROM (${before}) WHERE started_on <= (SELECT max(day) FROM (${days})) + ${gap}
        AND toDate32(${trusted(ENDED_AT)}) >= (SELECT min(day) FROM (${days})) - ${gap} - 1)
    WHERE (account_id, near) IN (${changed})`
}

/** All days from where the first session may begin to where the last one of them ends, and those the gap reaches back to. */
const neededForSessions = (reached: Sql, before: Sql, settings: Settings): Sql => sql`
  SELECT account_id, arrayJoin(${daysFrom(sql`first - ${gapDays(settings)}`, sql`last`)}) AS day
  FROM (
    SELECT account_id, min(starts) AS first, max(ends) AS last
    FROM (
      SELECT account_id, day AS starts, day AS ends FROM (${reached})
      UNION ALL
      SELECT account_id, started_on AS starts, ${endedOn(settings)} AS ends FROM (${before})
      WHERE started_on BETWEEN (SELECT min(day) FROM (${reached})) AND (SELECT max(day) FROM (${reached})) AND (account_id, started_on) IN (${reached}))
    GROUP BY account_id)`

/** Raw accounts, as in `usage_day`. A session is cut by neither midnight nor month: it belongs to the day it started. */
export const sessionLedger = defineLedger({
  id: 'session',
  says: 'One session: events of one user with no long gap between them.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account as sources name it' },
    user_id: { type: 'String', says: 'The user' },
    started_at: { type: "DateTime64(3, 'UTC')", says: 'First event' },
    started_on: { type: 'Date32', says: 'Local day of the first event' },
    milliseconds: { type: 'UInt64', says: 'From the first to the last event' },
    events: { type: 'UInt32', says: 'Events' },
    platform: { type: 'LowCardinality(String)', says: 'Platform of the first event' },
    user_role: { type: 'LowCardinality(String)', says: 'Role of the user at the first event' },
    products: { type: 'Array(LowCardinality(String))', says: 'Products that were used' },
    features: { type: 'Array(LowCardinality(String))', says: 'Features that were used' },
  },
  orderBy: ['account_id', 'user_id', 'started_at'],
  after: [accountLedger],
  accountDays: { fact: usageEvent, day: 'started_on', reached: reachedSessions, needed: neededForSessions },
  derive: (from) => sessionsOf(eventsOfUse(from), from.settings),
})
