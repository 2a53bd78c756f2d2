import type { AccountDecision } from '../health/account-decision.ts'
import type { Circumstances } from '../health/decisions.ts'
import type { FleetShift } from '../health/fleet-hold.ts'
import type { AccountHistory } from '../health/history.ts'
import type { HealthModel } from '../health/model.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'
import { LearntAgain, LivedAgain, RaisedAgain, heldHistories } from './in-memory.ts'
import type { ReplayedSignal } from './in-memory.ts'
import { liveDay } from './live-day.ts'
import type { Reported } from './ports.ts'
import type { Sign } from './sign.ts'

export interface Replay {
  readonly signals: readonly ReplayedSignal[]
  readonly holds: readonly (FleetShift & { readonly day: Day; readonly against: Day })[]
  /** As they were known on the last day, each with the day on which it became known. */
  readonly decisions: readonly AccountDecision[]
}

export interface ReplayOptions {
  readonly from: Day
  /** The last day. */
  readonly until: Day
  readonly model: HealthModel
  readonly signs: readonly Sign[]
  /** What one unit of a currency is worth in that of the workspace; null without a rate. */
  readonly rateOf?: (currency: string) => number | null
  readonly circumstances?: Circumstances
  /** Hears what is said of each customer on each day, by day. */
  readonly onReport?: (reported: readonly Reported[]) => void
  /** Called after each day. */
  readonly onDay?: (day: Day) => Promise<void> | void
  readonly signal?: AbortSignal
}

/**
 * What a model and signs would have said day by day, each day with what was known by its close and nothing else: recorded time
 * is what keeps the future out. Lives the same days as the daily run, in memory.
 */
export async function replay(histories: readonly AccountHistory[], options: ReplayOptions): Promise<Replay> {
  const { from, until, model, signs, rateOf = () => 1, circumstances, onReport = () => undefined, onDay, signal } = options
  const [past, lives, decisions] = [new LivedAgain(onReport), new RaisedAgain(), new LearntAgain(rateOf)]
  const holds: Replay['holds'][number][] = []
  for (let day = from; day <= until; day = addDays(day, 1)) {
    const lived = await liveDay(day, {
      histories: heldHistories(histories),
      past,
      lives,
      decisions,
      scoring: { modelOf: () => model },
      signs,
      circumstances,
      signal,
    })
    lives.keep(lived)
    if (lived.shift?.held === true) holds.push({ day, ...lived.shift })
    await onDay?.(day)
  }
  return { signals: lives.signals, holds, decisions: decisions.all() }
}
