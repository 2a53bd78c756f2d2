import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { AccountFacts, Use } from './account-facts.ts'
import type { LicenceUse } from './caps.ts'
import { seatsOn } from './caps.ts'
import { inForce, isPaying } from './contracts.ts'
import type { Circumstances } from './decisions.ts'
import type { HealthModel } from './model.ts'
import { inputsOf } from './model.ts'
import { WINDOWS, readResponses, readInvoices, readTickets, readUse } from './readings.ts'
import type { Readings } from './score.ts'

/** What is known of the whole workspace on a day. */
export interface Fleet {
  /** First day on which any use was recorded; warnings that rest on scores wait for the days after it. */
  readonly first_use: Day | null
  readonly newest_use: Day | null
  readonly newest_ticket: Day | null
  readonly has_responses: boolean
  readonly has_invoices: boolean
}

/** One account on one day, by facts known at one moment. */
export interface AccountDay {
  readonly day: Day
  /** The day on which windows of use end. */
  readonly until: Day
  readonly facts: AccountFacts
  readonly fleet: Fleet
  readonly circumstances?: Circumstances | undefined
}

export const usesBetween = (use: readonly Use[], from: Day, until: Day): Use[] => use.filter(({ day }) => day >= from && day <= until)

const daysOf = (use: readonly Use[]): Set<Day> => new Set(use.map(({ day }) => day))
const usersOf = (use: readonly Use[]): Set<string> => new Set(use.map(({ user }) => user))

/** Days with use in so many days up to one. */
export const activeDays = (use: readonly Use[], until: Day, days: number): number => daysOf(usesBetween(use, addDays(until, 1 - days), until)).size
export const activeUsers = (use: readonly Use[], until: Day, days: number): number => usersOf(usesBetween(use, addDays(until, 1 - days), until)).size

/** The first day on which an account paid. */
export const customerSince = ({ contracts }: Pick<AccountFacts, 'contracts'>, day: Day): Day | null =>
  contracts.reduce<Day | null>((first, contract) => {
    const paid = contract.find((terms) => terms.from <= day && isPaying(terms))?.from
    return paid !== undefined && (first === null || paid < first) ? paid : first
  }, null)

export const mrrOn = ({ contracts }: Pick<AccountFacts, 'contracts'>, day: Day): number =>
  contracts.reduce((sum, contract) => sum + (inForce(contract, day)?.mrr ?? 0), 0)

/** How long the use of an account must be known to say that seats are not used. */
const KNOWN_USE = 90

/** Null where use is not known for long enough, or its source fell silent. */
export function licenceUseOf({ day, until, facts, fleet }: AccountDay, maxAge: number): LicenceUse | null {
  const seats = seatsOn(facts.contracts, day)
  const isAlive = fleet.newest_use !== null && daysBetween(fleet.newest_use, day) <= maxAge
  const first = facts.use[0]?.day
  if (seats === 0 || !isAlive || first === undefined || first > addDays(until, 1 - KNOWN_USE)) return null
  return { users: activeUsers(facts.use, until, KNOWN_USE), seats }
}

const ageOf = (newest: Day | null, day: Day): number | null => (newest === null ? null : Math.max(0, daysBetween(newest, day)))

/** The four inputs that every model starts from, read from the facts of one account. */
export function readingsOf({ day, until, facts, fleet }: AccountDay, model: HealthModel): Readings {
  const ages = new Map(inputsOf(model.families).map(({ id, max_age }) => [id, max_age]))
  const ageFor = (id: string): number => ages.get(id) ?? Infinity
  const usage = readUse(
    {
      source_age: ageOf(fleet.newest_use, day),
      was_seen: facts.use.some((use) => use.day <= until),
      active_days: activeDays(facts.use, until, WINDOWS.use),
    },
    ageFor('usage'),
  )
  const opened = facts.tickets.filter((ticket) => !ticket.is_merged && ticket.opened_on <= day && ticket.opened_on > addDays(day, -WINDOWS.tickets)).length
  const interval = Math.max(1, ...facts.contracts.map((contract) => inForce(contract, day)?.interval_months ?? 1))
  return {
    usage,
    support: readTickets({ source_age: ageOf(fleet.newest_ticket, day), seats: seatsOn(facts.contracts, day), opened }, usage, ageFor('support')),
    feedback: readResponses({ is_connected: fleet.has_responses, responses: facts.responses }, day, ageFor('feedback')),
    billing: readInvoices({ is_connected: fleet.has_invoices, invoices: facts.invoices, interval_months: interval }, day, ageFor('billing')),
  }
}
