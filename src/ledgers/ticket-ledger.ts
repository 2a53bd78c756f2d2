import { ticket } from '../facts/ticket.ts'
import { ticketEvent } from '../facts/ticket-event.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { businessTimeLedger } from './business-time-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import type { Derivation } from './ledger.ts'
import { elementsOf } from './tuple.ts'

/** A change of status as its event tells it, and as it counts. */
const CHANGE = ['at', 'length', 'event_id', 'status', 'author'] as const
const [c, cause] = [elementsOf('c', CHANGE), elementsOf('e.changes[i - 1]', CHANGE)]
const step = elementsOf('step', ['at', 'status'])
const placed = elementsOf('placed', ['place', 'reading'])

/** Tickets that were not merged into another: the survivor's clock is the only one that runs. */
const survivors = (from: Derivation): Sql => sql`
  SELECT *, toString(source) AS of FROM (${countedVersions(from, ticket)}) WHERE merged_into = '' OR merged_into = ticket_id
  ORDER BY recorded_at DESC, source_id LIMIT 1 BY account_id, source, ticket_id`

/** Public replies, by persons and by none, and changes of status in the order in which they came about. */
const told = (from: Derivation): Sql => sql`
  SELECT account_id, toString(source) AS of, ticket_id, groupArrayIf(happened_at, kind = 'reply' AND author = 'agent') AS replies,
    groupArrayIf(happened_at, kind = 'reply' AND author = 'automatic') AS automatic_replies,
    arraySort(groupArrayIf((happened_at, length(event_id), event_id, toString(status), toString(author)), kind = 'status')) AS changes
  FROM (${countedVersions(from, ticketEvent)})
  WHERE (kind = 'status' AND status != '') OR (kind = 'reply' AND visibility = 'public' AND author IN ('agent', 'automatic'))
  GROUP BY account_id, source, ticket_id`

/**
 * Each ticket's marks: its creation, its first reply (the creation again where there is none) and every change of status.
 * The reply with which an agent opened a ticket is not an answer to it. Without events the export's own dates stand for them;
 * of one that was solved again, when it came back is not known: it counts as open in between.
 * A bot that answered and solved it has answered: who comes back asks for a person from then on. What is merely closed
 * by the clock, without an answer, has kept its customer waiting since it was opened.
 */
const marked = (from: Derivation): Sql => sql`
  SELECT t.*, length(e.changes) > 0 AS has_changes,
    if(length(e.replies) > 0, arraySort(arrayFilter(r -> r > t.created_at OR (r = t.created_at AND t.created_by = 'customer'), e.replies)),
      if(t.first_reply_at >= t.created_at, [assumeNotNull(t.first_reply_at)], [])) AS answers,
    if(has_changes, arrayMap(c -> (greatest(${c.at}, t.created_at), ${c.status}), e.changes),
      arrayConcat(if(isNull(t.first_solved_at), [], [(greatest(assumeNotNull(t.first_solved_at), t.created_at), 'solved')]),
        if(isNotNull(t.first_solved_at) AND (isNull(t.solved_at) OR t.solved_at > t.first_solved_at),
        [(greatest(assumeNotNull(t.first_solved_at), t.created_at), 'open')], []),
        if(isNull(t.solved_at) OR (isNotNull(t.first_solved_at) AND t.solved_at <= t.first_solved_at), [],
        [(greatest(assumeNotNull(t.solved_at), t.created_at), 'solved')]))) AS steps,
    arrayConcat([t.created_at], if(length(answers) > 0, [answers[1]], [t.created_at]), arrayMap(step -> ${step.at}, steps)) AS marks,
    arrayConcat(['new'], arrayMap(step -> ${step.status}, steps)) AS states,
    arrayMap(s -> s IN ${trusted(DONE)}, states) AS done,
    arrayFilter((i, is, was) -> is AND NOT was, arrayEnumerate(done), done, arrayPopBack(arrayPushFront(done, 0))) AS solves,
    arrayFilter((i, is, was) -> was AND NOT is, arrayEnumerate(done), done, arrayPopBack(arrayPushFront(done, 0))) AS reopenings,
    arrayMap(i -> has_changes AND ${cause.author} = 'automatic' AND arrayExists(r -> r BETWEEN t.created_at AND marks[i + 1], e.automatic_replies),
    solves) AS by_bot,
    arrayLastIndex((i, bot) -> bot AND (length(answers) = 0 OR marks[i + 1] <= answers[1]), reopenings, arraySlice(by_bot, 1, length(reopenings))) AS
      asked_after,
    t.calendar_id AS calendar
  FROM (${survivors(from)}) AS t LEFT JOIN (${told(from)}) AS e ON e.account_id = t.account_id AND e.of = t.of AND e.ticket_id = t.ticket_id`

/** The readings of the business clock at the marks; none where the calendar is not known, or began after the ticket. */
const read = (from: Derivation): Sql => sql`
  SELECT account_id, of, ticket_id, arrayMap(placed -> ${placed.reading}, arraySort(groupArray((place, reading)))) AS clocks
  FROM (
    SELECT m.account_id AS account_id, m.of AS of, m.ticket_id AS ticket_id, m.place AS place,
      b.before + (toUnixTimestamp64Milli(least(m.mark, b.closes)) - toUnixTimestamp64Milli(b.opens)) AS reading
    FROM (SELECT account_id, of, ticket_id, calendar, mark, place FROM marked ARRAY JOIN marks AS mark, arrayEnumerate(marks) AS place) AS m
    ASOF INNER JOIN (${from.ledger(businessTimeLedger)}) AS b ON b.calendar_id = m.calendar AND b.opens <= m.mark)
  GROUP BY account_id, of, ticket_id HAVING min(place) = 1`

const DONE = "('solved', 'closed')"
const WAITING = "('new', 'open', 'on_hold')"

/** Minutes from the first mark to each change of status in which the ticket lay with the team. */
const waitedBy = (times: string, name: string): Sql =>
  trusted(
    `arrayCumSum(arrayMap((s, a, b) -> if(s IN ${WAITING}, (b - a) / 60000, 0), arrayPopBack(states), arrayPopBack(arrayConcat([${times}[1]], arraySlice(${times}, 3))), arraySlice(${times}, 3))) AS ${name}`,
  )

/** One row per ticket with every instant and length of time that support is measured by (docs/definitions.md#support). */
export const ticketLedger = defineLedger({
  id: 'ticket',
  says: 'One ticket with its first public reply by a person, every solve and every reopening, in all hours and in business hours.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    ticket_id: { type: 'String', says: 'The ticket' },
    subject: { type: 'String', says: 'Its subject' },
    channel: { type: 'LowCardinality(String)', says: 'How it came' },
    priority: { type: 'LowCardinality(String)', says: 'How urgent it is' },
    category: { type: 'LowCardinality(String)', says: 'What it is about' },
    team: { type: 'LowCardinality(String)', says: 'Team that works on it' },
    agent: { type: 'LowCardinality(String)', says: 'Who works on it' },
    calendar_id: { type: 'LowCardinality(String)', says: 'Business calendar; empty for the usual one' },
    created_at: { type: "DateTime64(3, 'UTC')", says: 'When it was opened' },
    created_on: { type: 'Date32', says: 'Local day on which it was opened' },
    created_clock: { type: 'Nullable(Int64)', says: 'Business clock of its calendar then, in milliseconds; null where that is not known' },
    replied_on: { type: 'Nullable(Date32)', says: 'Local day of the first public reply by a person' },
    reply_minutes: { type: 'Nullable(Float64)', says: 'Minutes to it from when a person was asked' },
    reply_business_minutes: { type: 'Nullable(Float64)', says: 'Business minutes to it; null where its calendar is not known' },
    asked_after: {
      type: 'UInt16',
      says: 'How often a bot had answered and solved it before a person was asked: the reopening that the first reply is timed from; 0 for its opening',
    },
    asked_at: { type: "DateTime64(3, 'UTC')", says: 'That instant' },
    asked_clock: { type: 'Nullable(Int64)', says: 'Business clock then, in milliseconds; null without a calendar' },
    solved_on: { type: 'Array(Date32)', says: 'Local days on which it was solved' },
    solve_minutes: { type: 'Array(Float64)', says: 'Minutes to each solve' },
    solve_business_minutes: { type: 'Array(Float64)', says: 'Business minutes to each solve; empty where its calendar is not known' },
    wait_minutes: { type: 'Array(Float64)', says: 'Minutes to each solve in which it lay with the team; empty where no event says' },
    wait_business_minutes: { type: 'Array(Float64)', says: 'The same in business minutes' },
    reopened_on: { type: 'Array(Date32)', says: 'Local days on which it was reopened: solves and reopenings take turns' },
  },
  orderBy: ['account_id', 'created_on', 'ticket_id'],
  after: [accountLedger, businessTimeLedger],
  derive: (from) => {
    const zone = param('String', from.settings.time_zone)
    const day = (instant: string): Sql => sql`toDate32(toTimeZone(${trusted(instant)}, ${zone}))`
    const at = (places: string, of: string): Sql => trusted(`arrayMap(i -> ${of}[i], ${places})`)
    return sql`
    WITH marked AS (${marked(from)})
    SELECT account_id, ticket_id, subject, channel, priority, category, team, agent, calendar_id, created_at, ${day('created_at')} AS created_on, created_clock,
      if(answered, toNullable(${day('marks[2]')}), NULL) AS replied_on,
      if(answered, toNullable(minutes[2] - minutes[asked]), NULL) AS reply_minutes,
      if(answered AND has_clock, toNullable(business[2] - business[asked]), NULL) AS reply_business_minutes,
      asked_after, marks[asked] AS asked_at, if(has_clock, toNullable(clocks[asked]), NULL) AS asked_clock,
      arrayMap(i -> ${day('marks[i + 1]')}, solves) AS solved_on, ${at('arrayMap(x -> x + 1, solves)', 'minutes')} AS solve_minutes,
      if(has_clock, ${at('arrayMap(x -> x + 1, solves)', 'business')}, []) AS solve_business_minutes,
      if(has_changes, ${at('arrayMap(x -> x - 1, solves)', 'waits')}, []) AS wait_minutes,
      if(has_changes AND has_clock, ${at('arrayMap(x -> x - 1, solves)', 'business_waits')}, []) AS wait_business_minutes,
      arrayMap(i -> ${day('marks[i + 1]')}, reopenings) AS reopened_on
    FROM (
      SELECT t.account_id AS account_id, t.ticket_id AS ticket_id, t.subject AS subject, t.channel AS channel, t.priority AS priority,
        t.category AS category, t.team AS team,
        t.agent_id AS agent, t.calendar AS calendar_id, t.created_at AS created_at, t.marks AS marks, t.steps AS steps, t.states AS states,
        t.has_changes AS has_changes,
        length(t.answers) > 0 AS answered, length(r.clocks) > 0 AS has_clock, if(has_clock, toNullable(r.clocks[1]), NULL) AS created_clock,
        arrayMap(m -> toUnixTimestamp64Milli(m), t.marks) AS millis, arrayMap(m -> (m - millis[1]) / 60000, millis) AS minutes,
        arrayMap(c -> (c - r.clocks[1]) / 60000, r.clocks) AS business,
        t.solves AS solves, t.reopenings AS reopenings, t.asked_after AS asked_after, if(asked_after = 0, 1, t.reopenings[asked_after] + 1) AS asked,
        r.clocks AS clocks,
        ${waitedBy('millis', 'waits')}, if(has_clock, r.clocks, millis) AS readings, ${waitedBy('readings', 'business_waits')}
      FROM marked AS t LEFT JOIN (${read(from)}) AS r ON r.account_id = t.account_id AND r.of = t.of AND r.ticket_id = t.ticket_id)`
  },
})
