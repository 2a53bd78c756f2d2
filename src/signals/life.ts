import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { Check, Evidence, Sign } from './sign.ts'

export type CloseReason = 'left' | 'decided' | 'corrected' | 'ended' | 'expired'

export interface Raised {
  readonly raised: Day
  readonly evidence: Evidence
  readonly sentence: string
}

export interface Closed extends Raised {
  readonly closed: Day
  readonly why: CloseReason
}

/** Where one kind of sign stands for one account. At most one is open. */
export interface Life {
  readonly open: Raised | null
  /** The last day on which the rule of a kind that lingers held. */
  readonly held_on: Day | null
  /** No new one before this day. */
  readonly quiet_until: Day | null
  /** After one expired nothing is raised until the rule was false on some day: one sign an episode. */
  readonly is_latched: boolean
}

export const UNBORN: Life = { open: null, held_on: null, quiet_until: null, is_latched: false }

export const COOL_DOWN = 14

/** The rule of an account on a day, and what stands above it. */
export interface Today {
  readonly day: Day
  readonly is_customer: boolean
  /** Whether the account has decided to leave, as known. */
  readonly has_decided: boolean
  /** Whether this kind is judged yet. */
  readonly is_warm: boolean
  /** Null where the rule cannot be checked. */
  readonly check: Check | null
  /** Whether it was right to raise it on its day, by what is known now. Asked only where the rule does not hold today. */
  ground(raised: Raised): boolean
}

type Kind = Pick<Sign, 'class' | 'expires' | 'lingers'>

const foretells = ({ class: kind }: Pick<Sign, 'class'>): boolean => kind === 'risk' || kind === 'opportunity'

/** Why an open sign is closed on a day; null while it stays open. */
function closing(sign: Kind, open: Raised, heldOn: Day | null, today: Today): CloseReason | null {
  const { day, check } = today
  if (!today.is_customer) return 'left'
  if (foretells(sign) && today.has_decided) return 'decided'
  const holds = check?.holds === true
  if (!holds && !today.ground(open)) return 'corrected'
  const isOn = sign.lingers === undefined ? check?.still_on === true : holds || (heldOn !== null && daysBetween(heldOn, day) < sign.lingers)
  if (!isOn) return 'ended'
  return daysBetween(open.raised, day) >= sign.expires ? 'expired' : null
}

const mayRaise = (sign: Kind, life: Life, { day, is_customer, has_decided, is_warm }: Today): boolean =>
  is_customer && is_warm && !life.is_latched && !(foretells(sign) && has_decided) && (life.quiet_until === null || day >= life.quiet_until)

/** One day in the life of a sign: what stands after it, and what was closed on it. Nothing is raised on the day of a close. */
export function liveOn(sign: Kind, life: Life, today: Today): { readonly life: Life; readonly closed: Closed | null } {
  const holds = today.check?.holds === true
  const held_on = holds && sign.lingers !== undefined ? today.day : life.held_on
  if (life.open !== null) {
    const why = closing(sign, life.open, held_on, today)
    if (why === null) return { life: { ...life, held_on }, closed: null }
    return {
      life: { open: null, held_on, quiet_until: why === 'ended' ? addDays(today.day, COOL_DOWN) : life.quiet_until, is_latched: why === 'expired' },
      closed: { ...life.open, closed: today.day, why },
    }
  }
  if (life.is_latched && !holds) return { life: { ...life, held_on, is_latched: false, quiet_until: addDays(today.day, COOL_DOWN) }, closed: null }
  if (!holds || today.check === null || !mayRaise(sign, life, today)) return { life: { ...life, held_on }, closed: null }
  const { evidence, sentence } = today.check
  return { life: { ...life, held_on, open: { raised: today.day, evidence, sentence } }, closed: null }
}

/** A person's word: done, or not so, both of which end it. */
export const closeByHand = (life: Life, day: Day): Life => ({ ...life, open: null, quiet_until: addDays(day, COOL_DOWN) })
