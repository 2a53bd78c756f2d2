import type { AccountDay, Fleet } from '../health/account-day.ts'
import { mrrOn } from '../health/account-day.ts'
import type { AccountFacts } from '../health/account-facts.ts'
import { groupBy } from '../health/group.ts'
import type { AccountHistory } from '../health/history.ts'
import { factsKnownOn } from '../health/history.ts'
import { completeUntil, usualLag } from '../health/known.ts'
import type { Day } from '../kernel/period.ts'
import { seasonalIndex, weeksOf, wholeWeeks } from './season.ts'

/** All accounts as they were known at the close of a day, and what they have in common. */
export interface KnownFleet {
  readonly known_by: Day
  readonly facts: ReadonlyMap<string, AccountFacts>
  /** Any day up to the one on which it was known. */
  accountDay(account: string, day: Day): AccountDay
  season(day: Day, weeks: number): readonly number[]
}

const newestOf = (days: Iterable<Day>, until: Day): Day | null => {
  let newest: Day | null = null
  for (const day of days) if (day <= until && (newest === null || day > newest)) newest = day
  return newest
}

/** Days that each source of use usually comes late, and which sources each account has. */
function lagsOf(histories: readonly AccountHistory[], day: Day): Map<string, number[]> {
  const arrivals = groupBy(
    histories.flatMap(({ use }) => use.filter(({ recorded_on, deleted }) => recorded_on <= day && !deleted)),
    ({ fact }) => fact.source,
  )
  const lags = new Map(
    [...arrivals].map(([source, rows]) => [
      source,
      usualLag(
        rows.map(({ fact: { day: effective_on, events }, recorded_on }) => ({ effective_on, recorded_on, ...(events === undefined ? {} : { events }) })),
        day,
      ),
    ]),
  )
  return new Map(
    histories.map(({ account, use }) => [
      account,
      [...new Set(use.filter(({ recorded_on }) => recorded_on <= day).map(({ fact }) => fact.source))].map((source) => lags.get(source) ?? 0),
    ]),
  )
}

/** The weeks that a seasonal index can be asked for. */
const MOST_WEEKS = 13

export function knowFleet(histories: readonly AccountHistory[], knownBy: Day): KnownFleet {
  const facts = new Map(histories.map((history) => [history.account, factsKnownOn(history, knownBy)]))
  const lags = lagsOf(histories, knownBy)
  const first = histories.flatMap(({ use }) => use.filter(({ recorded_on }) => recorded_on <= knownBy).map(({ recorded_on }) => recorded_on))
  const first_use = first.reduce<Day | null>((earliest, day) => (earliest === null || day < earliest ? day : earliest), null)
  const all = [...facts.values()]
  const fleets = new Map<Day, Fleet>()
  const fleetOn = (day: Day): Fleet => {
    let fleet = fleets.get(day)
    if (fleet === undefined) {
      fleet = {
        first_use,
        newest_use: newestOf(
          all.flatMap(({ use }) => use.map((each) => each.day)),
          day,
        ),
        newest_ticket: newestOf(
          all.flatMap(({ tickets }) => tickets.map(({ opened_on }) => opened_on)),
          day,
        ),
        has_responses: all.some(({ responses }) => responses.some((response) => response.day <= day)),
        has_invoices: all.some(({ invoices }) => invoices.length > 0),
      }
      fleets.set(day, fleet)
    }
    return fleet
  }
  const untilOf = (account: string, day: Day): Day => completeUntil(day, knownBy, lags.get(account) ?? [])
  const judged = new Map<Day, { weeks: number[]; whole: number }[]>()
  const judgedOn = (day: Day): { weeks: number[]; whole: number }[] => {
    let found = judged.get(day)
    if (found === undefined) {
      found = all
        .filter((each) => untilOf(each.account, day) === day && mrrOn(each, day) > 0)
        .map(({ use }) => ({ weeks: weeksOf(use, day, MOST_WEEKS), whole: wholeWeeks(use, day) }))
      judged.set(day, found)
    }
    return found
  }
  const seasons = new Map<string, readonly number[]>()
  return {
    known_by: knownBy,
    facts,
    accountDay: (account, day) => ({ day, until: untilOf(account, day), facts: facts.get(account) as AccountFacts, fleet: fleetOn(day) }),
    season: (day, weeks) => {
      const key = `${day} ${weeks}`
      let index = seasons.get(key)
      if (index === undefined) {
        const whole = judgedOn(day).filter((each) => each.whole >= weeks)
        index = seasonalIndex(
          whole.map((each) => each.weeks),
          weeks,
        )
        seasons.set(key, index)
      }
      return index
    },
  }
}
