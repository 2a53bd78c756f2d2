import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween, startOfDay } from '../kernel/period.ts'
import { median, quantile } from '../statistics/quantile.ts'

const HOUR = 3_600_000
/** An import of so many rows that are usually so many days old is history, not delay. */
export const HISTORY = { rows: 20, days: 30 } as const

/** Hours from what happened to its being recorded; negative for what is still to come. */
export const delayOf = (happened: Date, recorded: Date): number => (recorded.getTime() - happened.getTime()) / HOUR

/** The same of what is dated by a day, which has happened at its close: never below 0. */
export const delayOfDay = (day: Day, recorded: Date, zone: string): number => Math.max(0, delayOf(startOfDay(addDays(day, 1), zone), recorded))

/** Whether an import tells of long ago, by the days that its rows of one kind came late. */
export const isHistory = (delays: readonly number[]): boolean => delays.length >= HISTORY.rows && (median(delays) ?? 0) > HISTORY.days

/** Whether a fact took effect before anything of its kind was recorded from its source: it tells of the past, and is not late. */
export const isBeforeRecords = (effective: Day, firstRecorded: Day): boolean => effective < firstRecorded

export interface Delays {
  readonly n: number
  readonly p50: number | null
  readonly p90: number | null
  readonly p99: number | null
  readonly max: number | null
  readonly history: number
  readonly ahead: number
}

/** How late facts of a kind come from a source. What lies ahead has no delay, and history is counted beside. */
export function delaysOf(facts: readonly { readonly delay: number; readonly is_history: boolean }[]): Delays {
  const ahead = facts.filter(({ delay, is_history }) => !is_history && delay < 0)
  const delays = facts.filter(({ delay, is_history }) => !is_history && delay >= 0).map(({ delay }) => delay)
  const at = (p: number): number | null => quantile(delays, p)
  return {
    n: delays.length,
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    max: delays.length === 0 ? null : Math.max(...delays),
    history: facts.filter(({ is_history }) => is_history).length,
    ahead: ahead.length,
  }
}

export interface LostLead {
  readonly possible: number
  /** Null where no warning came in time. */
  readonly known: number | null
  readonly lost: number
}

/** Days of warning that late data cost: `end` is the deadline, or the decision where there is none. */
export function leadTimeLost(end: Day, idealRaise: Day, realRaise: Day | null): LostLead {
  const possible = daysBetween(idealRaise, end)
  return realRaise === null
    ? { possible, known: null, lost: possible }
    : { possible, known: daysBetween(realRaise, end), lost: Math.max(0, daysBetween(idealRaise, realRaise)) }
}
