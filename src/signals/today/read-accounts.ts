import type { Asking } from '../../books/ask.ts'
import type { Books } from '../../books/books.ts'
import { compute } from '../../books/ask.ts'
import type { OpenBook } from '../../books/read-book.ts'
import { readBook } from '../../books/read-book.ts'
import type { Band } from '../../health/bands.ts'
import type { Phase } from '../../health/likelihood.ts'
import type { SnapshotMode } from '../../health/snapshot.ts'
import { snapshotsSql } from '../../health/snapshot.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { accountDimensionLedger } from '../../ledgers/account-dimension-ledger.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { csmCapacityLedger } from '../../ledgers/csm-capacity-ledger.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { AccountToday } from './account-today.ts'

/** The day of which most is said last, and how it came to be said. */
export interface LastSaid {
  readonly day: Day
  readonly mode: Extract<SnapshotMode, 'lived' | 'as_if_connected'>
}

/** Every account as it was said to be last, with who owns it today. */
export interface AccountsToday {
  readonly said: LastSaid | null
  readonly accounts: ReadonlyMap<string, AccountToday>
  /** Names of CSMs by their ids. */
  readonly names: ReadonlyMap<string, string>
}

/** The last lived day, or the last of the past as if sources had been connected. Null where nothing was ever said. */
export async function readLastSaid({ store }: Pick<Book, 'store'>): Promise<LastSaid | null> {
  const here = sql`SELECT toString(mode) AS mode, max(day) AS last FROM ${table('health_snapshot')} WHERE mode IN ('lived', 'as_if_connected') GROUP BY mode`
  const rows = await store.read<LastSaid>(sql`SELECT mode, max(last) AS day FROM ${store.shardLocal(here)} GROUP BY mode ORDER BY mode = 'lived' DESC`)
  const [found] = rows
  return found === undefined ? null : { day: found.day, mode: found.mode }
}

/** Who owned each account at the close of a day, as it is known now. Accounts that nobody owns are not there. */
export async function readOwners({ store, ledger }: Pick<Book, 'store' | 'ledger'>, day: Day): Promise<Map<string, string>> {
  const here = sql`SELECT account_id, argMax(toString(value), day) AS csm FROM (${ledger(accountDimensionLedger)})
    WHERE dimension = 'csm' AND day <= ${param('Date32', day)} GROUP BY account_id HAVING csm != ''`
  const rows = await store.read<{ account_id: string; csm: string }>(sql`SELECT * FROM ${store.shardLocal(here)}`)
  return new Map(rows.map(({ account_id, csm }) => [account_id, csm]))
}

/** Names of CSMs, as they are called since the last change. */
export async function readCsmNames({ store, ledger }: Pick<Book, 'store' | 'ledger'>): Promise<Map<string, string>> {
  const rows = await store.read<{ csm_id: string; name: string }>(
    sql`SELECT csm_id, argMax(name, day) AS name FROM (${ledger(csmCapacityLedger)}) GROUP BY csm_id HAVING name != ''`,
  )
  return new Map(rows.map(({ csm_id, name }) => [csm_id, name]))
}

async function readNames({ store, ledger }: Pick<Book, 'store' | 'ledger'>): Promise<Map<string, string>> {
  const rows = await store.read<{ account_id: string; name: string }>(sql`SELECT account_id, name FROM (${ledger(accountLedger)}) WHERE name != ''`)
  return new Map(rows.map(({ account_id, name }) => [account_id, name]))
}

type Said = Omit<AccountToday, 'name' | 'csm' | 'churn_probability'>
const SAID = ['account_id', 'score', 'band', 'held', 'coverage', 'arr', 'decided_on', 'next_deadline', 'deadline_arr', 'phase'] as const

async function readSaid({ store }: Pick<Book, 'store'>, { day, mode }: LastSaid): Promise<AccountToday[]> {
  const rows = sql`SELECT * FROM ${store.shardLocal(snapshotsSql({ mode, from: day, until: day }, SAID))}`
  const found: AccountToday[] = []
  for await (const chunk of store.readChunks<Omit<Said, 'held' | 'phase'> & { held: string; phase: string }>(rows))
    for (const row of chunk)
      found.push({
        ...row,
        held: row.held === '' ? null : (row.held as Band),
        phase: row.phase === '' ? null : (row.phase as Phase),
        name: row.account_id,
        csm: null,
        churn_probability: null,
      })
  return found
}

async function readAll(book: Book): Promise<AccountsToday> {
  const today = addDays(book.knownUntil, -1)
  const said = await readLastSaid(book)
  const [rows, owners, names, called] = await Promise.all([
    said === null ? [] : readSaid(book, said),
    readOwners(book, today),
    readCsmNames(book),
    readNames(book),
  ])
  const accounts = rows.map((row) => ({ ...row, name: called.get(row.account_id) ?? row.account_id, csm: owners.get(row.account_id) ?? null }))
  return { said, accounts: new Map(accounts.map((account) => [account.account_id, account])), names }
}

const kept = new WeakMap<Books, { readonly key: string; readonly answer: Promise<AccountsToday> }>()

/** Read once for each state of the ledgers and each day that was closed. */
export async function readAccountsToday(books: Books, asking: Asking, closed: string): Promise<{ open: OpenBook; today: AccountsToday }> {
  const open = await readBook(books, asking)
  const key = `${open.key} ${closed}`
  const known = kept.get(books)
  if (known?.key === key) return { open, today: await known.answer }
  const answer = compute(books.lanes, books.store, (store) => readAll({ ...open.book, store }), { seconds: 60 })
  kept.set(books, { key, answer })
  answer.catch(() => kept.get(books)?.answer === answer && kept.delete(books))
  return { open, today: await answer }
}
