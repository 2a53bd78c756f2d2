import { readPieces } from '../../facts/read-pieces.ts'
import { param, sql } from '../../kernel/sql.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { plain } from './frame.ts'
import type { StandingFrame } from './frame.ts'
import { RawAccounts } from './raw-account.ts'

/** Accounts that are described: who counts as whom, who does not count, and what they are called. */
export async function readAccounts({ book, day, only }: StandingFrame): Promise<RawAccounts> {
  const accounts = new RawAccounts(day)
  const all = sql`(${book.ledger(accountLedger)})`
  const special = await book.store.read<{ account_id: string; counted_as: string }>(
    sql`SELECT account_id, counted_as FROM ${all} WHERE counted_as != account_id OR is_internal = 1`,
  )
  for (const { account_id, counted_as } of special) {
    if (counted_as === account_id) accounts.internal.add(account_id)
    else accounts.countedAs.set(account_id, counted_as)
  }
  const wanted = only === null ? sql`1` : sql`account_id IN ${param('Array(String)', only.accounts)}`
  const own = sql`SELECT account_id, name FROM ${all} WHERE counted_as = account_id AND is_internal = 0 AND ${wanted}`
  for await (const piece of readPieces<string>(book.store, own, plain('account_id', 'name')))
    piece['account_id']?.forEach((id, i) => {
      const account = accounts.of(id)
      if (account !== null) account.name = piece['name']?.[i] ?? ''
    })
  return accounts
}
