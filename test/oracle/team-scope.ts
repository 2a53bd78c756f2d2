import type { NullReason } from '../../src/kernel/words/reasons.ts'
import { addDays, dayOf, startOfDay } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Answer } from './answer.ts'
import { nothing } from './answer.ts'
import type { Book } from './book.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import type { FactId } from './fact-tables.ts'
import type { Scope } from './scope.ts'

const internals = new WeakMap<Book, ReadonlySet<string>>()
const internalOf = (book: Book): ReadonlySet<string> => {
  const found = internals.get(book) ?? new Set(book.facts.account.filter((row) => cell(row, 'is_internal') === 'true').map((row) => cell(row, 'account_id')))
  internals.set(book, found)
  return found
}

/** The account that a row of any fact is counted under: null for accounts that do not count. */
export const countedAs = (book: Book, row: Row): string | null => {
  const account = book.rootOf(cell(row, 'account_id'))
  return internalOf(book).has(account) ? null : account
}

/** Whether the question's filters keep an account, known by a subscription or not. */
export const keepsAccount = (scope: Scope, account: string): boolean =>
  Object.entries(scope.question.where ?? {}).every(([dimension, values]) => values.includes(scope.value(account, dimension)))

/** Rows of a fact of accounts in the question, with the account they count under. */
export const rowsOf = (scope: Scope, fact: FactId): { account: string; row: Row }[] =>
  scope.book.facts[fact].flatMap((row) => {
    const account = countedAs(scope.book, row)
    return account !== null && keepsAccount(scope, account) ? [{ account, row }] : []
  })

export const zoneDay = (scope: Scope, instant: string): Day | null => (instant === '' ? null : dayOf(new Date(instant), scope.book.settings.time_zone))

/** The day after the last that counts; far away when all does. */
export const knownUntil = (scope: Scope): Day => (scope.book.asOf === null ? '2031-01-02' : addDays(scope.book.asOf, 1))
export const midnight = (scope: Scope, day: Day): number => startOfDay(day, scope.book.settings.time_zone).getTime()
export const within = (scope: Scope, day: Day | null): boolean => day !== null && day >= scope.from && day < scope.until

/** A time that was reached, or still runs. */
export interface Watched {
  readonly time: number
  readonly reached: boolean
}

function quantile(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN]
  return low + (high - low) * (at - Math.floor(at))
}

/** The product-limit estimate: the first time at which no more than half is left. */
function halfReached(watched: readonly Watched[]): number | null {
  let left = 1
  for (const time of [...new Set(watched.filter(({ reached }) => reached).map((each) => each.time))].sort((a, b) => a - b)) {
    const atRisk = watched.filter((each) => each.time >= time).length
    left *= 1 - watched.filter((each) => each.reached && each.time === time).length / atRisk
    if (left <= 0.5 + 1e-12) return time
  }
  return null
}

/** Median with 90th percentile; with more than a twentieth still open, the time by which half have got there. */
export function medianAnswer(watched: readonly Watched[], reason: NullReason, counting = true): Answer {
  const reached = watched
    .filter((each) => each.reached)
    .map(({ time }) => time)
    .sort((a, b) => a - b)
  const open = watched.length - reached.length
  const answer = (value: number | null, null_reason: NullReason | null): Answer => ({
    value,
    exact: null,
    numerator: reached.length,
    denominator: null,
    n: reached.length,
    null_reason,
    parts: { open, p90: reached.length === 0 ? null : quantile(reached, 0.9) },
  })
  if (reached.length === 0) return nothing(reason, { open })
  if (!counting || open <= 0.05 * watched.length) return answer(quantile(reached, 0.5), null)
  const half = halfReached(watched)
  return answer(half, half === null ? 'half_not_reached' : null)
}
