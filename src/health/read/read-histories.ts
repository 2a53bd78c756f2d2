import type { FactStore } from '../../facts/store.ts'
import { dayOf } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { derivation } from '../../ledgers/ledger.ts'
import { surveyLedger } from '../../ledgers/survey-ledger.ts'
import type { AccountHistory } from '../history.ts'
import type { Told } from '../known.ts'
import { readChunks } from './accounts.ts'
import { readPlainKinds } from './kinds.ts'
import { readResponses } from './responses.ts'
import { readFeatures, readServices } from './feature-use.ts'
import { readDiscounts, readTerms } from './terms.ts'
import { readTickets } from './tickets.ts'
import { readUse } from './use.ts'
import type { Reading } from './versions.ts'
import { readUndos } from './versions.ts'

/** Accounts whose histories are in memory together. */
const AT_A_TIME = 1000

export interface HistoryOptions {
  /** Accounts that count; others are not read. Default: all. */
  readonly accounts?: readonly string[]
  /** What was recorded after this instant (ISO, UTC) is not read; undone imports count again that were undone after it. */
  readonly until: string
  /** Use of days before is left out but for the first day of each account. Rules look back 400 days at most. */
  readonly since?: Day
  readonly chunk?: number
  /** Rows of the accounts (account_id, counted_as, is_internal) where they are known already. Default: as they were recorded. */
  readonly described?: Sql
}

/**
 * All that was told of accounts up to an instant, chunk by chunk in the order of their ids. Days are those of the workspace's
 * zone, money is in the currency of its contract or invoice.
 *
 * Accounts are those that count at that instant: internal ones are left out, merged ones are told with the account that they
 * were merged into, for all time; which of them count is not a matter of the day (C3). Descriptions of surveys are those of
 * that instant too. All else is known from the day on which it was recorded, discounts, ticket events and features as well.
 *
 * Throws what the store throws.
 */
export async function* readHistories(
  store: FactStore,
  settings: Settings,
  { accounts: wanted, until, since, chunk: size = AT_A_TIME, described }: HistoryOptions,
): AsyncIterable<readonly AccountHistory[]> {
  const nothing = (): never => {
    throw new Error('what is read here rests on facts alone')
  }
  const facts = derivation(store, settings, { until: dayOf(new Date(until), settings.time_zone), reportedOn: until, made: nothing })
  const reading: Reading = { store, settings, until, undos: await readUndos(store, settings, until) }
  const [discounts, features] = await Promise.all([readDiscounts(reading), readFeatures(reading)])
  for (const chunk of await readChunks(reading, described ?? accountLedger.derive(facts), wanted, size)) {
    const [plain, terms, tickets, responses, use] = await Promise.all([
      readPlainKinds(reading, chunk),
      readTerms(reading, chunk, discounts),
      readTickets(reading, chunk),
      readResponses(reading, chunk, surveyLedger.derive(facts)),
      readUse(reading, chunk, since),
    ])
    const services = await readServices(reading, chunk, features, use)
    const told = Object.entries({ ...plain, terms, tickets, responses, use, services })
    yield chunk.accounts.map((account) => ({
      account,
      ...(Object.fromEntries(told.map(([kind, byAccount]) => [kind, byAccount.get(account) ?? []])) as Readonly<
        Record<keyof Omit<AccountHistory, 'account'>, readonly Told<never>[]>
      >),
    }))
  }
}
