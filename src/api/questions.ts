import type { Contract } from '../contract/contract.ts'
import type { questionOps } from '../contract/question.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { answer } from '../metrics/answer.ts'
import { readBook } from './book.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

const notYet = (): never => {
  throw new BinnacleError('not_yet', 'not yet', { status: 501 })
}
export const questionHandlers = (parts: ApiParts): Pick<Handlers<Contract>, Exclude<keyof typeof questionOps, 'reconciliation'>> => ({
  listMetrics: notYet,
  listDimensions: notYet,
  async answer({ query }) {
    const { book, freshness } = await readBook(parts, query.reported_on)
    return { results: await answer(book, query.metric, query), freshness }
  },
  explain: notYet,
  listRows: notYet,
  exportRows: notYet,
  cohorts: notYet,
  movements: notYet,
  evidence: notYet,
})
