import { askReconciliation } from '../books/reconciliation.ts'
import type { Contract } from '../contract/contract.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

const COLUMNS = [
  { id: 'account_id', name: 'Account', type: 'text' },
  { id: 'month', name: 'Month', type: 'day' },
  { id: 'currency', name: 'Currency', type: 'text' },
  { id: 'opening', name: 'Opening', type: 'money' },
  { id: 'movements', name: 'Movements', type: 'money' },
  { id: 'closing', name: 'Closing', type: 'money' },
] as const

export const reconciliationHandlers = ({ books }: ApiNeeds): Pick<Handlers<Contract>, 'reconciliation'> => ({
  async reconciliation(_, { asker, signal }) {
    const { checked_at, checked, breaks, total } = await askReconciliation(books, { asker, signal })
    return { checked_at, checked, breaks: { columns: [...COLUMNS], rows: breaks.map((one) => COLUMNS.map(({ id }) => one[id])), total, next: null } }
  },
})
