import { readBook } from '../books/read-book.ts'
import type { Books } from '../books/books.ts'
import type { Contract } from '../contract/contract.ts'
import type { overrideOps } from '../contract/health-overrides.ts'
import { checkOverride } from '../health/override.ts'
import { plainId } from '../kernel/ids.ts'
import { addDays } from '../kernel/period.ts'
import type { Overrides } from '../workspace/health-overrides.ts'
import type { Handlers } from './handler.ts'

export interface OverrideNeeds {
  readonly books: Books
  readonly overrides: Overrides
}

export const overrideHandlers = ({ health: { books, overrides } }: { readonly health: OverrideNeeds }): Pick<Handlers<Contract>, keyof typeof overrideOps> => ({
  async listOverrides({ params: { account } }, { asker, signal }) {
    const id = plainId(account)
    const { book } = await readBook(books, { asker, signal })
    const [inForce, all] = await Promise.all([overrides.readInForce(addDays(book.knownUntil, -1), [id]), overrides.readAll(id)])
    return { in_force: inForce.get(id) ?? null, all }
  },
  async setOverride({ params: { account }, body: { from, ...given } }, { asker, signal }) {
    const { book } = await readBook(books, { asker, signal })
    const next = { ...given, from: from ?? addDays(book.knownUntil, -1) }
    checkOverride(next)
    return overrides.append({ account_id: plainId(account), ...next, made_by: asker.name })
  },
  async endOverride({ params: { account } }, { asker, signal }) {
    const { book } = await readBook(books, { asker, signal })
    return overrides.end(plainId(account), addDays(book.knownUntil, -1), asker.name)
  },
})
