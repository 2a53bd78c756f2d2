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

export interface Example {
  readonly says: string
  readonly accounts?: readonly ExampleAccount[]
  /** Rows of facts by fact id. Ids in them are the example's own: it shares nothing with another. */
  readonly facts?: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>
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
