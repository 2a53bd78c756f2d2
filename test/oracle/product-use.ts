import { addDays } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { count, nothing, ratio } from './answer.ts'
import type { Answer } from './answer.ts'
import type { AccountBook } from './book.ts'
import { isCustomer, scopeOf } from './scope.ts'
import type { Scope } from './scope.ts'
import { sessionsIn, usesOf } from './use-events.ts'
import type { Session, Use } from './use-events.ts'

/** The days before the end, as a period of its own: accounts have the dimensions of its end. */
export const windowOf = (scope: Scope, length: number): Scope =>
  scopeOf(scope.book, { ...scope.question, from: addDays(scope.until, -length), until: scope.until }, scope.moment)

export const usesIn = (scope: Scope): Use[] => {
  const accounts = new Set(scope.accounts.map(({ account }) => account))
  return usesOf(scope.book, scope.question).filter((use) => accounts.has(use.account) && use.day >= scope.from && use.day < scope.until)
}
const sessionsOf = (scope: Scope): Session[] => {
  const accounts = new Set(scope.accounts.map(({ account }) => account))
  return sessionsIn(scope.book, scope.question).filter((session) => accounts.has(session.account) && session.day >= scope.from && session.day < scope.until)
}
export const distinct = <Item>(items: readonly Item[], of: (item: Item) => unknown): number => new Set(items.map((item) => JSON.stringify(of(item)))).size
export const usersOf = (uses: readonly Use[]): number => distinct(uses, (use) => [use.account, use.user])

const activeUsers = (scope: Scope): Answer => count(usersOf(usesIn(windowOf(scope, Number(scope.option('window_days', '28'))))))

function stickiness(scope: Scope): Answer {
  const uses = usesIn(windowOf(scope, 28))
  const users = usersOf(uses)
  const days = distinct(uses, (use) => [use.account, use.user, use.day])
  return ratio(days, users * 28, 'no_users', users)
}

function visitFrequency(scope: Scope): Answer {
  const window = windowOf(scope, 28)
  const users = usersOf(usesIn(window))
  return ratio(sessionsOf(window).length, users * 4, 'no_users', users)
}

function sessionTime(scope: Scope): Answer {
  const sessions = sessionsOf(windowOf(scope, 28))
  // In whole milliseconds: the sum is the same in any order.
  const milliseconds = sessions.reduce((sum, { minutes }) => sum + Math.round(minutes * 60_000), 0)
  return ratio(milliseconds / 60_000, sessions.length, 'no_sessions', sessions.length)
}

export const customersAtEnd = (scope: Scope): AccountBook[] => scope.accounts.filter((account) => isCustomer(scope, account, scope.until))

/** */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

function activeDays(scope: Scope): Answer {
  const window = windowOf(scope, 28)
  const customers = customersAtEnd(window)
  if (customers.length === 0) return nothing('no_customers')
  const all = usesOf(scope.book, scope.question).filter((use) => use.day < window.until)
  if (!customers.some(({ account }) => all.some((use) => use.account === account))) return nothing('source_not_connected')
  const days = customers.map(({ account }) =>
    distinct(
      all.filter((use) => use.account === account && use.day >= window.from),
      (use) => use.day,
    ),
  )
  return { value: medianOf(days), exact: null, numerator: days.length, denominator: null, n: days.length, null_reason: null, parts: {} }
}

function usageTrend(scope: Scope): Answer {
  const uses = usesIn(windowOf(scope, 56))
  const middle: Day = addDays(scope.until, -28)
  const [now, before] = [uses.filter((use) => use.day >= middle).length, uses.filter((use) => use.day < middle).length]
  if (before < 20) return nothing('too_few_events')
  return { value: now / before - 1, exact: null, numerator: now, denominator: before, n: before, null_reason: null, parts: {} }
}

export const productUseMetrics = {
  active_users: activeUsers,
  stickiness,
  visit_frequency: visitFrequency,
  avg_session_time: sessionTime,
  active_days_28: activeDays,
  usage_trend: usageTrend,
}
