import type { Day } from '../../kernel/period.ts'
import { identifier, param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import type { Book } from '../../metrics/kit/book.ts'
import { textCells } from './column.ts'
import type { Column, ColumnHead, TextCells } from './column.ts'

export const STATES = ['customer', 'former', 'prospect'] as const
export type AccountState = (typeof STATES)[number]

/** All accounts on a day, with what their contracts say of them. The place of an account is the same in every column. */
export interface Frame {
  readonly day: Day
  /** Ids, in order. Internal and merged ones are not among them. */
  readonly accounts: readonly string[]
  readonly places: ReadonlyMap<string, number>
  readonly columns: ReadonlyMap<string, Column>
}

interface Paid {
  readonly account_id: string
  readonly since: Day | null
  readonly until: Day | null
  readonly pays: number
  readonly product: readonly string[]
  readonly plan: readonly string[]
  readonly currency: readonly string[]
}

const plain = (id: string, name: string, says: string, more: Partial<ColumnHead> = {}): ColumnHead => ({
  id,
  name,
  says,
  of: 'account',
  kind: 'text',
  unit: null,
  currency: null,
  better: 'context',
  ...more,
})

/** What is known of every account, whatever was imported. */
export const ACCOUNT_HEADS = {
  name: plain('name', 'Account', 'Its name, or its id where no name is known'),
  account: plain('account', 'Account ID', 'The id that the account has in the files'),
  state: plain('state', 'State', 'A customer pays on the day; a former one did before; a prospect never has', { choices: [...STATES] }),
  customer_since: plain('customer_since', 'Customer since', 'The first day on which it paid', { kind: 'day' }),
  customer_until: plain('customer_until', 'Left on', 'Of a former customer, the first day on which it no longer paid', { kind: 'day' }),
  product: plain('product', 'Product', 'The products that it pays for on the day'),
  plan: plain('plan', 'Plan', 'The plans that it pays for on the day'),
  currency: plain('currency', 'Currency', 'The currencies that it is billed in on the day'),
} as const

/** Who pays on the day, who did before, and what for. */
const readPaid = ({ store, ledger }: Book, day: Day): AsyncIterable<Paid[]> => {
  const on = param('Date32', day)
  const named = (column: string): Sql =>
    sql`arraySort(groupUniqArrayIf(s.${identifier(column)}, s.pays AND s.${identifier(column)} != '')) AS ${identifier(column)}`
  const here = sql`
    SELECT s.account_id AS account_id, toString(minOrNullIf(s.day, s.mrr > 0)) AS since, toString(maxOrNullIf(s.until, s.mrr > 0)) AS until,
      max(s.pays) AS pays, ${named('product')}, ${named('plan')}, ${named('currency')}
    FROM (
      SELECT account_id, day, until, mrr, mrr > 0 AND until > ${on} AS pays, toString(product) AS product, toString(plan) AS plan,
        toString(currency) AS currency
      FROM (${ledger(subscriptionDayLedger)}) WHERE day <= ${on}) AS s
    GROUP BY s.account_id`
  return store.readChunks<Paid>(sql`SELECT * FROM ${store.shardLocal(here)}`)
}

/** Several words of an account as one cell; each of them is what a condition is held against. */
function severalCells(lists: readonly (readonly string[])[], why: string): TextCells {
  const held = new Map<string, readonly string[]>()
  const joined = lists.map((list) => {
    const text = list.join(', ')
    held.set(text, list)
    return text
  })
  return textCells(joined, why, (text) => held.get(text) ?? [text])
}

/** Every account of which anything is told that counts: those with a row of their own, and those only subscriptions name. */
export async function readFrame(book: Book, day: Day): Promise<Frame> {
  const names = new Map<string, string>()
  const left = new Set<string>()
  const known = sql`SELECT account_id, name, counted_as != account_id OR is_internal = 1 AS left_out FROM (${book.ledger(accountLedger)})`
  for await (const chunk of book.store.readChunks<{ account_id: string; name: string; left_out: number }>(known))
    for (const { account_id, name, left_out } of chunk)
      if (Number(left_out) === 1) left.add(account_id)
      else names.set(account_id, name)
  const paid = new Map<string, Paid>()
  for await (const chunk of readPaid(book, day))
    for (const row of chunk)
      if (!left.has(row.account_id)) {
        paid.set(row.account_id, row)
        if (!names.has(row.account_id)) names.set(row.account_id, '')
      }
  const accounts = [...names.keys()].sort()
  const rows = accounts.map((id) => paid.get(id))
  const isCustomer = (row: Paid | undefined): boolean => Number(row?.pays ?? 0) === 1
  const stateOf = (row: Paid | undefined): AccountState => (isCustomer(row) ? 'customer' : (row?.since ?? null) === null ? 'prospect' : 'former')
  const never = 'It does not pay on this day'
  const cells: Record<keyof typeof ACCOUNT_HEADS, TextCells> = {
    name: textCells(
      accounts.map((id) => names.get(id) || id),
      'No name is known',
    ),
    account: textCells(accounts, 'No id is known'),
    state: textCells(rows.map(stateOf), 'Not known'),
    customer_since: textCells(
      rows.map((row) => row?.since ?? null),
      'It has never paid',
    ),
    customer_until: textCells(
      rows.map((row) => (isCustomer(row) ? null : (row?.until ?? null))),
      'It has not left',
    ),
    product: severalCells(
      rows.map((row) => row?.product ?? []),
      never,
    ),
    plan: severalCells(
      rows.map((row) => row?.plan ?? []),
      never,
    ),
    currency: severalCells(
      rows.map((row) => row?.currency ?? []),
      never,
    ),
  }
  const columns = Object.values(ACCOUNT_HEADS).map((head): [string, Column] => [head.id, { head, cells: cells[head.id as keyof typeof ACCOUNT_HEADS] }])
  return { day, accounts, places: new Map(accounts.map((id, place) => [id, place])), columns: new Map(columns) }
}
