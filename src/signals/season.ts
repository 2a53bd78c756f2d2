import type { Use } from '../health/account-facts.ts'
import type { Day } from '../kernel/period.ts'
import { daysBetween } from '../kernel/period.ts'
import { median } from '../statistics/quantile.ts'

const LEAST_ACCOUNTS = 10
const LEAST_EVENTS = 20
const LEAST_INDEX = 0.05

const numbers = new Map<Day, number>()
/** Days since 1970, remembered: the same few days are asked for again and again. */
function numberOf(day: Day): number {
  let found = numbers.get(day)
  if (found === undefined) numbers.set(day, (found = daysBetween('1970-01-01', day)))
  return found
}

/** Whole weeks up to a day since the first use. */
export const wholeWeeks = (use: readonly Use[], until: Day): number => {
  const first = use[0]?.day
  return first === undefined || first > until ? 0 : Math.floor((numberOf(until) - numberOf(first) + 1) / 7)
}

/** Uses in blocks of seven days up to a day, the last block first. */
export function weeksOf(use: readonly Use[], until: Day, weeks: number): number[] {
  const [counts, last] = [Array.from({ length: weeks }, () => 0), numberOf(until)]
  for (const { day, events = 1 } of use) {
    const week = Math.floor((last - numberOf(day)) / 7)
    if (week >= 0 && week < weeks) counts[week] = (counts[week] as number) + events
  }
  return counts
}

/**
 * How each of the last weeks was for everybody, 1 as usual, the last week first: a holiday is quiet while it lasts and while
 * it lies among the weeks that others are held against. Of accounts whose use is complete and reaches back as long.
 */
export function seasonalIndex(accounts: readonly (readonly number[])[], weeks: number): number[] {
  const judged = accounts
    .map((counts) => counts.slice(0, weeks))
    .map((counts) => ({ counts, usual: median(counts) ?? 0, events: counts.reduce((sum, n) => sum + n, 0) }))
    .filter(({ counts, usual, events }) => counts.length === weeks && events >= LEAST_EVENTS && usual > 0)
  return Array.from({ length: weeks }, (_, week) =>
    judged.length < LEAST_ACCOUNTS ? 1 : Math.max(LEAST_INDEX, median(judged.map(({ counts, usual }) => (counts[week] as number) / usual)) ?? 1),
  )
}
