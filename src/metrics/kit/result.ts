import type { Unit } from '../../kernel/words/units.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import type { Flag } from '../../kernel/words/flags.ts'
import type { Period } from '../../kernel/period.ts'
import type { RateGap } from './book.ts'

interface Named extends Period {
  readonly label: string
}

/** The record in which every number travels (C32). */
export interface Result {
  readonly metric: string
  readonly version: string
  readonly period: Named
  readonly dims: Record<string, string>
  readonly value: number | null
  readonly exact: string | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly n: number | null
  readonly ci: [number, number] | null
  readonly ci_method: string | null
  readonly ci_says: string | null
  readonly unit: Unit
  readonly currency: string | null
  readonly null_reason: NullReason | null
  readonly missing_rates: RateGap[]
  /** Why the metric could not be asked this while others could. */
  readonly refusal?: { readonly code: string; readonly message: string; readonly cure: string }
  readonly flags: Flag[]
  readonly parts: Record<string, number | null>
  readonly comparison: {
    readonly period: Named
    readonly value: number | null
    readonly numerator: number | null
    readonly denominator: number | null
    readonly n: number | null
    /** False where the one period is over and the other is not: then there is no change to speak of (C29). */
    readonly alike: boolean
    readonly change: number | null
    readonly change_ci: [number, number] | null
  } | null
  readonly settings_hash: string
}
