import type { AccountDay } from '../health/account-day.ts'
import { mrrOn } from '../health/account-day.ts'
import type { AccountHealth } from '../health/account-health.ts'
import { accountHealth } from '../health/account-health.ts'
import { HOLD } from '../health/bands.ts'
import type { FleetShift } from '../health/fleet-hold.ts'
import { FLEET_SHIFT, fleetShift } from '../health/fleet-hold.ts'
import type { AccountHistory } from '../health/history.ts'
import { fleetFall } from '../health/lists.ts'
import type { HealthModel } from '../health/model.ts'
import { nextDeadline } from '../health/opt-out-calendar.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { KnownFleet } from './fleet-day.ts'
import { knowFleet } from './fleet-day.ts'
import type { CloseReason, Life, Raised } from './life.ts'
import { UNBORN, liveOn } from './life.ts'
import type { Sign, SignDay } from './sign.ts'

export interface ReplayedSignal extends Raised {
  readonly account: string
  readonly kind: string
  /** Raised on a day on which the whole fleet moved: kept back. */
  readonly held: boolean
  readonly closed: Day | null
  readonly why: CloseReason | null
  /** Whether it was right by what is known on the last day. */
  readonly ground_now: boolean
}

export interface Replay {
  /** By day, then account. */
  readonly snapshots: ReadonlyMap<Day, ReadonlyMap<string, AccountHealth>>
  readonly signals: readonly ReplayedSignal[]
  readonly holds: readonly (FleetShift & { readonly day: Day; readonly against: Day })[]
  /** All that is known on the last day. */
  readonly known: KnownFleet
}

export interface ReplayOptions {
  readonly from: Day
  readonly until: Day
  readonly model: HealthModel
  readonly signs: readonly Sign[]
}

/** Days after the first use in which nothing is said that rests on scores. */
const WARM_UP = 30
const FALL_DAYS = 28

/** The days that have been lived so far. */
class Past {
  readonly snapshots = new Map<Day, ReadonlyMap<string, AccountHealth>>()
  readonly holds: (FleetShift & { readonly day: Day; readonly against: Day })[] = []
  readonly lives = new Map<string, Life>()
  readonly signals: ReplayedSignal[] = []

  at(day: Day, account: string): AccountHealth | undefined {
    return this.snapshots.get(day)?.get(account)
  }
}

/** As it was said on its day: what was held the day before, and the scores of the days that may pass an edge. */
function snapshotOf(model: HealthModel, on: AccountDay, past: Past): AccountHealth {
  const at = (daysBefore: number) => past.at(addDays(on.day, -daysBefore), on.facts.account)
  const scores = Array.from({ length: HOLD.days - 1 }, (_, i) => at(HOLD.days - 1 - i)?.weighted ?? null)
  return accountHealth(model, on, { held: at(1)?.held ?? null, scores })
}

function signDayOf(fleet: KnownFleet, on: AccountDay, snapshot: AccountHealth, past: Past, fall: number): SignDay {
  const { day, facts } = on
  const before = past.at(addDays(day, -7), facts.account)
  return {
    ...on,
    score: snapshot.score,
    weighted: snapshot.weighted,
    coverage: snapshot.coverage,
    confidence: snapshot.confidence,
    missing_inputs: snapshot.missing_inputs,
    band: snapshot.band,
    own_band: snapshot.own_band,
    caps: snapshot.caps,
    week_before: before === undefined ? null : { band: before.band, own_band: before.own_band },
    own_cap: snapshot.own_cap,
    next_deadline: nextDeadline(facts.contracts, day, on.circumstances),
    fleet_fall: fall,
    season: (weeks, until) => fleet.season(until, weeks),
  }
}

/** Weighted scores that stand on two days. */
const changes = (now: ReadonlyMap<string, AccountHealth>, then: ReadonlyMap<string, AccountHealth> | undefined): number[] =>
  [...now].flatMap(([account, { weighted }]) => {
    const before = then?.get(account)?.weighted ?? null
    return weighted === null || before === null ? [] : [weighted - before]
  })

/** Whether the whole fleet moved since the last day that can be trusted. */
function holdOf(day: Day, now: ReadonlyMap<string, AccountHealth>, past: Past, firstUse: Day | null): boolean {
  if (firstUse === null || daysBetween(firstUse, day) < FLEET_SHIFT.warm_up) return false
  const held = new Set(past.holds.map((hold) => hold.day))
  let against = addDays(day, -1)
  while (held.has(against)) against = addDays(against, -1)
  if (daysBetween(against, day) > FLEET_SHIFT.base_days) against = addDays(day, -1)
  const shift = fleetShift(changes(now, past.snapshots.get(against)))
  if (shift.held) past.holds.push({ day, against, ...shift })
  return shift.held
}

interface Moment {
  readonly day: Day
  readonly fleet: KnownFleet
  readonly isHeld: boolean
  readonly fall: number
  readonly now: ReadonlyMap<string, AccountHealth>
}

/** Whether it was right to raise a sign on its day, by what is known now. */
function isGrounded(
  sign: Sign,
  account: string,
  raised: Day,
  { fleet, past, model, fall }: { fleet: KnownFleet; past: Past; model: HealthModel; fall: number },
): boolean {
  const on = fleet.accountDay(account, raised)
  return sign.check(signDayOf(fleet, on, snapshotOf(model, on, past), past, fall))?.ground === true
}

function liveAccount(account: string, { day, fleet, isHeld, fall, now }: Moment, past: Past, { model, signs }: ReplayOptions): void {
  const on = fleet.accountDay(account, day)
  const snapshot = now.get(account)
  const isWarm = on.fleet.first_use !== null && daysBetween(on.fleet.first_use, day) >= WARM_UP
  const signDay = snapshot === undefined ? null : signDayOf(fleet, on, snapshot, past, fall)
  for (const sign of signs) {
    const key = `${account} ${sign.id}`
    const before = past.lives.get(key) ?? UNBORN
    if (signDay === null && before.open === null) continue
    const { life, closed } = liveOn(sign, before, {
      day,
      is_customer: snapshot !== undefined,
      has_decided: (snapshot?.decided ?? null) !== null,
      is_warm: (sign.restsOnScore !== true || isWarm) && !(isHeld && sign.id === 'band_down'),
      check: signDay === null ? null : sign.check(signDay),
      ground: ({ raised }) => isGrounded(sign, account, raised, { fleet, past, model, fall }),
    })
    past.lives.set(key, life)
    if (closed !== null) {
      const at = past.signals.findIndex((each) => each.account === account && each.kind === sign.id && each.closed === null)
      past.signals[at] = { ...(past.signals[at] as ReplayedSignal), closed: closed.closed, why: closed.why }
    }
    if (life.open !== null && life.open !== before.open)
      past.signals.push({ account, kind: sign.id, held: isHeld, closed: null, why: null, ground_now: true, ...life.open })
  }
}

/**
 * What a model and signs would have said day by day, each day with what was known by its close and nothing else: recorded time
 * is what keeps the future out.
 */
export function replay(histories: readonly AccountHistory[], options: ReplayOptions): Replay {
  const past = new Past()
  for (let day = options.from; day <= options.until; day = addDays(day, 1)) {
    const fleet = knowFleet(histories, day)
    const customers = histories.map(({ account }) => fleet.accountDay(account, day)).filter(({ facts }) => mrrOn(facts, day) > 0)
    const now = new Map(customers.map((on) => [on.facts.account, snapshotOf(options.model, on, past)]))
    past.snapshots.set(day, now)
    const isHeld = holdOf(day, now, past, fleet.accountDay(histories[0]?.account ?? '', day).fleet.first_use)
    const fall = fleetFall(changes(now, past.snapshots.get(addDays(day, -FALL_DAYS))).map((change) => -change))
    for (const { account } of histories) liveAccount(account, { day, fleet, isHeld, fall, now }, past, options)
  }
  const known = knowFleet(histories, options.until)
  const signals = past.signals.map((signal) => {
    const sign = options.signs.find(({ id }) => id === signal.kind)
    return sign === undefined
      ? signal
      : { ...signal, ground_now: isGrounded(sign, signal.account, signal.raised, { fleet: known, past, model: options.model, fall: 0 }) }
  })
  return { snapshots: past.snapshots, signals, holds: past.holds, known }
}
