import type { Contract } from '../contract/contract.ts'
import type { Answer } from '../contract/op.ts'
import { boundStore } from '../facts/store.ts'
import { reconcile } from '../ledgers/reconcile.ts'
import type { Reconciliation } from '../ledgers/reconcile.ts'
import { AnswerCache } from './answer-cache.ts'
import { readBook } from './book.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

const COLUMNS = [
  { id: 'account_id', name: 'Account', type: 'text' },
  { id: 'month', name: 'Month', type: 'day' },
  { id: 'currency', name: 'Currency', type: 'text' },
  { id: 'opening', name: 'Opening', type: 'money' },
  { id: 'movements', name: 'Movements', type: 'money' },
  { id: 'closing', name: 'Closing', type: 'money' },
] as const

const toAnswer = (found: Reconciliation, checkedAt: string): Answer<Contract['reconciliation']> => ({
  checked_at: checkedAt,
  checked: found.checked,
  breaks: { columns: [...COLUMNS], rows: found.breaks.map((one) => COLUMNS.map(({ id }) => one[id])), total: found.total, next: null },
})

/** Checks every build of the ledgers once, at the first question after it or right after the refresh. */
export function reconciliationReader(parts: Pick<ApiParts, 'store' | 'clock'>): ApiParts['reconcile'] {
  const cache = new AnswerCache(4)
  return ({ book, state }, asker) =>
    cache.read(
      String(state.state),
      async (signal) => toAnswer(await reconcile(boundStore(parts.store, { signal }), book.ledger), parts.clock.now().toISOString()),
      asker,
    )
}

export const reconciliationHandlers = (parts: ApiParts): Pick<Handlers<Contract>, 'reconciliation'> => ({
  reconciliation: async (_, { signal }) => parts.reconcile(await readBook(parts, undefined, signal), signal),
})
