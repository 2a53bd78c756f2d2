import { AnswerCache } from '../books/answer-cache.ts'
import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import type { Books } from '../books/books.ts'
import { readBook } from '../books/read-book.ts'
import { reportedUntil } from '../books/reported-until.ts'
import type { HealthModels } from '../health/models.ts'
import { notFound } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { dayOf } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import type { Book } from '../metrics/kit/book.ts'
import { readRecord } from './record.ts'
import type { AccountRecord } from './record.ts'
import type { SaidSignal } from './timeline/rule-happenings.ts'
import { knownAt } from './version.ts'

/** What pages about one account are made from. */
export interface AccountSources {
  readonly books: Books
  /** The models by which accounts are scored. */
  readonly models: () => Promise<HealthModels>
  /** Warnings about an account that were ever raised, the latest first. */
  readonly signals: (account: string) => Promise<readonly SaidSignal[]>
}

/** The same, with what was read lately of accounts: a page asks for several things of one. */
export interface Accounts extends AccountSources {
  readonly records: AnswerCache
}

/** Records of so many accounts are kept. */
const KEPT = 20

export const openAccounts = (sources: AccountSources): Accounts => ({ ...sources, records: new AnswerCache(KEPT) })

/** One account, and what was ever told of it. */
export interface OpenAccount {
  /** The one that its history counts under: another than was asked for where that was merged. */
  readonly account_id: string
  /** The id where no name is known. */
  readonly name: string
  readonly is_internal: boolean
  readonly book: Book
  readonly record: AccountRecord
  readonly zone: string
  readonly today: Day
  /** Facts recorded up to this instant count (ISO, UTC, microseconds). */
  readonly known_until: string
  /** Equal keys mean that nothing was recorded in between. */
  readonly key: string
}

/** Ids whose facts count for the account: its own, and those of accounts merged into it. */
export const countedAs = ({ ledger }: Pick<Book, 'ledger'>, id: string): Sql =>
  sql`SELECT account_id FROM (${ledger(accountLedger)}) WHERE counted_as = ${param('String', id)} UNION DISTINCT SELECT ${param('String', id)}`

interface Row {
  readonly name: string
  readonly counted_as: string
  readonly is_internal: number
}

async function readWho({ store, ledger }: Book, id: string): Promise<Row & { readonly found: boolean }> {
  const rows = await store.read<Row>(sql`
    SELECT own.name AS name, own.counted_as AS counted_as, own.is_internal AS is_internal FROM (${ledger(accountLedger)}) AS own
    WHERE own.account_id IN (SELECT counted_as FROM (${ledger(accountLedger)}) WHERE account_id = ${param('String', id)})`)
  const [row] = rows
  return row === undefined ? { name: id, counted_as: id, is_internal: 0, found: false } : { ...row, found: true }
}

/**
 * Opens an account with all that was ever told of it. Throws `not_found` for an account of which nothing is known.
 * `reportedOn` is a day or an instant: what is recorded later does not count; the ledgers are those of now.
 */
export async function openAccount({ books, records }: Accounts, asking: Asking, id: string, reportedOn?: string): Promise<OpenAccount> {
  const { book, key } = await readBook(books, asking)
  const zone = book.settings.time_zone
  const read = async (unwanted: AbortSignal) =>
    compute(
      books.lanes,
      books.store,
      async (store) => {
        const own = { ...book, store }
        const who = await readWho(own, id)
        return { who, record: await readRecord(store, countedAs(book, who.counted_as)) }
      },
      { ...asking, signal: unwanted },
    )
  const { who, record } = await records.read(asking.asker, `${key} ${id}`, read, asking.signal)
  const now = books.clock.now()
  const known_until = reportedOn === undefined ? `${now.toISOString().slice(0, -1)}999Z` : reportedUntil(reportedOn, zone)
  if (!who.found && knownAt(record.versions, record.undos, known_until).length === 0)
    throw notFound('account', id, 'Search for it by name, or look it up in the list of accounts.')
  return {
    account_id: who.counted_as,
    name: who.name === '' ? who.counted_as : who.name,
    is_internal: Number(who.is_internal) === 1,
    book,
    record,
    zone,
    today: dayOf(now, zone),
    known_until,
    key: `${key} ${who.counted_as}`,
  }
}
