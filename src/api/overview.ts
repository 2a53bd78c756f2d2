import { askOverview } from '../books/overview.ts'
import type { Contract } from '../contract/contract.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

export const overviewHandlers = ({ books, ledgers }: ApiNeeds): Pick<Handlers<Contract>, 'overview'> => ({
  async overview(_, { asker, signal }) {
    const [held, status] = await Promise.all([askOverview(books, { asker, signal }), ledgers.status()])
    return { ...held, ledgers: status }
  },
})
