import type { Day } from '../../kernel/period.ts'
import type { Fleet } from '../account-day.ts'
import type { StandingFrame } from './frame.ts'
import type { RawAccount, RawAccounts } from './raw-account.ts'
import { readAccounts } from './read-accounts.ts'
import { readChampions } from './read-champions.ts'
import { readLongCustomers, readPaidContracts } from './read-contracts.ts'
import { hasInvoices, readInvoices } from './read-invoices.ts'
import { readResponses } from './read-responses.ts'
import { readNewestTicket, readTickets } from './read-tickets.ts'
import { readToldContracts } from './read-told-contracts.ts'
import { readLags, readUse } from './read-use.ts'
import type { Lags } from './read-use.ts'

/** What accounts have in common, with how late each source of use is. */
export interface StandingFleet extends Fleet {
  readonly lags: Lags
}

export interface RawStanding {
  readonly fleet: StandingFleet
  readonly accounts: ReadonlyMap<string, RawAccount>
}

/** Reads one after the other in each of two lanes: an engine does not gain by more at once. */
async function inTwoLanes(reads: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...reads]
  const lane = async (): Promise<void> => {
    for (let read = waiting.shift(); read !== undefined; read = waiting.shift()) await read()
  }
  await Promise.all([lane(), lane()])
}

/** What the accounts tell of the fleet. Nothing asks when use was first recorded: that is of days, not of a moment. */
function toldBy(accounts: RawAccounts, newestUse: Day | null): Pick<Fleet, 'newest_use' | 'has_responses' | 'has_invoices'> {
  const all = [...accounts.byId.values()]
  return { newest_use: newestUse, has_responses: all.some(({ responded }) => responded.newest !== null), has_invoices: all.some(({ due }) => due.n > 0) }
}

const laterOf = (a: Day | null, b: Day | null): Day | null => (a === null || (b !== null && b > a) ? b : a)

/**
 * The raw values of accounts: some queries for all of them together. Of some accounts alone the fleet is what is known of it,
 * moved on by what these tell; `known` must hold the lags of now.
 */
export async function readRaw(frame: StandingFrame, known?: StandingFleet): Promise<RawStanding> {
  const accounts = await readAccounts(frame)
  const lags = known?.lags ?? (await readLags(frame, accounts))
  const newest: { use: Day | null; ticket: Day | null } = { use: null, ticket: null }
  await inTwoLanes([
    async () => void (newest.use = await readUse(frame, lags, accounts)),
    () => readPaidContracts(frame, accounts),
    () => readInvoices(frame, accounts),
    () => readResponses(frame, accounts),
    () => readTickets(frame, accounts),
    () => readLongCustomers(frame, accounts),
    () => readChampions(frame, accounts),
    async () => void (newest.ticket = await readNewestTicket(frame, accounts)),
  ])
  await readToldContracts(frame, accounts)
  const told = toldBy(accounts, newest.use)
  const fleet: StandingFleet = {
    lags,
    first_use: null,
    newest_use: laterOf(known?.newest_use ?? null, told.newest_use),
    newest_ticket: newest.ticket,
    has_responses: known?.has_responses === true || told.has_responses,
    has_invoices: known?.has_invoices === true || told.has_invoices || (await hasInvoices(frame, accounts)),
  }
  return { fleet, accounts: accounts.byId }
}
