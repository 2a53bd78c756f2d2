import type { Day } from '../../kernel/period.ts'
import { identifier, param, sql } from '../../kernel/sql.ts'
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

/** What is known of every account, whatever was imported; it is read with the accounts themselves. */
export const FRAME_HEADS = {
  name: plain('name', 'Account', 'Its name, or its id where no name is known'),
  account: plain('account', 'Account ID', 'The id that the account has in the files'),
  state: plain('state', 'State', 'A customer pays on the day; a former one did before; a prospect never has', { choices: [...STATES] }),
  customer_since: plain('customer_since', 'Customer since', 'The first day on which it paid', { kind: 'day' }),
  customer_until: plain('customer_until', 'Left on', 'Of a former customer, the first day on which it no longer paid', { kind: 'day' }),
} as const

/** What an account pays for; an account that pays for several has all of them in one cell. */
export const CONTRACT_HEADS = {
  product: plain('product', 'Product', 'The products that it pays for on the day'),
  plan: plain('plan', 'Plan', 'The plans that it pays for on the day'),
  currency: plain('currency', 'Currency', 'The currencies that it is billed in on the day'),
} as const
export type ContractColumn = keyof typeof CONTRACT_HEADS

/** Who pays on the day, and who did before. */
const readPaid = ({ store, ledger }: Book, day: Day): AsyncIterable<Paid[]> => {
  const on = param('Date32', day)
  const here = sql`
    SELECT s.account_id AS account_id, toString(minOrNullIf(s.day, s.mrr > 0)) AS since, toString(maxOrNullIf(s.until, s.mrr > 0)) AS until,
      max(s.mrr > 0 AND s.until > ${on}) AS pays
    FROM (SELECT account_id, day, until, mrr FROM (${ledger(subscriptionDayLedger)}) WHERE day <= ${on}) AS s
    GROUP BY s.account_id`
  return store.readChunks<Paid>(sql`SELECT * FROM ${store.shardLocal(here)}`)
}

/** The products, plans or currencies of all accounts of the frame on its day. Each of them is what a condition is held against. */
export async function readContracts({ store, ledger }: Book, { accounts, places, day }: Frame, id: ContractColumn): Promise<Column> {
  const [on, column] = [param('Date32', day), identifier(id)]
  const here = sql`
    SELECT account_id, arraySort(groupUniqArray(toString(${column}))) AS held
    FROM (${ledger(subscriptionDayLedger)}) WHERE day <= ${on} AND until > ${on} AND mrr > 0 AND ${column} != '' GROUP BY account_id`
  const joined = new Array<string>(accounts.length).fill('')
  const lists = new Map<string, readonly string[]>()
  for await (const chunk of store.readChunks<{ account_id: string; held: string[] }>(sql`SELECT * FROM ${store.shardLocal(here)}`))
    for (const { account_id, held } of chunk) {
      const [place, text] = [places.get(account_id), held.join(', ')]
      if (place === undefined) continue
      lists.set(text, held)
      joined[place] = text
    }
  return { head: CONTRACT_HEADS[id], cells: textCells(joined, 'It pays for nothing on this day', (text) => lists.get(text) ?? [text]) }
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
  const cells: Record<keyof typeof FRAME_HEADS, TextCells> = {
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
  }
  const columns = Object.values(FRAME_HEADS).map((head): [string, Column] => [head.id, { head, cells: cells[head.id as keyof typeof FRAME_HEADS] }])
  return { day, accounts, places: new Map(accounts.map((id, place) => [id, place])), columns: new Map(columns) }
}
