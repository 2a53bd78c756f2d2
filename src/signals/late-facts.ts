import type { AccountHistory } from '../health/history.ts'
import type { Told } from '../health/known.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'

/** Days after which a fact is late. A file of yesterday is not. */
const IN_TIME = 1

function isLate<T>(told: readonly Told<T>[], day: Day, effective: (fact: T) => Day | null): boolean {
  const news = told.filter(({ recorded_on }) => recorded_on === day)
  if (news.length === 0) return false
  const before = new Set(told.filter(({ recorded_on }) => recorded_on < day).map(({ identity }) => identity))
  const oldest = addDays(day, -IN_TIME)
  return news.some(({ identity, deleted, fact }) => deleted || before.has(identity) || (effective(fact) ?? day) < oldest)
}

/** Whether something was recorded on a day that changes what is known of days before: late facts, corrections, deletions. */
export const toldLate = (history: AccountHistory, day: Day): boolean =>
  isLate(history.terms, day, ({ from }) => from) ||
  isLate(history.contacts, day, ({ from }) => from) ||
  isLate(history.use, day, (use) => use.day) ||
  isLate(history.tickets, day, ({ opened_on }) => opened_on) ||
  isLate(history.responses, day, (response) => response.day) ||
  isLate(history.invoices, day, ({ due_on }) => due_on) ||
  isLate(history.touchpoints, day, (touch) => touch.day) ||
  isLate(history.onboardings, day, ({ started_on }) => started_on) ||
  isLate(history.steps, day, ({ done_on }) => done_on) ||
  isLate(history.outcomes, day, ({ defined_on }) => defined_on) ||
  isLate(history.measurements, day, (measurement) => measurement.day) ||
  isLate(history.services, day, ({ used_on }) => used_on)
