import { AnswerCache } from '../books/answer-cache.ts'
import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import type { Books } from '../books/books.ts'
import { readBook } from '../books/read-book.ts'
import { addDays } from '../kernel/period.ts'
import type { Book } from '../metrics/kit/book.ts'
import { judge } from './standing/judge.ts'
import type { Judging } from './standing/judge.ts'
import type { RawAccount } from './standing/raw-account.ts'
import type { StandingFrame } from './standing/frame.ts'
import { readNames, readWhoCounts } from './standing/read-accounts.ts'
import { readFleet as readStandingFleet } from './standing/read-fleet.ts'
import { readRaw } from './standing/read-raw.ts'
import type { TryableAccount, TryableFleet } from './try-model.ts'

/** Reading what is known of all accounts takes as long as many questions. */
const SECONDS = 120

/** Nothing is held: that would hide the difference between two models. */
function tryable(raw: RawAccount, judging: Omit<Judging, 'metricsOf'>): TryableAccount {
  const { account_id, name, arr, is_unrated } = raw
  return {
    account_id,
    name: name || account_id,
    arr: is_unrated ? null : arr,
    standingBy: (model, metrics) => judge(raw, { ...judging, metricsOf: () => metrics }, model),
  }
}

async function readFleet(book: Book, until: string): Promise<TryableFleet> {
  const day = addDays(book.knownUntil, -1)
  const frame: StandingFrame = { book, day, known_by: day, until, only: null }
  const accounts = await readWhoCounts({ book, day })
  const fleet = await readStandingFleet(frame, accounts)
  await readNames(frame, accounts)
  await readRaw(frame, accounts, fleet)
  const judging = { day, fleet, circumstances: { grace: Number(book.settings.renewal_grace_days) }, chances: null }
  const customers = [...accounts.byId.values()].filter(({ mrr, is_unrated }) => mrr > 0 || is_unrated)
  return { day, accounts: customers.map((raw) => tryable(raw, judging)) }
}

/** The customers of today, kept until the books hold something else. */
export function openFleetNow(books: Books): (asking: Asking) => Promise<TryableFleet> {
  const kept = new AnswerCache(1)
  return async (asking) => {
    const { book, key, freshness } = await readBook(books, asking)
    const until = freshness.recorded_until
    if (until === null) return { day: addDays(book.knownUntil, -1), accounts: [] }
    const read = (unwanted: AbortSignal): Promise<TryableFleet> =>
      compute(books.lanes, book.store, (store, signal) => readFleet({ ...book, store, signal }, until), { signal: unwanted, seconds: SECONDS })
    return kept.read(asking.asker, key, read, asking.signal)
  }
}
