import type { Day, Grain } from '../../kernel/period.ts'

/** What can be asked of metrics. */
export interface Question {
  readonly from: Day
  readonly until: Day
  readonly grain?: Grain | undefined
  readonly by?: readonly string[] | undefined
  readonly where?: readonly string[] | undefined
  /** Last day that counts. */
  readonly as_of?: Day | undefined
  readonly compare?: 'previous' | 'year' | undefined
  readonly interval?: boolean | undefined
  readonly options?: Readonly<Record<string, string>> | undefined
  /** Attributes that accounts have, where it is known: by others nothing is told apart. */
  readonly attributes?: readonly string[] | undefined
}
