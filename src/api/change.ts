import { askChange } from '../books/change.ts'
import type { changeOps } from '../contract/change.ts'
import type { Contract } from '../contract/contract.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'
import { readOptions } from './query.ts'

export const changeHandlers = ({ books }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof changeOps> => ({
  explainChange({ params, query: { option, seconds, ...asked } }, { asker, signal }) {
    return askChange(books, { asker, signal, seconds }, params.id, { ...asked, options: readOptions(option) })
  },
})
