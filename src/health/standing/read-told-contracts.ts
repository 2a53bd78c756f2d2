import { currentFacts } from '../../facts/current.ts'
import { opportunity } from '../../facts/opportunity.ts'
import { sql } from '../../kernel/sql.ts'
import { exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import type { Contract } from '../contracts.ts'
import { readContracts } from '../read/read-contracts.ts'
import { isLostRenewal } from '../read/terms.ts'
import { dayParam } from './frame.ts'
import type { StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'

async function readRates({ book, day }: StandingFrame): Promise<ReadonlyMap<string, number>> {
  const rows = await book.store.read<{ currency: string; rate: number }>(
    sql`SELECT toString(currency) AS currency, toFloat64(rate) AS rate FROM (${book.ledger(exchangeRateLedger)})
      WHERE day <= ${dayParam(day)} AND until > ${dayParam(day)}`,
  )
  return new Map(rows.map(({ currency, rate }) => [currency, rate]))
}

/** Accounts with a renewal that was lost in the pipeline: they may have decided though their terms do not say so. */
async function readLostRenewals({ book, until }: StandingFrame, { countedAs }: RawAccounts): Promise<string[]> {
  const lost = currentFacts(opportunity, { reportedOn: until, where: isLostRenewal })
  const rows = await book.store.read<{ account_id: string }>(sql`SELECT DISTINCT account_id FROM ${book.store.shardLocal(lost)}`)
  return rows.map(({ account_id }) => countedAs.get(account_id) ?? account_id)
}

/** Of the few accounts that may have decided, all that was told of their contracts, in the place of the terms in force. */
export async function readToldContracts(frame: StandingFrame, accounts: RawAccounts): Promise<void> {
  for (const account of await readLostRenewals(frame, accounts)) {
    const raw = accounts.of(account)
    if (raw !== null) raw.is_open = false
  }
  const unsure = [...accounts.byId.values()].filter(({ is_open }) => !is_open)
  if (unsure.length === 0) return
  const named = new Map(unsure.map(({ account_id }): [string, string[]] => [account_id, [account_id]]))
  for (const [merged, account] of accounts.countedAs) named.get(account)?.push(merged)
  const rates = await readRates(frame)
  const reported = (contract: Contract): Contract => contract.map((terms) => ({ ...terms, mrr: terms.mrr * (rates.get(terms.currency) ?? 1) }))
  for await (const chunk of readContracts(frame.book.store, frame.book.settings, frame.until, named))
    for (const { account, contracts } of chunk) {
      const raw = accounts.of(account)
      if (raw !== null) raw.contracts = contracts.map(reported)
    }
}
