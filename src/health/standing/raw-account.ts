import type { Day } from '../../kernel/period.ts'
import type { ContactTerms, Invoice, Ticket } from '../account-facts.ts'
import type { Contract } from '../contracts.ts'
import type { DueLately, RespondedLately } from '../readings.ts'

/** What is read of one account before anything is judged. Money is in the reporting currency. */
export interface RawAccount {
  readonly account_id: string
  name: string
  mrr: number
  arr: number
  /** Some of it is in a currency without a rate. */
  is_unrated: boolean
  /**
   * Contracts that are paid for, each by its first and its present terms; of an account that may have decided all contracts with
   * all that was told of them.
   */
  contracts: Contract[]
  /** A contract said something of leaving, so that all that was told of the account's contracts is read. */
  is_open: boolean
  /** Paid half a year ago or earlier. */
  is_long_customer: boolean
  readonly use: { first: Day | null; until: Day; active_days: number; users: number }
  tickets_opened: number
  responded: RespondedLately
  due: DueLately
  urgent: Ticket[]
  late: Invoice[]
  contacts: ContactTerms[]
}

const NO_RESPONSES: RespondedLately = { newest: null, n: 0, mean: 0, mean_then: 0 }
const NOTHING_DUE: DueLately = { newest_due: null, n: 0, in_time: 0 }

export const rawAccount = (account_id: string, day: Day): RawAccount => ({
  account_id,
  name: '',
  mrr: 0,
  arr: 0,
  is_unrated: false,
  contracts: [],
  is_open: true,
  is_long_customer: false,
  use: { first: null, until: day, active_days: 0, users: 0 },
  tickets_opened: 0,
  responded: NO_RESPONSES,
  due: NOTHING_DUE,
  urgent: [],
  late: [],
  contacts: [],
})

/** Accounts as they are named by one query after the other. */
export class RawAccounts {
  readonly byId = new Map<string, RawAccount>()
  readonly #day: Day
  /** Ids of merged accounts, with those they count as. */
  readonly countedAs = new Map<string, string>()
  readonly internal = new Set<string>()

  constructor(day: Day) {
    this.#day = day
  }

  /** Null for an account that is left out of every number. */
  of(named: string): RawAccount | null {
    const id = this.countedAs.get(named) ?? named
    if (this.internal.has(id)) return null
    let account = this.byId.get(id)
    if (account === undefined) this.byId.set(id, (account = rawAccount(id, this.#day)))
    return account
  }
}
