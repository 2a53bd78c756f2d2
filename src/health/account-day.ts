import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { AccountFacts, Use } from './account-facts.ts'
import type { LicenceUse } from './caps.ts'
import { seatsOn } from './caps.ts'
import { inForce, isPaying } from './contracts.ts'
import type { Circumstances } from './decisions.ts'
import type { HealthModel } from './model.ts'
import { inputsOf } from './model.ts'
import type { Operand } from './operand.ts'
import { operandKey } from './operand.ts'
import type { RawMetric, RawReadings } from './readings.ts'
import { WINDOWS, dueLately, readBuiltIn, readMetric, respondedLately } from './readings.ts'
import type { Reading, Readings } from './score.ts'

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
  /** What metrics say of the account, by operands as they are written. Those that are not there were not read. */
  readonly metrics?: Readonly<Record<string, RawMetric>> | undefined
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
export const KNOWN_USE = 90

/** Of the use of one account, as far as licences ask. */
export interface SeatsUsed {
  /** First day with use of all. */
  readonly first: Day | null
  /** The day on which windows of use end. */
  readonly until: Day
  /** Of the days for which use must be known. */
  readonly users: number
  readonly seats: number
}

/** Null where use is not known for long enough, or its source fell silent. */
export function licenceUse({ first, until, users, seats }: SeatsUsed, fleet: Pick<Fleet, 'newest_use'>, day: Day, maxAge: number): LicenceUse | null {
  const isAlive = fleet.newest_use !== null && daysBetween(fleet.newest_use, day) <= maxAge
  return seats === 0 || !isAlive || first === null || first > addDays(until, 1 - KNOWN_USE) ? null : { users, seats }
}

export const licenceUseOf = ({ day, until, facts, fleet }: AccountDay, maxAge: number): LicenceUse | null =>
  licenceUse(
    {
      first: facts.use[0]?.day ?? null,
      until,
      seats: seatsOn(facts.contracts, day),
      get users() {
        return activeUsers(facts.use, until, KNOWN_USE)
      },
    },
    fleet,
    day,
    maxAge,
  )

/** Days since the newest of something; null where there is none. */
export const ageOf = (newest: Day | null, day: Day): number | null => (newest === null ? null : Math.max(0, daysBetween(newest, day)))

/** What inputs and rules are read of, for one account on a day. */
export interface Readable {
  readonly day: Day
  readonly raw: RawReadings
  /** What metrics say of the account, by operands. Those that are not there were not read. */
  readonly metrics?: Readonly<Record<string, RawMetric>> | undefined
}

/** Raw values, each counted when it is asked for. */
const rawReadings = ({ day, until, facts, fleet }: AccountDay): RawReadings => ({
  get use() {
    const was_seen = facts.use.some((use) => use.day <= until)
    return { source_age: ageOf(fleet.newest_use, day), was_seen, active_days: activeDays(facts.use, until, WINDOWS.use) }
  },
  get tickets() {
    const opened = facts.tickets.filter((ticket) => !ticket.is_merged && ticket.opened_on <= day && ticket.opened_on > addDays(day, -WINDOWS.tickets)).length
    return { source_age: ageOf(fleet.newest_ticket, day), seats: seatsOn(facts.contracts, day), opened }
  },
  get responses() {
    return { is_connected: fleet.has_responses, ...respondedLately(facts.responses, day) }
  },
  get invoices() {
    const interval_months = Math.max(1, ...facts.contracts.map((contract) => inForce(contract, day)?.interval_months ?? 1))
    return { is_connected: fleet.has_invoices, ...dueLately(facts.invoices, day), interval_months }
  },
})

export const readable = (on: AccountDay): Readable => ({ day: on.day, raw: rawReadings(on), metrics: on.metrics })

/** How old use may be in a model: its first input that reads use says it. */
export const oldestUse = ({ families }: Pick<HealthModel, 'families'>): number =>
  inputsOf(families).find(({ reads }) => reads.kind === 'reading' && reads.reading === 'usage')?.max_age ?? Infinity

/** What an operand is for one account. */
export const readingOf = ({ day, raw, metrics }: Readable, reads: Operand, maxAge: number, useAge: number): Reading =>
  reads.kind === 'reading' ? readBuiltIn(raw, reads.reading, day, { maxAge, useAge }) : readMetric(metrics?.[operandKey(reads)], maxAge)

/** The inputs of a model. */
export function readingsOf(of: Readable, model: Pick<HealthModel, 'families'>): Readings {
  const useAge = oldestUse(model)
  return Object.fromEntries(inputsOf(model.families).map(({ id, reads, max_age }) => [id, readingOf(of, reads, max_age, useAge)]))
}
