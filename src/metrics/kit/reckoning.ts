import type { NullReason } from '../../kernel/words/reasons.ts'
import type { Flag } from '../../kernel/words/flags.ts'

/** What comes of computing a value: the value or why there is none, and what stands beside it. */
export interface Reckoning {
  readonly value: number | null
  readonly exact?: string | null
  readonly null_reason?: NullReason
  readonly flags?: readonly Flag[]
  readonly ci?: readonly [number, number] | null
  readonly ci_method?: string
  /** Standard error of the value: gives the interval of a change, both periods taken as samples of their own. */
  readonly se?: number | null
  /** Numbers that belong beside the value, by their names in `besides`: a mean beside a median. */
  readonly beside?: Readonly<Record<string, number | null>>
  /** The measures the value was made of, where an option chose others than the usual ones. */
  readonly numerator?: string
  readonly denominator?: string
  /** The formula it was computed by, where another than the usual one: of other measures, or in another way. */
  readonly formula?: string
  /** The denominator itself, where it is a measure in another unit: years for days. */
  readonly under?: number
}
