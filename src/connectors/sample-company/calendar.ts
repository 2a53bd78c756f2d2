import { addMonths } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'

/** An instant in whole minutes since 1970 UTC: numbers compare and add faster than dates, and millions are drawn. */
export type Minute = number

export const DAY: Minute = 1440

export const minuteOf = (day: Day): Minute => Date.parse(`${day}T00:00:00Z`) / 60_000

const clock = Array.from({ length: DAY }, (_, minute) => {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00Z`
})

const days: string[] = []
/** "2024-03-05" */
export function dayText(at: Minute): string {
  const day = Math.floor(at / DAY)
  return (days[day] ??= new Date(day * 86_400_000).toISOString().slice(0, 10))
}

/** "2024-03-05T14:20:00Z" */
export const instantText = (at: Minute): string => dayText(at) + (clock[at % DAY] ?? '')

/** Months in a row, by the minute at which each begins. */
export class Months {
  readonly starts: readonly Minute[]

  constructor(first: Day, count: number) {
    this.starts = Array.from({ length: count + 1 }, (_, i) => minuteOf(addMonths(first, i)))
  }

  start(month: number): Minute {
    const found = this.starts[month]
    if (found === undefined) throw new RangeError(`month ${month} lies outside the calendar`)
    return found
  }

  /** The month that holds the instant. */
  indexOf(at: Minute): number {
    let month = Math.floor((at - this.start(0)) / (30.5 * DAY))
    while (month > 0 && this.start(month) > at) month--
    while (this.start(month + 1) <= at) month++
    return month
  }

  /** The same day and time so many months after an instant of the month, or the month's last day when it is shorter. */
  same(month: number, at: Minute, later: number): Minute {
    const offset = at - this.start(month)
    const to = this.start(month + later)
    const lastDay = this.start(month + later + 1) - DAY
    return Math.min(to + offset, lastDay + (offset % DAY))
  }
}
