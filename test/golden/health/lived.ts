import type { AccountHealth } from '../../../src/health/account-health.ts'
import { accountHealth } from '../../../src/health/account-health.ts'
import { DEFAULT_MODEL } from '../../../src/health/default-model.ts'
import type { AccountHistory } from '../../../src/health/history.ts'
import type { Decision } from '../../../src/health/decisions.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { addDays, addMonths } from '../../../src/kernel/period.ts'
import type { KnownFleet } from '../../../src/signals/fleet-day.ts'
import { knowFleet } from '../../../src/signals/fleet-day.ts'
import type { ReplayedSignal } from '../../../src/signals/in-memory.ts'
import type { Replay, ReplayOptions } from '../../../src/signals/replay.ts'
import { replay } from '../../../src/signals/replay.ts'
import type { Verdict } from '../../../src/signals/verdict.ts'
import { verdictOf } from '../../../src/signals/verdict.ts'
import { SIGNS, signById } from '../../../src/signals/signs.ts'
import type { Asked, ToldCompany } from './told-company.ts'

/** Days lived again, with all that was said, by day and account, and all that is known on the last. */
export interface Retold extends Replay {
  readonly snapshots: ReadonlyMap<Day, ReadonlyMap<string, AccountHealth>>
  readonly known: KnownFleet
}

export async function liveAgain(histories: readonly AccountHistory[], { from, until }: Pick<ReplayOptions, 'from' | 'until'>): Promise<Retold> {
  const snapshots = new Map<Day, Map<string, AccountHealth>>()
  const onReport: ReplayOptions['onReport'] = (reported) => {
    for (const { on, health } of reported) snapshots.set(on.day, (snapshots.get(on.day) ?? new Map<string, AccountHealth>()).set(on.facts.account, health))
  }
  return { ...(await replay(histories, { from, until, model: DEFAULT_MODEL, signs: SIGNS, onReport })), snapshots, known: knowFleet(histories, until) }
}

/** A company whose days were lived one by one, and all that is known once it has all been told. */
export interface Lived {
  readonly company: ToldCompany
  readonly asked: Asked
  readonly from: Day
  readonly last: Day
  readonly horizon: number
  readonly told: Retold
  readonly ideal: Retold
  /** When everything has been told. */
  readonly later: KnownFleet
  readonly accounts: readonly string[]
  known(day: Day): KnownFleet
  decisionOf(account: string): Decision | null
  verdictOf(signal: ReplayedSignal): Verdict
}

const edge = (days: readonly Day[], isLater: boolean): Day => days.reduce((found, day) => ((isLater ? day > found : day < found) ? day : found))

export async function liveCompany(company: ToldCompany, asked: Asked): Promise<Lived> {
  const { histories } = company
  const versions = histories.flatMap(({ account: _, ...kinds }) => Object.values(kinds).flat())
  const recorded = versions.map(({ recorded_on }) => recorded_on)
  const used = histories.flatMap(({ use }) => use.map(({ fact }) => fact.day))
  const from = edge(recorded, false)
  const last = edge([...used, ...Object.keys(asked.days), ...Object.keys(asked.opt_out_calendar), asked.migration.day], true)
  const options = { from, until: last }
  const [told, ideal] = [await liveAgain(histories, options), await liveAgain(company.ideal, options)]
  const fleets = new Map<Day, KnownFleet>()
  const decisions = new Map<string, Decision | null>()
  const decisionOf = (account: string): Decision | null => {
    let found = decisions.get(account)
    if (found === undefined) decisions.set(account, (found = accountHealth(DEFAULT_MODEL, told.known.accountDay(account, last)).decided))
    return found
  }
  return {
    company,
    asked,
    from,
    last,
    horizon: asked.settings.horizon_days,
    told,
    ideal,
    later: knowFleet(histories, edge([...recorded, last], true)),
    accounts: histories.map(({ account }) => account).sort(),
    known(day) {
      let found = fleets.get(day)
      if (found === undefined) fleets.set(day, (found = knowFleet(histories, day)))
      return found
    },
    decisionOf,
    verdictOf({ account, raised, why, ground_now }) {
      const decision = decisionOf(account)
      const judged = { raised, is_late_data: why === 'corrected' || !ground_now, decision: decision?.day ?? null, deadline: decision?.deadline ?? null }
      return verdictOf(judged, asked.settings.horizon_days, last)
    },
  }
}

export const isRisk = ({ kind }: Pick<ReplayedSignal, 'kind'>): boolean => signById(kind)?.class === 'risk'

/** The days before firsts of months that are far enough from both ends, from so many days after the first one. */
export function monthEnds({ from, last, horizon }: Lived, after: number): Day[] {
  const days: Day[] = []
  for (let month = addMonths(`${from.slice(0, 7)}-01`, 1); addDays(month, horizon - 1) <= last; month = addMonths(month, 1))
    if (addDays(month, -1) >= addDays(from, after)) days.push(addDays(month, -1))
  return days
}

/** Customers that were not known to have decided on a day. */
export const undecidedOn = ({ told }: Lived, day: Day): (readonly [string, AccountHealth])[] =>
  [...(told.snapshots.get(day) ?? [])].filter(([, { decided }]) => decided === null)

/** Whether an account decided to leave within the horizon after a day. */
export function leavesAfter({ decisionOf, horizon }: Lived, account: string, day: Day): boolean {
  const decision = decisionOf(account)
  return decision !== null && decision.day > day && decision.day <= addDays(day, horizon)
}
