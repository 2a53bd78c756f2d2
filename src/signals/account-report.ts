import type { AccountDay } from '../health/account-day.ts'
import type { AccountHealth } from '../health/account-health.ts'
import { accountHealth } from '../health/account-health.ts'
import { HOLD } from '../health/bands.ts'
import type { HealthModel } from '../health/model.ts'
import { metricsRead } from '../health/model.ts'
import { nextDeadline } from '../health/opt-out-calendar.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'
import type { FleetDay } from './fleet-day.ts'
import type { SaidOn } from './ports.ts'
import type { Check, Sign, SignDay } from './sign.ts'

const WEEK = 7

/** The days before one that its report goes by: what was held the day before, scores that may pass an edge, the bands of a week ago. */
export const daysGoneBy = (day: Day): Day[] => Array.from({ length: WEEK }, (_, i) => addDays(day, i - WEEK))

/** The health of an account as it is said on its day, by what was said on those before. */
export function healthOn(model: HealthModel, on: AccountDay, said: SaidOn): AccountHealth {
  const at = (daysBefore: number) => said(on.facts.account, addDays(on.day, -daysBefore))
  const scores = Array.from({ length: HOLD.days - 1 }, (_, i) => at(HOLD.days - 1 - i)?.weighted ?? null)
  return accountHealth(model, on, { held: at(1)?.held ?? null, scores })
}

export interface Moment {
  readonly fleet: FleetDay
  readonly said: SaidOn
  /** How far the fleet fell in 28 days. */
  readonly fall: number
}

/** What signs look at. */
export function signDayOf({ fleet, said, fall }: Moment, on: AccountDay, health: AccountHealth): SignDay {
  const { day, facts } = on
  const before = said(facts.account, addDays(day, -WEEK))
  return {
    ...on,
    score: health.score,
    weighted: health.weighted,
    coverage: health.coverage,
    confidence: health.confidence,
    missing_inputs: health.missing_inputs,
    band: health.band,
    own_band: health.own_band,
    caps: health.caps,
    week_before: before === undefined ? null : { band: before.band, own_band: before.own_band },
    own_cap: health.own_cap,
    next_deadline: nextDeadline(facts.contracts, day, on.circumstances),
    fleet_fall: fall,
    season: (weeks, until) => fleet.season(until, weeks),
  }
}

/**
 * Whether it was right to raise a sign on its day, by what is known now: `on` is the account on that day. What metrics said of that
 * day is not read again, so signs that rest on a score of metrics are taken to have been right.
 */
export function isGrounded(sign: Sign, model: HealthModel, on: AccountDay, moment: Moment): boolean {
  if (sign.readsMetrics === true || (sign.restsOnScore === true && metricsRead(model).length > 0)) return true
  const check: Check | null = sign.check(signDayOf(moment, on, healthOn(model, on, moment.said)))
  return check?.ground === true
}
