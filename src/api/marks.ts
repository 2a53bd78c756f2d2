import { askMarks } from '../books/marks.ts'
import type { Contract } from '../contract/contract.ts'
import type { markOps } from '../contract/marks.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

export const markHandlers = ({ books }: ApiParts): Pick<Handlers<Contract>, keyof typeof markOps> => ({
  marks: ({ params, query: { reported_on, ...period } }, { asker, signal }) => askMarks(books, { asker, signal }, params.id, period, reported_on),
})
