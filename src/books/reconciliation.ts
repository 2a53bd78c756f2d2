import { boundStore } from '../facts/store.ts'
import { reconcile } from '../ledgers/reconcile.ts'
import type { Reconciliation } from '../ledgers/reconcile.ts'
import { WHOLE_COMPANY } from '../metrics/kit/asker.ts'
import type { Asking } from './ask.ts'
import type { Books } from './books.ts'
import { readBook } from './read-book.ts'
import type { OpenBook } from './read-book.ts'

/** Whether balances add up, and when that was looked at. */
export interface Checked extends Reconciliation {
  readonly checked_at: string
}

/** Checks every build of the ledgers once, at the first question after it or right after the refresh. */
export function reconcileKept({ kept, store, clock }: Books, { book, state }: OpenBook, signal?: AbortSignal): Promise<Checked> {
  const check = async (unwanted: AbortSignal): Promise<Checked> => ({
    ...(await reconcile(boundStore(store, { signal: unwanted }), book.ledger)),
    checked_at: clock.now().toISOString(),
  })
  return kept.reconciliations.read(book.asker, `${state.state} ${state.settings_hash}`, check, signal)
}

export const askReconciliation = async (books: Books, asking: Asking): Promise<Checked> => reconcileKept(books, await readBook(books, asking), asking.signal)

/** Says in the log when balances do not add up: every build is checked, whether anybody looks or not. */
export async function reportBreaks(books: Books): Promise<void> {
  const { checked, breaks, total } = await askReconciliation(books, { asker: WHOLE_COMPANY })
  if (total > 0) books.log.error({ checked, breaks: total, first: breaks[0] }, 'balances do not add up')
}
