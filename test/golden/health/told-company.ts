import type { AccountHistory } from '../../../src/health/history.ts'
import type { Day } from '../../../src/kernel/period.ts'

/** A company of which every number of health is known, as it was told to somebody. */
export interface ToldCompany {
  readonly histories: readonly AccountHistory[]
  /** The same had nothing come late. */
  readonly ideal: readonly AccountHistory[]
  /** Accounts that belong to another, with that. */
  readonly parents: ReadonlyMap<string, string>
  readonly zone: string
  readonly currency: string
}

/** What `expected.json` says of itself, and asks for. */
export interface Asked {
  readonly settings: { readonly time_zone: string; readonly reporting_currency: string; readonly horizon_days: number }
  readonly days: Readonly<Record<Day, unknown>>
  readonly opt_out_calendar: Readonly<Record<Day, unknown>>
  readonly migration: { readonly day: Day; readonly candidate: string }
  readonly delay: Readonly<Record<string, unknown>>
}
