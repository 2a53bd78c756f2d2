import type { Use } from '../health/account-facts.ts'
import type { Day } from '../kernel/period.ts'
import { daysBetween } from '../kernel/period.ts'
import { median } from '../statistics/quantile.ts'

const LEAST_ACCOUNTS = 10
const LEAST_EVENTS = 20
const LEAST_INDEX = 0.05

const numbers = new Map<Day, number>()
/** Days since 1970, remembered: the same few days are asked for again and again. */
export function numberOf(day: Day): number {
  let found = numbers.get(day)
  if (found === undefined) numbers.set(day, (found = daysBetween('1970-01-01', day)))
  return found
}

/** Use of an account by day, days as numbers: as little as weeks are counted from. */
export interface UseByDay {
  readonly days: Int32Array
  readonly events: Int32Array
}

/** Of uses in the order of their days. */
export function usesByDay(use: readonly Use[]): UseByDay {
  const counts = new Map<number, number>()
  for (const { day, events = 1 } of use) counts.set(numberOf(day), (counts.get(numberOf(day)) ?? 0) + events)
  return { days: Int32Array.from(counts.keys()), events: Int32Array.from(counts.values()) }
}

const weeksSince = (first: number | undefined, until: number): number => (first === undefined || first > until ? 0 : Math.floor((until - first + 1) / 7))

/** Adds what was done on a day to the week it lies in. */
function count(weeks: number[], until: number, day: number, events: number): void {
  const week = Math.floor((until - day) / 7)
  if (week >= 0 && week < weeks.length) weeks[week] = (weeks[week] as number) + events
}

/** Whole weeks up to a day since the first use. */
export const wholeWeeks = (use: readonly Use[], until: Day): number => weeksSince(use[0] && numberOf(use[0].day), numberOf(until))
export const wholeWeeksByDay = ({ days }: UseByDay, until: number): number => weeksSince(days[0], until)

/** Uses in blocks of seven days up to a day, the last block first. */
export function weeksOf(use: readonly Use[], until: Day, weeks: number): number[] {
  const [counts, last] = [Array.from({ length: weeks }, () => 0), numberOf(until)]
  for (const { day, events = 1 } of use) count(counts, last, numberOf(day), events)
  return counts
}

export function weeksByDay({ days, events }: UseByDay, until: number, weeks: number): number[] {
  const counts = Array.from({ length: weeks }, () => 0)
  days.forEach((day, i) => count(counts, until, day, events[i] ?? 0))
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
