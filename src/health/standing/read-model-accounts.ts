import { readPieces } from '../../facts/read-pieces.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql } from '../../kernel/sql.ts'
import { accountDimensionLedger } from '../../ledgers/account-dimension-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { ModelAccount } from '../models.ts'
import { PRODUCT } from '../models.ts'
import { dayParam, plain } from './frame.ts'

const NOTHING: ModelAccount = { attributes: {}, products: [] }

/** What of accounts decides by which model each is scored on a day, as far as these dimensions tell them apart; nothing is read where there are none. */
export async function readModelAccounts({ store, ledger }: Book, asked: readonly string[], day: Day): Promise<(account: string) => ModelAccount> {
  const dimensions = asked.filter((dimension) => dimension !== PRODUCT)
  const found = new Map<string, { attributes: Record<string, string>; products: string[] }>()
  const of = (account: string): { attributes: Record<string, string>; products: string[] } => {
    const known = found.get(account) ?? { attributes: {}, products: [] }
    found.set(account, known)
    return known
  }
  if (dimensions.length > 0) {
    const held = sql`SELECT account_id, toString(dimension) AS name, argMax(toString(value), day) AS held FROM (${ledger(accountDimensionLedger)})
      WHERE dimension IN ${param('Array(String)', dimensions)} AND day <= ${dayParam(day)} GROUP BY account_id, name`
    for await (const piece of readPieces<string>(store, sql`SELECT * FROM ${store.shardLocal(held)}`, plain('account_id', 'name', 'held')))
      piece['account_id']?.forEach((id, i) => (of(id).attributes[piece['name']?.[i] ?? ''] = piece['held']?.[i] ?? ''))
  }
  if (asked.includes(PRODUCT)) {
    const paid = sql`SELECT DISTINCT account_id, toString(product) AS product FROM (${ledger(subscriptionDayLedger)})
      WHERE mrr > 0 AND day <= ${dayParam(day)} AND until > ${dayParam(day)}`
    for await (const piece of readPieces<string>(store, sql`SELECT * FROM ${store.shardLocal(paid)}`, plain('account_id', 'product')))
      piece['account_id']?.forEach((id, i) => of(id).products.push(piece['product']?.[i] ?? ''))
  }
  return (account) => found.get(account) ?? NOTHING
}
