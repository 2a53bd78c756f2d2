import type { Day } from '../../kernel/period.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'

/** An account of a worked example: its MRR when the period opens and when it closes. */
export interface ExampleAccount {
  readonly count?: number
  readonly opening?: number
  readonly closing?: number
  /** Joined and left inside the period. */
  readonly between?: number
  /** Had been a customer before the period. */
  readonly earlier?: boolean
}

/** What was said of an account, or of several alike, at the close of a day. */
export interface Said {
  readonly account: string
  readonly count?: number
  readonly day: Day
  readonly score: number | null
  readonly band: 'red' | 'amber' | 'green' | 'unknown'
  readonly arr: number
  /** Null where it has decided, which is the default. */
  readonly phase?: 'month_to_month' | 'in_window' | 'later' | null
  readonly next_deadline?: Day
  readonly mode?: 'lived' | 'as_if_connected'
}

/** A decision to leave of an account, or of several of those alike from one on; known on its day. */
export interface Decided {
  readonly account: string
  readonly from?: number
  readonly count: number
  readonly on: Day
  readonly taken_back_on?: Day
}

export interface Example {
  readonly says: string
  readonly accounts?: readonly ExampleAccount[]
  /** Rows of facts by fact id. Ids in them are the example's own: it shares nothing with another. */
  readonly facts?: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>
  readonly said?: readonly Said[]
  /** What was said and decided in the whole company before. Examples that say the same of an account share it. */
  readonly past?: { readonly said: readonly Said[]; readonly decided: readonly Decided[] }
  /** Default: March 2024. */
  readonly ask?: { readonly from: string; readonly until: string; readonly as_of?: string; readonly options?: Readonly<Record<string, string>> }
  readonly value: number | null
  readonly exact?: string
  readonly null_reason?: NullReason
  readonly ci?: readonly [number, number]
  /** Other numbers of the result's parts. */
  readonly parts?: Readonly<Record<string, number | null>>
  /** Flags of the result, perhaps among others. */
  readonly flags?: readonly string[]
}
