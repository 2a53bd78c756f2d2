import { businessCalendar } from '../facts/business-calendar.ts'
import { holiday } from '../facts/holiday.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'

const [FIRST, END] = [trusted("toDate32('2000-01-01')"), trusted("toDate32('2050-01-01')")]
const HOURS = trusted(String.raw`'(\\d{1,2})(?::(\\d{2}))?\\s*(?:-|–|to)\\s*(\\d{1,2})(?::(\\d{2}))?'`)

/** Seconds to add to an instant (seconds since 1970) to read the wall clock of the zone in the column `zone`. */
const offset = (at: string): string => `toInt64(toUnixTimestamp(toDateTime(toString(toDateTime(${at}, 'UTC'), zone), 'UTC'))) - (${at})`

/**
 * The instant of a wall-clock time, both in seconds. A time that a clock change skips is read with the offset before the
 * change, one that occurs twice is its first occurrence (RFC 5545).
 */
const instantOf = (wall: string, name: string): Sql =>
  trusted(`${wall} - (${offset(`${wall} - 86400`)}) AS ${name}_before, ${wall} - (${offset(`${wall} + 86400`)}) AS ${name}_after,
    if(${name}_before + ${offset(`${name}_before`)} = ${wall} OR ${name}_after + ${offset(`${name}_after`)} != ${wall}, ${name}_before, ${name}_after) AS ${name}`)

/**
 * Hours of every calendar as instants, with the business time that has passed before each. The business time between two
 * instants is then the difference of two readings of this clock. The calendar '' is the usual one.
 */
export const businessTimeLedger = defineLedger({
  id: 'business_time',
  says: 'One stretch of opening hours of one business calendar, from 2000 to 2049, holidays left out.',
  placement: 'everywhere',
  isLookup: true,
  columns: {
    calendar_id: { type: 'String', says: 'The calendar; empty for the usual one' },
    opens: { type: "DateTime64(3, 'UTC')", says: 'When it opens' },
    closes: { type: "DateTime64(3, 'UTC')", says: 'When it closes' },
    before: { type: 'Int64', says: 'Milliseconds of business time before it' },
  },
  orderBy: ['calendar_id', 'opens'],
  after: [],
  derive: ({ facts, settings }) => sql`
    WITH
      versions AS (
        SELECT calendar_id, if(time_zone IN (SELECT time_zone FROM system.time_zones), time_zone, ${param('String', settings.time_zone)}) AS zone,
          toDate32(substring(toString(toDateTime(effective_at, 'UTC'), zone), 1, 10)) AS holds_from, [monday, tuesday, wednesday, thursday, friday, saturday, sunday] AS week
        FROM (${facts(businessCalendar)}) ORDER BY effective_at DESC, recorded_at DESC LIMIT 1 BY calendar_id, holds_from),
      spans AS (
        SELECT *, leadInFrame(holds_from, 1, ${END}) OVER (PARTITION BY calendar_id ORDER BY holds_from ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS holds_until
        FROM versions),
      shut AS (SELECT calendar_id AS of, day FROM (${facts(holiday)})),
      opened AS (
        SELECT calendar_id, zone, day, week[toDayOfWeek(day)] AS hours
        FROM spans ARRAY JOIN arrayMap(i -> addDays(greatest(holds_from, ${FIRST}), i), range(toUInt32(greatest(0, dateDiff('day', greatest(holds_from, ${FIRST}), least(holds_until, ${END})))))) AS day
        WHERE hours != '' AND (calendar_id, day) NOT IN (SELECT of, day FROM shut) AND day NOT IN (SELECT day FROM shut WHERE of = '')),
      parts AS (
        SELECT calendar_id, zone, day, part.1 AS opens_at, least(part.2, 1440) AS closes_at,
          ifNull(max(closes_at) OVER (PARTITION BY calendar_id, day ORDER BY opens_at, closes_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS taken
        FROM opened ARRAY JOIN arrayMap(g -> (toUInt32(g[1]) * 60 + toUInt32OrZero(g[2]), toUInt32(g[3]) * 60 + toUInt32OrZero(g[4])), extractAllGroupsVertical(hours, ${HOURS})) AS part),
      walls AS (
        SELECT calendar_id, zone, toInt64(toInt32(day)) * 86400 + greatest(opens_at, taken) * 60 AS wall_opens, toInt64(toInt32(day)) * 86400 + closes_at * 60 AS wall_closes
        FROM parts WHERE closes_at > greatest(opens_at, taken)),
      instants AS (SELECT calendar_id, ${instantOf('wall_opens', 'opened')}, ${instantOf('wall_closes', 'closed')} FROM walls),
      usual AS (
        SELECT if(has(groupUniqArray(calendar_id), ${param('String', settings.support_calendar)}), ${param('String', settings.support_calendar)}, min(calendar_id)) AS id FROM instants),
      named AS (
        SELECT calendar_id, opened, closed FROM instants
        UNION ALL SELECT '' AS calendar_id, opened, closed FROM (SELECT opened, closed FROM instants WHERE calendar_id = (SELECT id FROM usual)))
    SELECT calendar_id, fromUnixTimestamp64Milli(opened * 1000, 'UTC') AS opens, fromUnixTimestamp64Milli(closed * 1000, 'UTC') AS closes,
      sum((closed - opened) * 1000) OVER (PARTITION BY calendar_id ORDER BY opened ROWS UNBOUNDED PRECEDING) - (closed - opened) * 1000 AS before
    FROM named WHERE closed > opened`,
})
