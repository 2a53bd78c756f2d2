import type { Books } from '../../books/books.ts'
import type { Standings } from '../../health/standing.ts'
import type { Day } from '../../kernel/period.ts'
import type { Evidence } from '../sign.ts'
import type { OwnVersion } from '../own/own-signal.ts'

/** A signal as it is kept. */
export interface KeptSignal {
  readonly id: string
  readonly account_id: string
  readonly kind: string
  readonly sentence: string
  readonly raised_on: Day
  readonly raised_at: string
  /** ISO, UTC: up to when facts counted. */
  readonly known_until: string
  readonly evidence: Evidence
  readonly is_held: boolean
  readonly closed_on: Day | null
  readonly closed_at: string | null
  readonly close_reason: string | null
  readonly close_note: string | null
  readonly closed_by: string | null
  readonly ground_now: boolean
  readonly ground_lost_on: Day | null
}

export interface LivedDay {
  readonly day: Day
  readonly closed_at: string
  readonly known_until: string
}

/** A day on which the whole fleet moved at once, about which somebody is asked. */
export interface HeldDay extends LivedDay {
  readonly against: Day | null
  readonly up: number | null
  readonly down: number | null
  readonly compared: number | null
  readonly moved: readonly { readonly input: string; readonly points: number }[] | null
}

/** How the past was worked out, or how far that has come. */
export interface ReplayState {
  readonly mode: string
  readonly state: string
  readonly from: Day
  readonly until: Day
  readonly made_at: string
  readonly progress: { readonly done: number; readonly total: number } | null
}

/** A kind of signal, as people are told of it: one of the product, or one that the team made. */
export interface KindWords {
  readonly name: string
  readonly class: 'risk' | 'opportunity' | 'data' | 'decided'
}

/** What was written when a signal was skipped. */
export interface KeptSkip {
  readonly id: string
  readonly signal_id: string
  readonly account_id: string
  readonly reason: string
  readonly look_again_on: Day
  readonly skipped_at: string
  readonly skipped_by: string | null
}

export interface SignalsAsked {
  readonly is_open?: boolean | undefined
  readonly kinds?: readonly string[] | undefined
  readonly accounts?: readonly string[] | undefined
  /** First day on which they were raised. */
  readonly from?: Day | undefined
  /** Day after the last one. */
  readonly until?: Day | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

/** A person's word on a signal. */
export interface ByHand {
  readonly reason: 'done' | 'not_so'
  readonly note: string | null
  readonly by: string | null
  readonly on: Day
  readonly at: string
  /** No other of its kind before this day. */
  readonly quiet_until: Day
}

/** What the work of a day is read from and written to. */
export interface TodaySources {
  readonly books: Books
  /** How accounts stand now. */
  readonly standings: Standings
  /** By the day on which they were raised, the latest first. */
  readSignals(asked: SignalsAsked): Promise<{ readonly signals: readonly KeptSignal[]; readonly total: number }>
  /** Throws `not_found`. */
  readSignal(id: string): Promise<KeptSignal>
  /** How many of each kind were raised from a day on, and are open. */
  countByKind(from: Day): Promise<readonly { readonly kind: string; readonly raised: number; readonly open: number }[]>
  /** Throws `not_found`, `already_closed`. */
  close(id: string, hand: ByHand): Promise<KeptSignal>
  /** Throws `not_found`, `already_closed`. */
  skip(skip: Omit<KeptSkip, 'account_id'>): Promise<KeptSkip>
  /** Every skip of some signals, the oldest first. */
  skipsOf(signals: readonly string[]): Promise<readonly KeptSkip[]>
  /** Null where no day was lived yet. */
  livedDays(): Promise<{ readonly first: LivedDay; readonly last: LivedDay } | null>
  heldDays(): Promise<readonly HeldDay[]>
  /** How many signals are told that were kept back. Throws `not_found`, `already_answered`. */
  answerHold(day: Day, answer: 'real' | 'wrong', at: string, by: string | null): Promise<number>
  replays(): Promise<readonly ReplayState[]>
  readonly own: OwnVersions
}

/** Signals that the team made, with every version. */
export interface OwnVersions {
  readInForce(id: string): Promise<OwnVersion | null>
  readAllInForce(): Promise<readonly OwnVersion[]>
  readAll(id: string): Promise<readonly OwnVersion[]>
  /** Throws `changed_meanwhile`. */
  append(next: Omit<OwnVersion, 'version'>): Promise<OwnVersion>
}
