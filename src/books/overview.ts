import { countFacts } from '../facts/current.ts'
import { FACTS } from '../facts/facts.ts'
import { boundStore } from '../facts/store.ts'
import type { FactStore } from '../facts/store.ts'
import { dayOf } from '../kernel/period.ts'
import type { Day } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { mrrMovementLedger } from '../ledgers/mrr-movement-ledger.ts'
import { revenueLedger } from '../ledgers/revenue-ledger.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { Asking } from './ask.ts'
import type { Books } from './books.ts'
import { readBook } from './read-book.ts'
import { reconcileKept } from './reconciliation.ts'

/** First and last local day on which MRR moved or revenue came, up to today; null when nothing did. */
async function readDays(store: FactStore, book: Book): Promise<{ first_day: Day | null; last_day: Day | null }> {
  const days = (of: typeof mrrMovementLedger) => sql`SELECT day FROM (${book.ledger(of)}) WHERE day < ${param('Date32', book.knownUntil)}`
  const here = sql`SELECT minOrNull(day) AS first, maxOrNull(day) AS last FROM (${days(mrrMovementLedger)} UNION ALL ${days(revenueLedger)})`
  const [row] = await store.read<{ first_day: Day | null; last_day: Day | null }>(
    sql`SELECT minOrNull(first) AS first_day, maxOrNull(last) AS last_day FROM ${store.shardLocal(here)}`,
  )
  return { first_day: row?.first_day ?? null, last_day: row?.last_day ?? null }
}

async function countAccounts(store: FactStore, book: Book): Promise<number> {
  const [row] = await store.read<{ n: string }>(sql`SELECT uniqExact(counted_as) AS n FROM (${book.ledger(accountLedger)}) WHERE is_internal = 0`)
  return Number(row?.n ?? 0)
}

/** What the workspace holds: counts of facts, first and last day, whether balances add up, currency, zone. */
export async function askOverview(books: Books, asking: Asking) {
  const open = await readBook(books, asking)
  const { book } = open
  const read = async (unwanted: AbortSignal) => {
    const store = boundStore(books.store, { signal: unwanted })
    const [facts, accounts, days, { checked, total }] = await Promise.all([
      Promise.all(FACTS.map(async (fact) => ({ fact: fact.id, name: fact.name, count: await countFacts(store, fact) }))),
      countAccounts(store, book),
      readDays(store, book),
      reconcileKept(books, open, unwanted),
    ])
    return { empty: facts.every(({ count }) => count === 0), facts, accounts, ...days, reconciliation: { checked, breaks: total } }
  }
  const [held, invented] = await Promise.all([books.kept.overviews.read(book.asker, open.key, read, asking.signal), books.imports.isInvented()])
  const { reporting_currency, time_zone } = book.settings
  return { ...held, invented, today: dayOf(books.clock.now(), time_zone), reporting_currency, time_zone }
}
