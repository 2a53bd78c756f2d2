import { businessCalendar } from '../facts/business-calendar.ts'
import { holiday } from '../facts/holiday.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'
import type { Derivation } from './ledger.ts'
import { elementsOf } from './tuple.ts'

const [FIRST, END] = [trusted("toDate32('2000-01-01')"), trusted("toDate32('2050-01-01')")]
const SPAN = String.raw`(\\d{1,2})(?::(\\d{2}))?\\s*(?:-|–|to)\\s*(\\d{1,2})(?::(\\d{2}))?`
const HOURS = trusted(`'${SPAN}'`)
/** Hours as the import stores them now, and as it stored them before it could read hours. */
const READABLE = trusted(`'^(?:${SPAN}(?:[\\\\s,;/&]+|$))*$'`)

/** Seconds to add to an instant (seconds since 1970) to read the wall clock of the zone in the column `zone`. */
const offset = (at: string): string => `toInt64(toUnixTimestamp(toDateTime(toString(toDateTime(${at}, 'UTC'), zone), 'UTC'))) - (${at})`

/**
 * The instant of a wall-clock time, both in seconds. A time that a clock change skips is read with the offset before the
 * change, one that occurs twice is its first occurrence (RFC 5545).
 */
const instantOf = (wall: string, name: string): Sql =>
  trusted(`${wall} - (${offset(`${wall} - 86400`)}) AS ${name}_before, ${wall} - (${offset(`${wall} + 86400`)}) AS ${name}_after,
    if(${name}_before + ${offset(`${name}_before`)} = ${wall} OR ${name}_after + ${offset(`${name}_after`)} != ${wall}, ${name}_before, ${name}_after) AS ${name}`)

/** Minutes of the local day between which it is open; one that closes before it opens closes on the next day. */
const opening = elementsOf('opening', ['from', 'until'])
const ZONES = trusted('(SELECT time_zone FROM system.time_zones)')

/** Versions of calendars with the hours of each day; `is_clear` where these and the zone can be read. */
const told = ({ facts, settings }: Derivation): Sql => sql`
  SELECT calendar_id, effective_at, recorded_at, if(time_zone IN ${ZONES}, time_zone, ${param('String', settings.time_zone)}) AS zone,
    toDate32(substring(toString(toDateTime(effective_at, 'UTC'), zone), 1, 10)) AS holds_from,
    arrayMap((own, shared) -> multiIf(own = '', shared, own = 'closed', '', own), [monday, tuesday, wednesday, thursday, friday, saturday, sunday],
    splitByChar('|', if(hours = '', '||||||', hours))) AS week,
    (time_zone = '' OR time_zone IN ${ZONES}) AND arrayAll(h -> match(h, ${READABLE}), week) AS is_clear
  FROM (${facts(businessCalendar)})`

/**
 * Hours of every calendar as instants, with the business time that has passed before each. The business time between two
 * instants is then the difference of two readings of this clock. A stretch without length stands where a calendar begins:
 * of what was before, no business time is known. The calendar '' is the usual one.
 */
export const businessTimeLedger = defineLedger({
  id: 'business_time',
  says: 'One stretch of opening hours of one business calendar, from 2000 to 2049, holidays left out; none of a calendar whose hours or zone cannot be read.',
  placement: 'everywhere',
  isLookup: true,
  columns: {
    calendar_id: { type: 'String', says: 'The calendar; empty for the usual one' },
    opens: { type: "DateTime64(3, 'UTC')", says: 'When it opens' },
    closes: { type: "DateTime64(3, 'UTC')", says: 'When it closes; when it opens where a calendar begins' },
    before: { type: 'Int64', says: 'Milliseconds of business time before it' },
  },
  orderBy: ['calendar_id', 'opens'],
  after: [],
  derive: (from) => {
    const { support_calendar } = from.settings
    const usual = support_calendar === '' ? sql`(SELECT min(calendar_id) FROM merged)` : param('String', support_calendar)
    return sql`
    WITH
      told AS (${told(from)}),
      clear AS (
        SELECT * FROM told WHERE calendar_id NOT IN (SELECT calendar_id FROM told WHERE NOT is_clear)
        ORDER BY effective_at DESC, recorded_at DESC LIMIT 1 BY calendar_id, holds_from),
      spans AS (
        SELECT *, leadInFrame(holds_from, 1, ${END}) OVER (PARTITION BY calendar_id
          ORDER BY holds_from ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS holds_until FROM clear),
      shut AS (SELECT calendar_id AS of, day FROM (${from.facts(holiday)})),
      opened AS (
        SELECT calendar_id, zone, day, week[toDayOfWeek(day)] AS hours
        FROM spans ARRAY JOIN arrayMap(i -> addDays(greatest(holds_from, ${FIRST}), i),
          range(toUInt32(greatest(0, dateDiff('day', greatest(holds_from, ${FIRST}), least(holds_until, ${END})))))) AS day
        WHERE hours != '' AND (calendar_id, day) NOT IN (SELECT of, day FROM shut) AND day NOT IN (SELECT day FROM shut WHERE of = '')),
      openings AS (
        SELECT calendar_id, zone, day, ${opening.from} AS opens_at,
          if(${opening.until} <= ${opening.from}, ${opening.until} + 1440, ${opening.until}) AS closes_at
        FROM opened ARRAY JOIN arrayMap(g -> (toUInt32(g[1]) * 60 + toUInt32OrZero(g[2]), toUInt32(g[3]) * 60 + toUInt32OrZero(g[4])),
          extractAllGroupsVertical(hours, ${HOURS})) AS opening),
      walls AS (
        SELECT calendar_id, zone, toInt64(toInt32(day)) * 86400 + opens_at * 60 AS wall_opens,
          toInt64(toInt32(day)) * 86400 + closes_at * 60 AS wall_closes FROM openings
        UNION ALL SELECT calendar_id, argMin(zone, holds_from), toInt64(toInt32(greatest(min(holds_from), ${FIRST}))) * 86400 AS begins, begins FROM spans
          GROUP BY calendar_id HAVING calendar_id IN (SELECT calendar_id FROM openings)),
      instants AS (SELECT calendar_id, ${instantOf('wall_opens', 'opened')}, ${instantOf('wall_closes', 'closed')} FROM walls),
      apart AS (
        SELECT calendar_id, greatest(opened, ifNull(max(closed)
          OVER (PARTITION BY calendar_id ORDER BY opened, closed ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), opened)) AS opens, closed AS closes
        FROM instants),
      merged AS (SELECT calendar_id, opens AS opened, max(closes) AS closed FROM apart WHERE closes >= opens GROUP BY calendar_id, opens),
      named AS (
        SELECT calendar_id, opened, closed FROM merged
        UNION ALL SELECT '' AS calendar_id, opened, closed FROM (SELECT opened, closed FROM merged WHERE calendar_id = ${usual}))
    SELECT calendar_id, fromUnixTimestamp64Milli(opened * 1000, 'UTC') AS opens, fromUnixTimestamp64Milli(closed * 1000, 'UTC') AS closes,
      sum((closed - opened) * 1000) OVER (PARTITION BY calendar_id ORDER BY opened ROWS UNBOUNDED PRECEDING) - (closed - opened) * 1000 AS before
    FROM named`
  },
})
