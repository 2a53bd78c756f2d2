import type { AccountHistory } from '../health/history.ts'
import { toldKinds } from '../health/history.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'

/** Days after which a fact is late. A file of yesterday is not. */
const IN_TIME = 1

/** Whether something was recorded on a day that changes what is known of days before: late facts, corrections, deletions. */
export const toldLate = (history: AccountHistory, day: Day): boolean =>
  toldKinds(history).some(([, told]) => {
    const news = told.filter(({ recorded_on }) => recorded_on === day)
    if (news.length === 0) return false
    const before = new Set(told.filter(({ recorded_on }) => recorded_on < day).map(({ identity }) => identity))
    const oldest = addDays(day, -IN_TIME)
    return news.some(({ identity, deleted, effective_on }) => deleted || before.has(identity) || effective_on < oldest)
  })
