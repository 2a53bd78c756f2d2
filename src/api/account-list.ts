import { askAccountList, askColumns } from '../books/accounts/list.ts'
import { askListTable } from '../books/accounts/table.ts'
import { askListTotals } from '../books/accounts/totals.ts'
import type { accountListOps } from '../contract/account-list.ts'
import type { Contract } from '../contract/contract.ts'
import { MEDIA_TYPES, writeTable } from './export-write.ts'
import { inTurn } from './export.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

export const accountListHandlers = ({ books, accountColumns }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof accountListOps> => {
  const listing = { books, providers: accountColumns }
  return {
    async listAccounts({ query: { after, limit, seconds, ...asked } }, { asker, signal }) {
      return askAccountList(listing, { asker, signal, seconds }, asked, { after, limit })
    },
    totalAccounts: ({ query: { seconds, ...asked } }, { asker, signal }) => askListTotals(listing, { asker, signal, seconds }, asked),
    async exportAccounts({ query: { seconds, format, limit, ...asked } }, { asker, signal }) {
      const table = await askListTable(listing, { asker, signal, seconds }, asked, limit)
      const file_name = `accounts-${asked.accounts}${asked.as_of === undefined ? '' : `-${asked.as_of}`}.${format}`
      return { file_name, media_type: MEDIA_TYPES[format], chunks: inTurn(signal, () => writeTable(books.store, table, format, signal)) }
    },
    listAccountColumns: ({ query: { seconds, ...moment } }, { asker, signal }) => askColumns(listing, { asker, signal, seconds }, moment),
  }
}
