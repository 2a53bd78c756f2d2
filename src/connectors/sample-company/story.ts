import { refuse } from '../../kernel/errors.ts'
import { addMonths, isDay, startOf } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'
import { Months, dayText } from './calendar.ts'
import type { Minute } from './calendar.ts'
import { BUYING, EFFECTS } from './rates.ts'

export interface SampleOptions {
  /** Any whole number; the same seed gives the same bytes. */
  readonly seed?: number
  /** Customers and prospects, without the few duplicates that were merged away. */
  readonly accounts?: number
  readonly months?: number
  /** The last month, "2025-06". */
  readonly endMonth: string
  /** Mean number of seat changes of a customer in a month: the knob from a company's usual life to the yardstick. */
  readonly seatChanges?: number
  /** Sessions in a week for each paid seat. 0: no events. */
  readonly useRate?: number
  /** Tickets in a month of an account with one seat; more seats mean more by their square root. 0: none. */
  readonly supportRate?: number
  /** Share of the customers that buy credits beside their subscription. */
  readonly packShare?: number
  /** Whether customers of whom one thing is told each are among them (tales.ts). */
  readonly tales?: boolean
}

/** A span of time in minutes, half-open. */
export interface Span {
  readonly from: Minute
  readonly until: Minute
}

/** When what happens. All of it follows from the options. */
export interface Story {
  readonly seed: number
  readonly accounts: number
  readonly seatChanges: number
  readonly useRate: number
  readonly supportRate: number
  readonly packShare: number
  readonly tales: boolean
  readonly firstDay: Day
  /** The day after the last one. */
  readonly lastDay: Day
  readonly months: number
  /** The months of the story and as many after it as a contract that runs on can need. */
  readonly calendar: Months
  readonly begin: Minute
  readonly end: Minute
  readonly priceRise: Span
  readonly competitor: Span
  readonly handover: Span
  readonly newCsmStarts: Minute
  readonly outage: Span
  /** Once the competitor is over and before a CSM leaves. */
  readonly supportCrisis: Span
  /** Cumulated share of the accounts that joined by the end of each month. */
  readonly joined: readonly number[]
}

const MONTHLY_GROWTH = 1.022
/** The first month brings the customers of the early programme at once. */
const FIRST_MONTH_WEIGHT = 5

/** The last month that is over on the given day. */
export const lastCompleteMonth = (today: Day): string => addMonths(startOf('month', today), -1).slice(0, 7)

function joinedByMonth(months: number): number[] {
  const weights = Array.from({ length: months }, (_, m) => MONTHLY_GROWTH ** m * (m === 0 ? FIRST_MONTH_WEIGHT : 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return weights.map((weight) => (sum += weight) / total)
}

/** The first month at or after the given one that begins a calendar quarter. */
const quarterAfter = (calendar: Months, month: number): number => {
  while (!['01', '04', '07', '10'].includes(dayText(calendar.start(month)).slice(5, 7))) month++
  return month
}

export function tellStory(options: SampleOptions): Story {
  const { seed = 129, accounts = 400, months = 30, seatChanges = 0.12, useRate = 0.235, supportRate = 0.42, packShare = BUYING.share, tales = false } = options
  const end = `${options.endMonth}-01`
  if (!isDay(end)) throw refuse('bad_month', `"${options.endMonth}" is not a month.`, 'Write months as YYYY-MM, for example 2025-06.')
  if (!Number.isInteger(months) || months < 18 || months > 120)
    throw refuse('bad_sample', 'The sample company needs 18 to 120 months for its story.', 'Ask for 30 months, for example.')
  if (!Number.isInteger(accounts) || accounts < 20)
    throw refuse('bad_sample', 'The sample company needs at least 20 accounts.', 'Ask for 400 accounts, for example.')
  const lastDay = addMonths(end, 1)
  const firstDay = addMonths(lastDay, -months)
  const calendar = new Months(firstDay, months + 30)
  const span = (month: number, length: number): Span => ({ from: calendar.start(month), until: calendar.start(month + length) })
  const at = (share: number): number => Math.round(months * share)
  const handover = span(at(0.72), EFFECTS.handover.months)
  return {
    seed,
    accounts,
    seatChanges,
    useRate,
    supportRate,
    packShare,
    tales,
    firstDay,
    lastDay,
    months,
    calendar,
    begin: calendar.start(0),
    end: calendar.start(months),
    priceRise: span(at(0.38), EFFECTS.price_rise.months),
    competitor: span(quarterAfter(calendar, at(0.5)), EFFECTS.competitor_launch.months),
    handover,
    newCsmStarts: calendar.start(at(0.72) - 1),
    outage: span(at(0.83), EFFECTS.outage.months),
    supportCrisis: span(at(0.62), EFFECTS.support_crisis.months),
    joined: joinedByMonth(months),
  }
}

/** When scheduled reports are released, in the second month of the story. */
export const adoptionStarts = (story: Story): Minute => story.calendar.start(1)

/** The month an account joins in: the accounts are numbered in the order in which they came. */
export function joinMonth(story: Story, position: number): number {
  const month = story.joined.findIndex((share) => position < share)
  return month === -1 ? story.months - 1 : month
}
