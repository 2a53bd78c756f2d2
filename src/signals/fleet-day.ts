import type { AccountDay, Fleet } from '../health/account-day.ts'
import { mrrOn } from '../health/account-day.ts'
import type { AccountFacts } from '../health/account-facts.ts'
import type { Circumstances } from '../health/decisions.ts'
import type { AccountHistory } from '../health/history.ts'
import { factsKnownOn } from '../health/history.ts'
import type { Arrival } from '../health/known.ts'
import { completeUntil, usualLag } from '../health/known.ts'
import type { Day } from '../kernel/period.ts'
import type { UseByDay } from './season.ts'
import { numberOf, seasonalIndex, usesByDay, weeksByDay, wholeWeeksByDay } from './season.ts'

/** What all accounts have in common as it was known at the close of a day. */
export interface FleetDay {
  readonly known_by: Day
  /** First day on which any use was recorded. */
  readonly first_use: Day | null
  /** An account by what was known of it at that close, on any day up to it. */
  accountDay(facts: AccountFacts, day: Day): AccountDay
  /** How so many weeks up to a day were for everybody, the last one first. */
  season(day: Day, weeks: number): readonly number[]
}

/** Looks at every account once, in any order, and keeps little of each. */
export interface FleetSurvey {
  add(history: AccountHistory, facts: AccountFacts): void
  done(): FleetDay
}

/** As much of an account as a seasonal index needs. */
interface Surveyed {
  readonly sources: readonly string[]
  readonly use: UseByDay
  /** Days from which on another sum is paid, as numbers, and whether any is. */
  readonly terms: readonly { readonly from: number; readonly isPaid: boolean }[]
}

/** The weeks that a seasonal index can be asked for. */
const MOST_WEEKS = 13

/** Days on which something was, whichever account it was of. */
class DaysSeen {
  private readonly days = new Set<Day>()
  private sorted: Day[] | null = null

  add(day: Day): void {
    this.days.add(day)
    this.sorted = null
  }

  newest(until: Day): Day | null {
    this.sorted ??= [...this.days].sort()
    return this.sorted.findLast((day) => day <= until) ?? null
  }
}

/** When use of each source arrived, uses of one day that were recorded together counted. */
class Arrivals {
  private readonly counts = new Map<string, Map<string, Required<Arrival>>>()

  add(source: string, effective_on: Day, recorded_on: Day, events: number): void {
    const own = this.counts.get(source) ?? new Map<string, Required<Arrival>>()
    this.counts.set(source, own)
    const key = `${recorded_on} ${effective_on}`
    own.set(key, { effective_on, recorded_on, events: events + (own.get(key)?.events ?? 0) })
  }

  lags(day: Day): Map<string, number> {
    return new Map([...this.counts].map(([source, arrivals]) => [source, usualLag([...arrivals.values()], day)]))
  }
}

function termsPaid(facts: AccountFacts): Surveyed['terms'] {
  const days = new Set(facts.contracts.flatMap((contract) => contract.flatMap(({ from, ends_on }) => (ends_on === null ? [from] : [from, ends_on]))))
  return [...days].sort().map((day) => ({ from: numberOf(day), isPaid: mrrOn(facts, day) > 0 }))
}

const isPaidOn = ({ terms }: Surveyed, day: number): boolean => terms.findLast(({ from }) => from <= day)?.isPaid ?? false

/** Which accounts' use is complete up to a day, by the lags of their sources. */
interface Lags {
  until(sources: readonly string[], day: Day): Day
}

function seasonsOf(accounts: readonly Surveyed[], lags: Lags): FleetDay['season'] {
  const judged = new Map<Day, { readonly weeks: number[]; readonly whole: number }[]>()
  const judgedOn = (day: Day): { readonly weeks: number[]; readonly whole: number }[] => {
    let found = judged.get(day)
    if (found === undefined) {
      const at = numberOf(day)
      found = accounts
        .filter((account) => lags.until(account.sources, day) === day && isPaidOn(account, at))
        .map(({ use }) => ({ weeks: weeksByDay(use, at, MOST_WEEKS), whole: wholeWeeksByDay(use, at) }))
      judged.set(day, found)
    }
    return found
  }
  const seasons = new Map<string, readonly number[]>()
  return (day, weeks) => {
    const key = `${day} ${weeks}`
    let index = seasons.get(key)
    if (index === undefined) {
      const counts = judgedOn(day)
        .filter(({ whole }) => whole >= weeks)
        .map((each) => each.weeks)
      index = seasonalIndex(counts, weeks)
      seasons.set(key, index)
    }
    return index
  }
}

class Survey implements FleetSurvey {
  private readonly arrivals = new Arrivals()
  private readonly use = new DaysSeen()
  private readonly tickets = new DaysSeen()
  private readonly accounts: Surveyed[] = []
  private readonly sources = new Map<string, readonly string[]>()
  private firstUse: Day | null = null
  private firstResponse: Day | null = null
  private hasInvoices = false

  private readonly knownBy: Day
  private readonly circumstances: Circumstances | undefined

  constructor(knownBy: Day, circumstances: Circumstances | undefined) {
    this.knownBy = knownBy
    this.circumstances = circumstances
  }

  add(history: AccountHistory, facts: AccountFacts): void {
    const told = history.use.filter(({ recorded_on }) => recorded_on <= this.knownBy)
    for (const { fact, recorded_on, deleted } of told) {
      if (!deleted) this.arrivals.add(fact.source, fact.day, recorded_on, fact.events ?? 1)
      if (this.firstUse === null || recorded_on < this.firstUse) this.firstUse = recorded_on
    }
    for (const { day } of facts.use) this.use.add(day)
    for (const { opened_on } of facts.tickets) this.tickets.add(opened_on)
    const [response] = facts.responses
    if (response !== undefined && (this.firstResponse === null || response.day < this.firstResponse)) this.firstResponse = response.day
    this.hasInvoices ||= facts.invoices.length > 0
    const sources = [...new Set(told.map(({ fact }) => fact.source))]
    this.sources.set(facts.account, sources)
    if (facts.use.length > 0) this.accounts.push({ sources, use: usesByDay(facts.use), terms: termsPaid(facts) })
  }

  done(): FleetDay {
    const bySource = this.arrivals.lags(this.knownBy)
    const lags: Lags = {
      until: (sources, day) =>
        completeUntil(
          day,
          this.knownBy,
          sources.map((source) => bySource.get(source) ?? 0),
        ),
    }
    const fleets = new Map<Day, Fleet>()
    const fleetOn = (day: Day): Fleet => {
      const fleet = fleets.get(day) ?? {
        first_use: this.firstUse,
        newest_use: this.use.newest(day),
        newest_ticket: this.tickets.newest(day),
        has_responses: this.firstResponse !== null && this.firstResponse <= day,
        has_invoices: this.hasInvoices,
      }
      fleets.set(day, fleet)
      return fleet
    }
    return {
      known_by: this.knownBy,
      first_use: this.firstUse,
      accountDay: (facts, day) => ({
        day,
        until: lags.until(this.sources.get(facts.account) ?? [], day),
        facts,
        fleet: fleetOn(day),
        circumstances: this.circumstances,
      }),
      season: seasonsOf(this.accounts, lags),
    }
  }
}

export const surveyFleet = (knownBy: Day, circumstances?: Circumstances): FleetSurvey => new Survey(knownBy, circumstances)

/** All accounts as they were known at the close of a day, for fleets that fit into memory. */
export interface KnownFleet {
  readonly known_by: Day
  readonly facts: ReadonlyMap<string, AccountFacts>
  accountDay(account: string, day: Day): AccountDay
  season: FleetDay['season']
}

export function knowFleet(histories: readonly AccountHistory[], knownBy: Day): KnownFleet {
  const [survey, facts] = [surveyFleet(knownBy), new Map<string, AccountFacts>()]
  for (const history of histories) {
    const known = factsKnownOn(history, knownBy)
    facts.set(history.account, known)
    survey.add(history, known)
  }
  const fleet = survey.done()
  return { known_by: knownBy, facts, season: fleet.season, accountDay: (account, day) => fleet.accountDay(facts.get(account) as AccountFacts, day) }
}
