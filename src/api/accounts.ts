import { findAccounts } from '../books/account-search.ts'
import { askEvidence } from '../books/evidence.ts'
import { readBook } from '../books/read-book.ts'
import type { accountOps } from '../contract/accounts.ts'
import type { Contract } from '../contract/contract.ts'
import { plainId } from '../kernel/ids.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

export const accountHandlers = ({ books }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof accountOps> => ({
  async findAccounts({ query }, { asker, signal }) {
    const { book } = await readBook(books, { asker, signal }, query.reported_on)
    return findAccounts(book, query.find, query.limit, signal)
  },
  evidence: ({ params, query: { reported_on, seconds } }, { asker, signal }) => askEvidence(books, { asker, signal, seconds }, plainId(params.id), reported_on),
})
