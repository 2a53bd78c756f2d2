import type { Day } from '../../src/kernel/period.ts'
import { count, ratio } from './answer.ts'
import type { Answer } from './answer.ts'
import { businessTime } from './business-time.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { usersOf, usesIn, windowOf } from './product-use.ts'
import type { Scope } from './scope.ts'
import { knownUntil, medianAnswer, midnight, rowsOf, within, zoneDay } from './team-scope.ts'
import type { Watched } from './team-scope.ts'

interface Told {
  readonly at: number
  readonly status: string
  readonly by: string
}

/** A stretch in which a person's first reply is waited for. */
interface Wait {
  readonly from: number
  readonly until: number
}

/** One ticket as it went: instants in milliseconds. */
interface Ticket {
  readonly created: number
  readonly reply: number | null
  /** The last begins when the first reply was asked for. */
  readonly waits: readonly Wait[]
  readonly solves: readonly number[]
  readonly reopenings: readonly number[]
  /** Null where no change of status is known. */
  readonly steps: readonly Told[] | null
  readonly calendar: string | null
}

const ms = (row: Row, column: string): number | null => (cell(row, column) === '' ? null : Date.parse(cell(row, column)))
const isDone = (status: string): boolean => status === 'solved' || status === 'closed'

/** The first public reply by a person; the one with which an agent opened the ticket is none. */
function firstReply(row: Row, events: readonly Row[], created: number): number | null {
  const replies = events
    .filter((event) => cell(event, 'kind') === 'reply' && ['', 'public'].includes(cell(event, 'visibility')) && ['', 'agent'].includes(cell(event, 'author')))
    .map((event) => ms(event, 'happened_at') ?? 0)
  if (replies.length === 0) {
    const said = ms(row, 'first_reply_at')
    return said !== null && said >= created ? said : null
  }
  const byAgent = cell(row, 'created_by') === 'agent'
  const answers = replies.filter((at) => (byAgent ? at > created : at >= created))
  return answers.length === 0 ? null : Math.min(...answers)
}

function changes(events: readonly Row[], created: number): Told[] {
  const key = (event: Row) => [ms(event, 'happened_at') ?? 0, cell(event, 'event_id').length, cell(event, 'event_id'), cell(event, 'status')] as const
  const less = (a: ReturnType<typeof key>, b: ReturnType<typeof key>): number => {
    for (let i = 0; i < 4; i++) if (a[i] !== b[i]) return (a[i] ?? 0) < (b[i] ?? 0) ? -1 : 1
    return 0
  }
  return events
    .filter((event) => cell(event, 'kind') === 'status' && cell(event, 'status') !== '')
    .map((event) => ({ key: key(event), status: cell(event, 'status'), by: cell(event, 'author') }))
    .sort((a, b) => less(a.key, b.key))
    .map(({ key: [at], status, by }) => ({ at: Math.max(at, created), status, by }))
}

/** Without changes of status the export's own dates stand for them; a ticket that came back counts as open from its first solve. */
function summary(row: Row, created: number): Told[] {
  const [first, last] = [ms(row, 'first_solved_at'), ms(row, 'solved_at')]
  const told: Omit<Told, 'by'>[] = []
  if (first !== null) told.push({ at: first, status: 'solved' })
  if (first !== null && (last === null || last > first)) told.push({ at: first, status: 'open' })
  if (last !== null && (first === null || last > first)) told.push({ at: last, status: 'solved' })
  return told.map(({ at, status }) => ({ at: Math.max(at, created), status, by: '' }))
}

/** One wait from the opening to the first solve; another from each return of a customer whom a bot had answered and dismissed, up to the first reply. */
function waitsOf(
  turns: readonly (Told & { readonly is: boolean; readonly was: boolean })[],
  events: readonly Row[],
  created: number,
  reply: number | null,
): Wait[] {
  const solves = turns.filter(({ is, was }) => is && !was)
  const returns = turns.filter(({ is, was }) => was && !is)
  const bots = events
    .filter((event) => cell(event, 'kind') === 'reply' && ['', 'public'].includes(cell(event, 'visibility')) && cell(event, 'author') === 'automatic')
    .map((event) => ms(event, 'happened_at') ?? 0)
  const waits: Wait[] = [{ from: created, until: solves[0]?.at ?? Infinity }]
  returns.forEach(({ at }, i) => {
    const solve = solves[i]
    if (solve?.by !== 'automatic' || (reply !== null && at > reply)) return
    if (bots.some((bot) => bot >= created && bot <= solve.at)) waits.push({ from: at, until: solves[i + 1]?.at ?? Infinity })
  })
  return waits
}

function ticketOf(scope: Scope, row: Row, events: readonly Row[]): Ticket {
  const created = Date.parse(cell(row, 'created_at'))
  const known = changes(events, created)
  const steps = known.length > 0 ? known : summary(row, created)
  const turns = steps.map((step, i) => ({ ...step, is: isDone(step.status), was: i > 0 && isDone(steps[i - 1]?.status ?? '') }))
  const reply = firstReply(row, events, created)
  return {
    created,
    reply,
    waits: waitsOf(turns, events, created, reply),
    steps: known.length > 0 ? known : null,
    solves: turns.filter(({ is, was }) => is && !was).map(({ at }) => at),
    reopenings: turns.filter(({ is, was }) => was && !is).map(({ at }) => at),
    calendar: businessTime(scope.book).calendarOf(cell(row, 'calendar_id')),
  }
}

/** Tickets in the question; one that was merged into another is no ticket of its own. */
function tickets(scope: Scope): Ticket[] {
  const events = rowsOf(scope, 'ticket_event')
  return rowsOf(scope, 'ticket')
    .filter(({ row }) => ['', cell(row, 'ticket_id')].includes(cell(row, 'merged_into')))
    .map(({ account, row }) =>
      ticketOf(
        scope,
        row,
        events.filter((event) => event.account === account && cell(event.row, 'ticket_id') === cell(row, 'ticket_id')).map((event) => event.row),
      ),
    )
}

const day = (scope: Scope, at: number): Day => zoneDay(scope, new Date(at).toISOString()) ?? ''

/** Minutes between two instants by the clock the question names; null in business time where no calendar is known. */
function minutes(scope: Scope, ticket: Ticket, from: number, until: number): number | null {
  if (scope.option('clock', scope.book.settings.support_clock) === 'calendar') return (until - from) / 60_000
  const { begins, between } = businessTime(scope.book)
  // Of a ticket that came before its calendar began, no business time is known.
  return ticket.calendar === null || ticket.created < begins(ticket.calendar) ? null : between(ticket.calendar, from, until) / 60_000
}

/** Leaves out what has no time, counts it, and says so where nothing is left. */
function clocked<Item extends { readonly time: number | null }>(
  found: readonly Item[],
  answer: (timed: (Item & { readonly time: number })[]) => Answer,
): Answer {
  const timed = found.filter((each): each is Item & { readonly time: number } => each.time !== null)
  const unclocked = found.length - timed.length
  const { parts, null_reason, ...rest } = answer(timed)
  const isForWant = unclocked > 0 && ['no_replies', 'none_solved', 'none_due'].includes(null_reason ?? '')
  return { ...rest, null_reason: isForWant ? 'no_business_time' : null_reason, parts: { ...parts, unclocked } }
}

/** Tickets answered in the period or waiting at its end; or, by creation, those opened in it. */
function replies(scope: Scope): { time: number | null; reached: boolean }[] {
  const byCreation = scope.option('by', 'reply') === 'creation'
  const end = byCreation ? knownUntil(scope) : scope.until
  return tickets(scope).flatMap((ticket) => {
    const answered = ticket.reply !== null && day(scope, ticket.reply) < end
    const begun = ticket.waits.filter(({ from }) => day(scope, from) < end)
    const wait = answered ? ticket.waits.at(-1) : begun.at(-1)
    if (wait === undefined) return []
    const open = wait.until === Infinity || day(scope, wait.until) >= end
    const counts = byCreation ? within(scope, day(scope, ticket.created)) && (answered || open) : answered ? within(scope, day(scope, ticket.reply ?? 0)) : open
    return counts ? [{ time: minutes(scope, ticket, wait.from, answered ? (ticket.reply ?? 0) : midnight(scope, end)), reached: answered }] : []
  })
}

const firstResponseTime = (scope: Scope): Answer => clocked(replies(scope), (timed) => medianAnswer(timed, 'no_replies'))

function firstResponseSla(scope: Scope): Answer {
  const target = Number(scope.option('target_minutes', scope.book.settings.first_response_target_minutes))
  return clocked(replies(scope), (timed) => {
    const due = timed.filter(({ time, reached }) => reached || time > target)
    return ratio(due.filter(({ time, reached }) => reached && time <= target).length, due.length, 'none_due', due.length)
  })
}

interface Solved {
  readonly ticket: Ticket
  readonly at: number
}

const upTo = (scope: Scope, instants: readonly number[]): number[] => instants.filter((at) => day(scope, at) < knownUntil(scope))

/** Tickets whose last solve, as far as is known, lies in the period and which were not reopened since. */
const solvedForGood = (scope: Scope): Solved[] =>
  tickets(scope).flatMap((ticket) => {
    const solves = upTo(scope, ticket.solves)
    const at = solves.at(-1)
    return at === undefined || solves.length <= upTo(scope, ticket.reopenings).length || !within(scope, day(scope, at)) ? [] : [{ ticket, at }]
  })

const firstSolved = (scope: Scope): Solved[] =>
  tickets(scope).flatMap((ticket) => (ticket.solves[0] !== undefined && within(scope, day(scope, ticket.solves[0])) ? [{ ticket, at: ticket.solves[0] }] : []))

const inHours = (time: number | null): { time: number | null; reached: boolean } => ({ time: time === null ? null : time / 60, reached: true })
const resolution =
  (of: (scope: Scope) => Solved[]) =>
  (scope: Scope): Answer =>
    clocked(
      of(scope).map(({ ticket, at }) => inHours(minutes(scope, ticket, ticket.created, at))),
      (timed) => medianAnswer(timed, 'none_solved'),
    )

/** Time until the last solve in which the ticket lay with the team. */
function waited(scope: Scope, { ticket, at }: Solved): number | null {
  if (ticket.steps === null) return null
  let sum = 0
  let before: Told = { at: ticket.created, status: 'new', by: '' }
  for (const step of ticket.steps) {
    const part = minutes(scope, ticket, before.at, Math.min(step.at, at))
    if (part === null) return null
    if (before.at < at && ['new', 'open', 'on_hold'].includes(before.status)) sum += part
    before = step
  }
  return sum
}

/** Without changes of status it is not known with whom a ticket lay, whatever the clock. */
function requesterWaitTime(scope: Scope): Answer {
  const solved = solvedForGood(scope)
  const answer = clocked(
    solved.map(({ ticket, at }) => inHours(minutes(scope, ticket, ticket.created, at))),
    () =>
      medianAnswer(
        solved.map((each) => inHours(waited(scope, each))).filter((each): each is Watched => each.time !== null),
        'none_solved',
      ),
  )
  return answer
}

function reopenRate(scope: Scope): Answer {
  const solved = firstSolved(scope)
  return ratio(solved.filter(({ ticket }) => upTo(scope, ticket.reopenings).length > 0).length, solved.length, 'none_solved', solved.length)
}

const backlog = (scope: Scope): Answer =>
  count(
    tickets(scope).filter((ticket) => {
      const before = (instants: readonly number[]): number => instants.filter((at) => day(scope, at) < scope.until).length
      return day(scope, ticket.created) < scope.until && before(ticket.solves) <= before(ticket.reopenings)
    }).length,
  )

/** Tickets opened in 30 days for each hundred users active in them. */
function supportIntensity(scope: Scope): Answer {
  const window = windowOf(scope, 30)
  const users = usersOf(usesIn(window))
  const opened = tickets(window).filter((ticket) => within(window, day(window, ticket.created))).length
  const answer = ratio(opened, users, 'no_active_users', opened)
  return { ...answer, value: answer.value === null ? null : 100 * answer.value }
}

export const ticketMetrics = {
  first_response_time: firstResponseTime,
  first_response_sla: firstResponseSla,
  full_resolution_time: resolution(solvedForGood),
  first_resolution_time: resolution(firstSolved),
  requester_wait_time: requesterWaitTime,
  reopen_rate: reopenRate,
  backlog,
  support_intensity: supportIntensity,
}
