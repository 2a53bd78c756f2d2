import { askMarks } from '../books/marks.ts'
import type { Contract } from '../contract/contract.ts'
import type { markOps } from '../contract/marks.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

export const markHandlers = ({ books }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof markOps> => ({
  marks: ({ params, query: { reported_on, ...period } }, { asker, signal }) => askMarks(books, { asker, signal }, params.id, period, reported_on),
})
