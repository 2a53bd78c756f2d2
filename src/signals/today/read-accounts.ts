import type { Asking } from '../../books/ask.ts'
import type { Books } from '../../books/books.ts'
import { compute } from '../../books/ask.ts'
import type { OpenBook } from '../../books/read-book.ts'
import { readBook } from '../../books/read-book.ts'
import type { SnapshotMode } from '../../health/snapshot.ts'
import type { AccountStanding, Standing, Standings } from '../../health/standing.ts'
import type { Day } from '../../kernel/period.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { accountDimensionLedger } from '../../ledgers/account-dimension-ledger.ts'
import { csmCapacityLedger } from '../../ledgers/csm-capacity-ledger.ts'
import { scopeKey } from '../../metrics/kit/asker.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { AccountToday } from './account-today.ts'

const SECONDS = 60

/** The day of which most is said last, and how it came to be said. */
export interface LastSaid {
  readonly day: Day
  readonly mode: Extract<SnapshotMode, 'lived' | 'as_if_connected'>
}

/** Every customer as it stands now, with who owns it today. */
export interface AccountsToday {
  /** Null where no day was closed yet, nor the past worked out. */
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

/** Customers only: of others nothing needs anybody. */
const toAccount =
  (owners: ReadonlyMap<string, string>) =>
  ({
    account_id,
    name,
    score,
    band,
    held,
    coverage,
    arr,
    decided_on,
    next_deadline,
    deadline_arr,
    phase,
    churn_probability,
  }: AccountStanding): AccountToday => ({
    account_id,
    name: name === '' ? account_id : name,
    csm: owners.get(account_id) ?? null,
    score,
    band,
    held,
    coverage,
    arr: arr ?? 0,
    decided_on,
    next_deadline,
    deadline_arr: deadline_arr ?? 0,
    phase,
    churn_probability,
  })

async function readAll(book: Book, { day, rows }: Standing): Promise<AccountsToday> {
  const [said, owners, names] = await Promise.all([readLastSaid(book), readOwners(book, day), readCsmNames(book)])
  const accounts = [...rows.values()].filter(({ is_customer }) => is_customer).map(toAccount(owners))
  return { said, accounts: new Map(accounts.map((account) => [account.account_id, account])), names }
}

const kept = new WeakMap<Standings, { readonly key: string; readonly answer: Promise<AccountsToday> }>()

/** Read once for each state of accounts and each day that was closed, which `closed` tells apart. */
export async function readAccountsToday(
  { books, standings }: { readonly books: Books; readonly standings: Standings },
  asking: Asking,
  closed: string,
): Promise<{ open: OpenBook; today: AccountsToday }> {
  const [open, standing] = await Promise.all([readBook(books, asking), standings.read(asking)])
  const key = `${scopeKey(asking.asker)} ${standing.key} ${closed}`
  const known = kept.get(standings)
  if (known?.key === key) return { open, today: await known.answer }
  const answer = compute(books.lanes, books.store, (store) => readAll({ ...open.book, store }, standing), { seconds: SECONDS })
  kept.set(standings, { key, answer })
  answer.catch(() => kept.get(standings)?.answer === answer && kept.delete(standings))
  return { open, today: await answer }
}
