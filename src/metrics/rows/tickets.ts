import { businessTimeLedger } from '../../ledgers/business-time-ledger.ts'
import { ticketLedger } from '../../ledgers/ticket-ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { startOfDay } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Measure } from '../kit/metric.ts'
import { withheld } from '../kit/value.ts'
import type { Form } from '../kit/value.ts'
import { bySetting } from '../kit/option.ts'
import type { Options } from '../kit/option.ts'
import { atEnds, defineRowSet, inPeriods, optionOf } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'

const INSTANT = "DateTime64(3, 'UTC')"
const NEVER = "toDate32('2299-12-31')"
const FAR = trusted(NEVER)
const KEPT = trusted('account_id, ticket_id, subject, channel, priority, category, team, agent, created_on')

const described: RowSet['columns'] = {
  ticket_id: { name: 'Ticket', kind: 'text' },
  subject: { name: 'Subject', kind: 'text' },
  channel: { name: 'Channel', kind: 'text' },
  priority: { name: 'Priority', kind: 'text' },
  agent: { name: 'Agent', kind: 'text' },
  created_on: { name: 'Opened', kind: 'day' },
}

/** What tickets can be told apart by beside their account (docs/definitions.md#dimension-sets). */
const own = { channel: 'channel', priority: 'priority', category: 'category', team: 'team', agent: 'agent' }

const CLOCK = {
  clock: bySetting('support_clock', 'calendar: all hours; business: only the hours of the ticket’s business calendar, holidays left out'),
} satisfies Options

const BY = {
  by: { says: 'reply: tickets answered in the period; creation: those opened in it', fallback: 'reply', choices: ['reply', 'creation'] },
} satisfies Options

/** A measure of tickets whose time is not known by the clock that is asked for. */
export const unclocked = (of: RowSet, when = 'isNull(minutes)'): Measure => ({
  of,
  each: when,
  label: 'Without business time: their calendar is not known, or not from so early on',
  kind: 'count',
})

/** The value, with the reason why there is none where tickets were left out for want of a calendar. */
export const clocked = (value: Form): Form => withheld(value, 'no_business_time', [value.under ?? value.over ?? '', '=', 0], ['unclocked', '>', 0])

const isBusiness = (frame: Frame): boolean => optionOf(frame, 'clock') === 'business'
const either = (frame: Frame, calendar: string, business: string): Sql => trusted(isBusiness(frame) ? business : calendar)

const target = (frame: Frame): Sql => param('Float64', Number(optionOf(frame, 'target_minutes')))

const placed = elementsOf('placed', ['place', 'reading'])

/** Minutes from `since` (business clock: `since_clock`) to local midnight at which days begin; null in business time where the calendar is not known. */
function ageAt(frame: Frame, days: readonly Day[], place: Sql): { readonly source: Sql; readonly minutes: Sql } {
  const instants = param(
    `Array(${INSTANT})`,
    days.map((day) => startOfDay(day, frame.settings.time_zone).toISOString().slice(0, -1)),
  )
  if (!isBusiness(frame)) return { source: sql``, minutes: sql`(toUnixTimestamp64Milli(${instants}[${place}]) - toUnixTimestamp64Milli(since)) / 60000` }
  const hours = frame.ledger(businessTimeLedger)
  const source = sql`LEFT JOIN (
    SELECT calendar_id AS read_calendar, arrayMap(placed -> ${placed.reading}, arraySort(groupArray((place, reading)))) AS readings
    FROM (
      SELECT e.calendar_id AS calendar_id, e.place AS place,
        if(b.calendar_id = e.calendar_id AND b.closes > toDateTime64(0, 3, 'UTC'),
          b.before + (toUnixTimestamp64Milli(least(e.end, b.closes)) - toUnixTimestamp64Milli(b.opens)), 0) AS reading
      FROM (SELECT calendar_id, end, place FROM (SELECT DISTINCT calendar_id FROM (${hours}))
        ARRAY JOIN ${instants} AS end, arrayEnumerate(${instants}) AS place) AS e
      ASOF LEFT JOIN (${hours}) AS b ON b.calendar_id = e.calendar_id AND b.opens <= e.end)
    GROUP BY calendar_id) AS clocks ON read_calendar = toString(calendar_id)`
  return { source, minutes: sql`(readings[${place}] - since_clock) / 60000` }
}

/** The times in which a person's first reply may be waited for: since the opening, and since the reopening after a bot's answer. */
const WAITS = trusted(`arrayConcat([(created_on, if(length(solved_on) > 0, solved_on[1], ${NEVER}), created_at, created_clock)],
  if(asked_after = 0, [], [(reopened_on[asked_after], if(length(solved_on) > asked_after, solved_on[asked_after + 1], ${NEVER}), asked_at, asked_clock)]))`)
const WAIT = ['day', 'until', 'since', 'since_clock'] as const
const [wait, w] = [elementsOf('wait', WAIT), elementsOf('w', WAIT)]
/** From an opening or reopening to the solve after it. */
const stretch = elementsOf('stretch', ['day', 'until'])

/** Answered in the period, or waiting for the first reply at its end. A ticket that was solved without a reply waits no more. */
function byReply(frame: Frame): Sql {
  const tickets = frame.ledger(ticketLedger)
  const replied = inPeriods(frame, sql`assumeNotNull(replied_on)`)
  const waiting = atEnds(frame)
  const age = ageAt(
    frame,
    frame.periods.map(({ until }) => until),
    sql`period + 1`,
  )
  return sql`
    SELECT ${replied.period} AS period, ${KEPT}, replied_on, 1 AS answered, ${either(frame, 'reply_minutes', 'reply_business_minutes')} AS minutes
    FROM (SELECT * FROM (${tickets}) WHERE isNotNull(replied_on)) ${replied.rest}
    UNION ALL
    SELECT period, ${KEPT}, NULL AS replied_on, 0 AS answered, ${age.minutes} AS minutes
    FROM (
      SELECT ${waiting.period} AS period, ${KEPT}, since, since_clock, calendar_id
      FROM (
        SELECT *, ${wait.day} AS day, least(ifNull(replied_on, ${FAR}), ${wait.until}) AS until, ${wait.since} AS since, ${wait.since_clock} AS since_clock
        FROM (${tickets}) ARRAY JOIN ${WAITS} AS wait) ${waiting.rest}
    ) AS w ${age.source}`
}

/** Opened in the period, answered since or still waiting. */
function byCreation(frame: Frame): Sql {
  const { period, rest } = inPeriods(frame, sql`created_on`)
  const asOf = param('Date32', frame.asOf)
  const age = ageAt(frame, [frame.asOf], sql`1`)
  return sql`
    SELECT period, ${KEPT}, if(answered, replied, NULL) AS replied_on, answered,
      if(answered, ${either(frame, 'reply_minutes', 'reply_business_minutes')}, ${age.minutes}) AS minutes
    FROM (
      SELECT ${period} AS period, ${KEPT}, ${wait.since} AS since, ${wait.since_clock} AS since_clock, calendar_id, replied_on AS replied,
        reply_minutes, reply_business_minutes, ifNull(replied < ${asOf}, 0) AS answered, ${wait.until} < ${asOf} AS solved
      FROM (SELECT *, arrayLast(w -> ${w.day} < ${asOf}, ${WAITS}) AS wait FROM (${frame.ledger(ticketLedger)})) ${rest}
    ) AS c ${age.source} WHERE answered OR NOT solved`
}

export const ticketReplies = defineRowSet({
  id: 'ticket_replies',
  says: 'One row per ticket that got its first public reply by a person in the period, or waited for it at the end.',
  columns: {
    ...described,
    replied_on: { name: 'First reply', kind: 'day' },
    answered: { name: 'Answered', kind: 'boolean' },
    minutes: { name: 'Minutes', kind: 'number' },
  },
  own,
  options: { ...CLOCK, ...BY },
  rows: (frame) => (optionOf(frame, 'by') === 'creation' ? byCreation(frame) : byReply(frame)),
})

/** The same, with whether the reply came within the target, or is overdue. */
export const slaReplies = defineRowSet({
  ...ticketReplies,
  id: 'sla_replies',
  columns: { ...ticketReplies.columns, within: { name: 'Within the target', kind: 'boolean' } },
  options: { ...CLOCK, target_minutes: bySetting('first_response_target_minutes', 'Minutes for the first reply'), ...BY },
  rows: (frame) => sql`
    SELECT *, isNotNull(minutes) AND answered AND ifNull(minutes, 0) <= ${target(frame)} AS within,
      isNotNull(minutes) AND (answered OR ifNull(minutes, 0) > ${target(frame)}) AS due FROM (${ticketReplies.rows(frame)})`,
})

/** The solves and reopenings up to the last day that counts. */
const solvedSoFar = (frame: Frame): Sql => sql`
  SELECT *, arrayCount(d -> d < ${param('Date32', frame.asOf)}, solved_on) AS solves,
    arrayCount(d -> d < ${param('Date32', frame.asOf)}, reopened_on) AS reopenings
  FROM (${frame.ledger(ticketLedger)}) WHERE length(solved_on) > 0`

/** An element of an array of lengths of time, null where the array has none. */
const element = (array: Sql, place: string): Sql => sql`if(length(${array}) >= ${trusted(place)}, toNullable(${array}[${trusted(place)}]), NULL)`

export const ticketsSolved = defineRowSet({
  id: 'tickets_solved',
  says: 'One row per ticket that was solved for the last time in the period and is still solved.',
  columns: {
    ...described,
    solved_last_on: { name: 'Solved', kind: 'day' },
    times_solved: { name: 'Times solved', kind: 'number' },
    minutes: { name: 'Minutes to the last solve', kind: 'number' },
    waited: { name: 'Minutes with the team', kind: 'number' },
  },
  own,
  options: CLOCK,
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`solved_last_on`)
    return sql`
    SELECT ${period} AS period, ${KEPT}, solved_last_on, times_solved, minutes, waited
    FROM (
      SELECT ${KEPT}, solved_on[solves] AS solved_last_on, solves AS times_solved,
        ${element(either(frame, 'solve_minutes', 'solve_business_minutes'), 'solves')} AS minutes,
        ${element(either(frame, 'wait_minutes', 'wait_business_minutes'), 'solves')} AS waited
      FROM (${solvedSoFar(frame)}) WHERE solves > reopenings) ${rest}`
  },
})

export const ticketsFirstSolved = defineRowSet({
  id: 'tickets_first_solved',
  says: 'One row per ticket that was solved for the first time in the period, reopened since or not.',
  columns: {
    ...described,
    solved_first_on: { name: 'First solved', kind: 'day' },
    reopenings: { name: 'Times reopened since', kind: 'number' },
    minutes: { name: 'Minutes to the first solve', kind: 'number' },
  },
  own,
  options: CLOCK,
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`solved_first_on`)
    return sql`
    SELECT ${period} AS period, ${KEPT}, solved_first_on, reopenings, minutes
    FROM (
      SELECT ${KEPT}, solved_on[1] AS solved_first_on, reopenings, ${element(either(frame, 'solve_minutes', 'solve_business_minutes'), '1')} AS minutes
      FROM (${solvedSoFar(frame)}) WHERE solves > 0) ${rest}`
  },
})

export const openTickets = defineRowSet({
  id: 'open_tickets',
  says: 'One row per ticket that is not solved at the end of the period, with its age since it was opened.',
  columns: { ...described, minutes: { name: 'Age in minutes', kind: 'number' } },
  own,
  options: CLOCK,
  rows(frame) {
    const { period, rest } = atEnds(frame)
    const age = ageAt(
      frame,
      frame.periods.map(({ until }) => until),
      sql`period + 1`,
    )
    return sql`
    SELECT period, ${KEPT}, ${age.minutes} AS minutes
    FROM (
      SELECT ${period} AS period, ${KEPT}, created_at AS since, created_clock AS since_clock, calendar_id
      FROM (
        SELECT *, ${stretch.day} AS day, ${stretch.until} AS until FROM (${frame.ledger(ticketLedger)})
        ARRAY JOIN arrayZip(arrayPushFront(reopened_on, created_on),
          arraySlice(arrayPushBack(solved_on, ${FAR}), 1, length(reopened_on) + 1)) AS stretch) ${rest}
    ) AS o ${age.source}`
  },
})

export const ticketsOpened = defineRowSet({
  id: 'tickets_opened',
  says: 'One row per ticket that was opened in the period.',
  columns: described,
  own,
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`created_on`)
    return sql`SELECT ${period} AS period, ${KEPT} FROM (${frame.ledger(ticketLedger)}) ${rest}`
  },
})
