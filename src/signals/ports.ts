import type { AccountDay } from '../health/account-day.ts'
import type { AccountHealth } from '../health/account-health.ts'
import type { AccountHistory } from '../health/history.ts'
import type { HealthModel } from '../health/model.ts'
import type { Said } from '../health/said.ts'
import type { Day } from '../kernel/period.ts'
import type { CloseReason, Life, Raised } from './life.ts'

/** Where a day reads what was ever recorded. */
export interface Histories {
  /**
   * Every account, or some, in chunks that fit into memory, in the same order each time. What was recorded after the close of
   * the day may be left out; whatever is given of it is not looked at.
   */
  read(known_by: Day, accounts?: readonly string[]): AsyncIterable<readonly AccountHistory[]>
}

export type SaidOn = (account: string, day: Day) => Said | undefined

/** An account on its day, and what was said of it. */
export interface Reported {
  readonly on: AccountDay
  readonly health: AccountHealth
  readonly model: HealthModel
  /** The whole fleet moved on that day. */
  readonly is_held: boolean
}

/** What was said at the closes of the days before. */
export interface Past {
  /** Weighted scores of those that had one. Empty where the day was not lived. */
  weightedOn(day: Day): Promise<ReadonlyMap<string, number>>
  /** Of some accounts on some days. */
  saidOf(accounts: readonly string[], days: readonly Day[]): Promise<SaidOn>
  /** Days from one on at which the fleet was held and nobody said that it was real. */
  heldSince(day: Day): Promise<ReadonlySet<Day>>
  /** The same said twice is said once. */
  write(reported: readonly Reported[]): Promise<void>
}

/** What is learnt of decisions to leave. */
export interface Decisions {
  /** Told of all accounts at the close of a day, whether they are customers or left. */
  learn(accounts: readonly AccountDay[]): Promise<void>
}

/** A signal that is over. */
export interface Over extends Raised {
  readonly account: string
  readonly kind: string
}

/** How signals stand before a day. */
export interface Lives {
  /** By account, then kind. What is not there has never held. */
  livesOf(accounts: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, Life>>>
  /** Closed ones raised on a day or after it that were right so far. */
  overSince(accounts: readonly string[], day: Day): Promise<readonly Over[]>
}

/** What a day changes in the signals of an account. */
export interface Change {
  readonly account: string
  readonly kind: string
  /** Where the kind stands after the day. */
  readonly life: Life
  readonly opened: Raised | null
  readonly closed: { readonly raised: Day; readonly why: CloseReason } | null
}
