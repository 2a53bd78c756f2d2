import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { SurveyResponse, Invoice } from './account-facts.ts'
import type { BuiltInReading } from './operand.ts'
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

/** What the people of an account answered, put together. */
export interface RespondedLately {
  /** Day of the newest response up to the day; null where there never was one. */
  readonly newest: Day | null
  /** People whose latest response of the window up to the day counts, and the mean of these on 0 to 10. */
  readonly n: number
  readonly mean: number
  /** The same mean of the window that ended with the newest response. */
  readonly mean_then: number
}

export interface RawResponses extends RespondedLately {
  readonly is_connected: boolean
}

/** The last invoices of which can be said whether they were paid in time. */
export interface DueLately {
  readonly newest_due: Day | null
  readonly n: number
  readonly in_time: number
}

export interface RawInvoices extends DueLately {
  readonly is_connected: boolean
  /** Months of the longest billing interval in force. */
  readonly interval_months: number
}

export const WINDOWS = { use: 28, tickets: 30, responses: 180 } as const
/** Below so many seats a rate for 100 seats says too much of one ticket. */
const LEAST_SEATS = 20
/** Days after it was due on which an invoice is still paid in time, and how many of the last are looked at. */
export const INVOICES = { grace: 3, last: 12 } as const
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
export function latestResponses(responses: readonly SurveyResponse[], from: Day, until: Day): SurveyResponse[] {
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

/** Responses of an account, those after the day left out. */
export function respondedLately(responses: readonly SurveyResponse[], day: Day): RespondedLately {
  const newest = responses.reduce<Day | null>((last, response) => (response.day <= day && (last === null || response.day > last) ? response.day : last), null)
  const latest = (until: Day): number[] => latestResponses(responses, addDays(until, 1 - WINDOWS.responses), until).map(toTen)
  if (newest === null) return { newest, n: 0, mean: 0, mean_then: 0 }
  const now = latest(day)
  return { newest, n: now.length, mean: now.length === 0 ? 0 : mean(now), mean_then: mean(latest(newest)) }
}

export function readResponses({ is_connected, newest, n, mean: value, mean_then }: RawResponses, day: Day, maxAge: number): Reading {
  if (!is_connected) return { missing: 'not_connected' }
  if (newest === null) return { missing: 'no_answers' }
  const age = daysBetween(newest, day)
  return age >= WINDOWS.responses || age > maxAge ? { missing: 'stale', last: { value: mean_then, age } } : { value, age, n }
}

const byDueDay = (a: Invoice, b: Invoice): number => (a.due_on === b.due_on ? (a.id < b.id ? -1 : 1) : a.due_on < b.due_on ? -1 : 1)

/** Invoices of an account, once it can be said whether they were paid in time. */
/** The last invoices of which it can be said whether they were paid in time, by the day on which they were due. */
export const judgedInvoices = (invoices: readonly Invoice[], day: Day): Invoice[] =>
  invoices
    .filter(({ due_on, status }) => status !== 'void' && status !== 'draft' && addDays(due_on, INVOICES.grace) <= day)
    .sort(byDueDay)
    .slice(-INVOICES.last)

export const wasPaidInTime = ({ due_on, paid_on }: Pick<Invoice, 'due_on' | 'paid_on'>): boolean =>
  paid_on !== null && paid_on <= addDays(due_on, INVOICES.grace)

export function dueLately(invoices: readonly Invoice[], day: Day): DueLately {
  const due = judgedInvoices(invoices, day)
  return { newest_due: due.at(-1)?.due_on ?? null, n: due.length, in_time: due.filter(wasPaidInTime).length }
}

export function readInvoices({ is_connected, newest_due, n, in_time, interval_months }: RawInvoices, day: Day, maxAge: number): Reading {
  if (!is_connected) return { missing: 'not_connected' }
  if (newest_due === null) return { missing: 'none_due' }
  const [value, age] = [in_time / n, daysBetween(newest_due, day)]
  const max_age = maxAge + DAYS_OF_A_MONTH * Math.max(0, interval_months - 1)
  return age > max_age ? { missing: 'stale', last: { value, age } } : { value, age, n, max_age }
}

/** Raw values of all that the product reads by itself. */
export interface RawReadings {
  readonly use: RawUse
  readonly tickets: RawTickets
  readonly responses: RawResponses
  readonly invoices: RawInvoices
}

/** `useAge`: how old use may be, which tickets are held against. */
export function readBuiltIn(raw: RawReadings, of: BuiltInReading, day: Day, { maxAge, useAge }: { readonly maxAge: number; readonly useAge: number }): Reading {
  switch (of) {
    case 'usage':
      return readUse(raw.use, maxAge)
    case 'support':
      return readTickets(raw.tickets, readUse(raw.use, useAge), maxAge)
    case 'feedback':
      return readResponses(raw.responses, day, maxAge)
    case 'billing':
      return readInvoices(raw.invoices, day, maxAge)
  }
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
