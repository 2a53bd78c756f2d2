import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { SurveyResponse, Invoice } from './account-facts.ts'
import type { Reading } from './score.ts'

/** The raw values of the four inputs that every model starts from, as a store counts them for an account and a day. */
export interface RawUse {
  /** Days since anybody in the workspace used the product; null where no use is recorded. */
  readonly source_age: number | null
  readonly was_seen: boolean
  readonly active_days: number
}

export interface RawTickets {
  /** Days since the last ticket in the workspace; null where none is recorded. */
  readonly source_age: number | null
  readonly seats: number
  readonly opened: number
}

export interface RawResponses {
  readonly is_connected: boolean
  /** Up to the day. */
  readonly responses: readonly SurveyResponse[]
}

export interface RawInvoices {
  readonly is_connected: boolean
  readonly invoices: readonly Invoice[]
  /** Months of the longest billing interval in force. */
  readonly interval_months: number
}

export const WINDOWS = { use: 28, tickets: 30, responses: 180 } as const
/** Below so many seats a rate for 100 seats says too much of one ticket. */
const LEAST_SEATS = 20
const PAYMENT_GRACE = 3
const LAST_INVOICES = 12
const DAYS_OF_A_MONTH = 31

export function readUse({ source_age, was_seen, active_days }: RawUse, maxAge: number): Reading {
  if (source_age === null) return { missing: 'not_connected' }
  if (!was_seen) return { missing: 'never_seen' }
  return source_age > maxAge ? { missing: 'stale', last: { value: active_days, age: source_age } } : { value: active_days, age: source_age, n: 1 }
}

/** Nobody there and nobody who asks is not clear. */
export function readTickets({ source_age, seats, opened }: RawTickets, use: Reading, maxAge: number): Reading {
  if (source_age === null) return { missing: 'not_connected' }
  if (source_age > maxAge) return { missing: 'stale' }
  if (!(seats > 0)) return { missing: 'no_seats' }
  if (opened === 0 && !('value' in use && use.value > 0)) return { missing: 'silent' }
  return { value: (100 * opened) / Math.max(seats, LEAST_SEATS), age: source_age, n: 1 }
}

/** An response on 0 to 10, whatever its scale. */
const toTen = ({ score, scale: [least, most] }: SurveyResponse): number => (10 * (score - least)) / (most - least)

/** The latest response of each person in a window; whoever is not named is a person of their own. */
function latestResponses(responses: readonly SurveyResponse[], from: Day, until: Day): SurveyResponse[] {
  const latest = new Map<string, SurveyResponse>()
  for (const response of responses) {
    if (response.day < from || response.day > until) continue
    const key = response.contact === '' ? `?${response.id}` : `=${response.contact}`
    const known = latest.get(key)
    if (known === undefined || known.day <= response.day) latest.set(key, response)
  }
  return [...latest.values()]
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export function readResponses({ is_connected, responses }: RawResponses, day: Day, maxAge: number): Reading {
  if (!is_connected) return { missing: 'not_connected' }
  const newest = responses.reduce<Day | null>((last, response) => (response.day <= day && (last === null || response.day > last) ? response.day : last), null)
  if (newest === null) return { missing: 'no_answers' }
  const age = daysBetween(newest, day)
  const meanOf = (until: Day): { value: number; n: number } => {
    const latest = latestResponses(responses, addDays(until, 1 - WINDOWS.responses), until)
    return { value: mean(latest.map(toTen)), n: latest.length }
  }
  if (age >= WINDOWS.responses || age > maxAge) return { missing: 'stale', last: { value: meanOf(newest).value, age } }
  return { ...meanOf(day), age }
}

/** Whether an invoice was paid in time, once that can be said. */
export function readInvoices({ is_connected, invoices, interval_months }: RawInvoices, day: Day, maxAge: number): Reading {
  if (!is_connected) return { missing: 'not_connected' }
  const due = invoices
    .filter(({ due_on, status }) => status !== 'void' && status !== 'draft' && addDays(due_on, PAYMENT_GRACE) <= day)
    .sort((a, b) => (a.due_on < b.due_on ? -1 : 1))
    .slice(-LAST_INVOICES)
  const newest = due.at(-1)
  if (newest === undefined) return { missing: 'none_due' }
  const value = mean(due.map(({ due_on, paid_on }) => (paid_on !== null && paid_on <= addDays(due_on, PAYMENT_GRACE) ? 1 : 0)))
  const age = daysBetween(newest.due_on, day)
  const max_age = maxAge + DAYS_OF_A_MONTH * Math.max(0, interval_months - 1)
  return age > max_age ? { missing: 'stale', last: { value, age } } : { value, age, n: due.length, max_age }
}

/** What a metric says of one account on a day. */
export interface RawMetric {
  readonly value: number | null
  /** Why it says nothing, by its own definition. */
  readonly null_reason: string | null
  /** Whether any fact it counts was ever recorded. */
  readonly is_connected: boolean
  /** Days since the newest fact it rests on: of the workspace for what happens, of the account for what is answered. Null where there is none. */
  readonly age: number | null
  /** How many facts of the account it rests on; 1 where silence says as much. */
  readonly n: number
}

export function readMetric(raw: RawMetric | undefined, maxAge: number): Reading {
  if (raw === undefined || !raw.is_connected) return { missing: 'not_connected' }
  const { value, age, n } = raw
  if (value === null) return { missing: raw.null_reason ?? 'no_data' }
  if (age === null) return { missing: 'no_data' }
  return age > maxAge ? { missing: 'stale', last: { value, age } } : { value, age, n }
}
