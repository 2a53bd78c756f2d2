import type { AccountDay } from '../health/account-day.ts'
import type { ShownBand } from '../health/bands.ts'
import type { Cap } from '../health/caps.ts'
import type { NextDeadline } from '../health/opt-out-calendar.ts'
import type { Day } from '../kernel/period.ts'

/** `risk` foretells a decision to leave, `decided` reports one, `data` says that too little is known. */
export type SignClass = 'risk' | 'opportunity' | 'data' | 'decided'

/** What a sign may look at: an account on a day, its health, and how the fleet does. */
export interface SignDay extends AccountDay {
  readonly score: number | null
  readonly weighted: number | null
  readonly coverage: number
  readonly confidence: number
  readonly missing_inputs: readonly string[]
  readonly band: ShownBand
  /** The band without caps that have a sign of their own. */
  readonly own_band: ShownBand
  readonly caps: readonly Cap[]
  readonly week_before: { readonly band: ShownBand; readonly own_band: ShownBand } | null
  /** Whether a cap without a sign of its own holds. */
  readonly own_cap: boolean
  readonly next_deadline: NextDeadline | null
  /** How far the fleet fell in 28 days; 0 where it is too small to say. */
  readonly fleet_fall: number
  /** How so many weeks up to a day were for everybody, the last one first. */
  season(weeks: number, until: Day): readonly number[]
}

export type Evidence = Readonly<Record<string, string | number | boolean | null | undefined>>

/**
 * One kind of sign: what it is read from, when it holds, and until when it is still on. Values are few and plain, so that a
 * store can count them for all accounts at once and hand them to the same rule.
 */
export interface SignDefinition<V extends object> {
  readonly id: string
  readonly name: string
  readonly says: string
  readonly class: SignClass
  /** Days after which one that is still on is closed. */
  readonly expires: number
  /** Looked at in the minute in which a fact comes, not only at the close of the day. */
  readonly instant?: boolean
  /** Rests on the score, which is not judged in the first days of a workspace. */
  readonly restsOnScore?: boolean
  /** Reads metrics, which are not counted again for the day on which it was raised: what they said then stands. */
  readonly readsMetrics?: boolean
  /** Kinds of facts that it is read from, and how many days back from its day; all of the account where none are said. */
  readonly opens: readonly { readonly fact: string; readonly days?: number }[]
  /** Null where it cannot be checked. */
  values(on: SignDay): V | null
  holds(values: V): boolean
  /** While it is on; where it is left out as long as it holds. */
  stillOn?(values: V): boolean
  /** Days that it stays on after it last held, instead. */
  readonly lingers?: number
  /** Whether it was right to raise it, by what is known later of the day on which it was; where left out, whether it held. */
  ground?(values: V): boolean
  evidence(values: V): Evidence
  sentence(values: V): string
}

/** How a sign stands on a day. */
export interface Check {
  readonly holds: boolean
  readonly still_on: boolean
  readonly ground: boolean
  readonly evidence: Evidence
  readonly sentence: string
}

export interface Sign<V extends object = object> extends SignDefinition<V> {
  check(on: SignDay): Check | null
}

export function defineSign<V extends object>(definition: SignDefinition<V>): Sign<V> {
  return {
    ...definition,
    check(on) {
      const values = definition.values(on)
      if (values === null) return null
      const holds = definition.holds(values)
      return {
        holds,
        still_on: definition.stillOn?.(values) ?? holds,
        ground: definition.ground?.(values) ?? holds,
        evidence: definition.evidence(values),
        sentence: definition.sentence(values),
      }
    },
  }
}
