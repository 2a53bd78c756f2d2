import { readPieces } from '../../facts/read-pieces.ts'
import { param, sql } from '../../kernel/sql.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { plain } from './frame.ts'
import type { Some, StandingFrame } from './frame.ts'
import { RawAccounts } from './raw-account.ts'

/** Who counts as whom, and who does not count. */
export async function readWhoCounts({ book, day }: Pick<StandingFrame, 'book' | 'day'>): Promise<RawAccounts> {
  const accounts = new RawAccounts(day)
  const special = await book.store.read<{ account_id: string; counted_as: string }>(
    sql`SELECT account_id, counted_as FROM (${book.ledger(accountLedger)}) WHERE counted_as != account_id OR is_internal = 1`,
  )
  for (const { account_id, counted_as } of special) {
    if (counted_as === account_id) accounts.internal.add(account_id)
    else accounts.countedAs.set(account_id, counted_as)
  }
  return accounts
}

/** Accounts that are described, and what they are called. */
export async function readNames({ book, only }: StandingFrame, accounts: RawAccounts): Promise<void> {
  const wanted = only === null ? sql`1` : sql`account_id IN ${param('Array(String)', only.accounts)}`
  const own = sql`SELECT account_id, name FROM (${book.ledger(accountLedger)}) WHERE counted_as = account_id AND is_internal = 0 AND ${wanted}`
  for await (const piece of readPieces<string>(book.store, own, plain('account_id', 'name')))
    piece['account_id']?.forEach((id, i) => {
      const account = accounts.of(id)
      if (account !== null) account.name = piece['name']?.[i] ?? ''
    })
}

/** Of accounts as they are named somewhere, those that count, each with all that are counted as it. */
export function familiesOf(named: Iterable<string>, accounts: RawAccounts): Some {
  const counted = new Set<string>()
  for (const each of named) {
    const id = accounts.countedAs.get(each) ?? each
    if (!accounts.internal.has(id)) counted.add(id)
  }
  const merged = [...accounts.countedAs].flatMap(([each, as]) => (counted.has(as) ? [each] : []))
  return { accounts: [...counted], with_merged: [...counted, ...merged] }
}
