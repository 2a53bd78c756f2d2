/**
 * Advisory locks of a workspace, by what they guard. A number belongs to one of them for good: processes of another version may
 * hold it at the same time.
 */
export const LOCKS = {
  /** Bringing both stores to the present schema. */
  migrate: 7_301_001,
  /** Deriving ledgers. */
  ledgers: 7_301_002,
  /** Recording facts and taking them back: what is new, changed or the same is judged by what stands recorded. */
  recording: 7_301_003,
  /** Held together by all who bring rows; alone by who clears up after those that are gone. */
  receiving: 7_301_004,
  /** Closing days: saying how customers were, raising and ending signals. */
  days: 7_301_005,
  /** Replaying the past year. */
  replay: 7_301_006,
} as const

export type LockName = keyof typeof LOCKS
