import type { AccountDay } from '../health/account-day.ts'
import type { AccountHealth } from '../health/account-health.ts'
import type { HealthModel } from '../health/model.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { Moment } from './account-report.ts'
import { daysGoneBy, isGrounded, signDayOf } from './account-report.ts'
import type { Life } from './life.ts'
import { UNBORN, liveOn } from './life.ts'
import type { Change, Over, SaidOn } from './ports.ts'
import type { Check, Sign } from './sign.ts'

/** An account on the day that is lived; no health where it is no customer. */
export interface Lived {
  readonly on: AccountDay
  readonly model: HealthModel
  readonly health: AccountHealth | null
  readonly lives: ReadonlyMap<string, Life>
}

/** A day as signs live it. */
export interface LivingDay extends Moment {
  readonly day: Day
  readonly is_held: boolean
  readonly signs: readonly Sign[]
}

/** Days after the first use in which nothing is said that rests on scores. */
const WARM_UP = 30

/** A kind that holds or held for an account, with what is known of it before it is judged. */
interface Case {
  readonly lived: Lived
  readonly sign: Sign
  readonly before: Life
  readonly check: Check | null
}

const isForetold = (sign: Sign): boolean => sign.class === 'risk' || sign.class === 'opportunity'

/** Kinds of which something is to be said. What never held and does not hold is none. */
export function casesOf(today: LivingDay, lived: Lived): Case[] {
  const { on, health, lives } = lived
  const signDay = health === null ? null : signDayOf(today, on, health)
  return today.signs.flatMap((sign) => {
    const before = lives.get(sign.id) ?? UNBORN
    if (signDay === null && before.open === null) return []
    const check = signDay === null ? null : sign.check(signDay)
    return before === UNBORN && check?.holds !== true ? [] : [{ lived, sign, before, check }]
  })
}

/** Whether an open sign is asked again about the day on which it was raised. */
export const isInDoubt = ({ lived, sign, before, check }: Case): boolean =>
  before.open !== null && lived.health !== null && check?.holds !== true && !(isForetold(sign) && lived.health.decided !== null)

/** Days of the past by which open signs in doubt, or signals that are over, are judged again. */
export const daysAsked = (raised: Iterable<Day>): Day[] => [...new Set([...new Set(raised)].flatMap(daysGoneBy))].sort()

/** One kind of an account on the day. `asked` holds what was said before the days of those in doubt. */
export function liveCase({ lived, sign, before, check }: Case, today: LivingDay, asked: SaidOn): Change {
  const {
    on: { facts },
    health,
    model,
  } = lived
  const { first_use } = today.fleet
  const isWarm = first_use !== null && daysBetween(first_use, today.day) >= WARM_UP
  const { life, closed } = liveOn(sign, before, {
    day: today.day,
    is_customer: health !== null,
    has_decided: health !== null && health.decided !== null,
    is_warm: (sign.restsOnScore !== true || isWarm) && !(today.is_held && sign.id === 'band_down'),
    check,
    ground: ({ raised }) => isGrounded(sign, model, today.fleet.accountDay(facts, raised), { ...today, said: asked }),
  })
  return {
    account: facts.account,
    kind: sign.id,
    life,
    opened: life.open !== null && life.open !== before.open ? life.open : null,
    closed: closed === null ? null : { raised: closed.raised, why: closed.why },
  }
}

/** Days back in which a signal that is over can still be found to have been late data. */
const ASKED_AGAIN = 400
export const askedAgainSince = (day: Day): Day => addDays(day, -ASKED_AGAIN)

/** Of signals that are over those that nobody would have raised, had he known what is known now. */
export const lostGround = (over: readonly Over[], lived: Lived, today: LivingDay, asked: SaidOn): Over[] =>
  over.filter(({ kind, raised }) => {
    const sign = today.signs.find(({ id }) => id === kind)
    return sign !== undefined && !isGrounded(sign, lived.model, today.fleet.accountDay(lived.on.facts, raised), { ...today, said: asked })
  })
