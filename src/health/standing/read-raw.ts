import type { StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'
import { readChampions } from './read-champions.ts'
import { readLongCustomers, readPaidContracts } from './read-contracts.ts'
import type { StandingFleet } from './read-fleet.ts'
import { readInvoices } from './read-invoices.ts'
import { readResponses } from './read-responses.ts'
import { readTickets } from './read-tickets.ts'
import { readToldContracts } from './read-told-contracts.ts'
import { readUse } from './read-use.ts'

/** Reads one after the other in each of two lanes: an engine does not gain by more at once. */
async function inTwoLanes(reads: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...reads]
  const lane = async (): Promise<void> => {
    for (let read = waiting.shift(); read !== undefined; read = waiting.shift()) await read()
  }
  await Promise.all([lane(), lane()])
}

/** The raw values of accounts: some queries for all of them together. */
export async function readRaw(frame: StandingFrame, accounts: RawAccounts, { lags }: StandingFleet): Promise<void> {
  await inTwoLanes([
    () => readUse(frame, lags, accounts),
    () => readPaidContracts(frame, accounts),
    () => readInvoices(frame, accounts),
    () => readResponses(frame, accounts),
    () => readTickets(frame, accounts),
    () => readLongCustomers(frame, accounts),
    () => readChampions(frame, accounts),
  ])
  await readToldContracts(frame, accounts)
}
