import { addMonths, startOf } from './period.ts'
import type { Day, Period } from './period.ts'

/** Between which days a workspace holds facts. */
export interface Extent {
  readonly today: Day
  readonly first_day: Day | null
  readonly last_day: Day | null
}

/** The last twelve full months that hold facts; fewer when the facts are younger. */
export function usualPeriod({ today, first_day, last_day }: Extent): Period {
  const thisMonth = startOf('month', today)
  const lastMonth = startOf('month', last_day === null || last_day > today ? today : last_day)
  const until = lastMonth === thisMonth ? thisMonth : addMonths(lastMonth, 1)
  const first = startOf('month', first_day ?? addMonths(until, -12))
  if (first >= until) return { from: first, until: addMonths(first, 1) }
  const from = addMonths(until, -12)
  return { from: first > from ? first : from, until }
}
