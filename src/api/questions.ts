import type { Contract } from '../contract/contract.ts'
import type { questionOps } from '../contract/question.ts'
import { BinnacleError, refuse } from '../kernel/errors.ts'
import { answer } from '../metrics/answer.ts'
import type { Question } from '../metrics/answer.ts'
import { METRICS } from '../metrics/catalog.ts'
import { AnswerCache } from './answer-cache.ts'
import { readBook } from './book.ts'
import { readDimensions } from './dimensions.ts'
import type { Handler, Handlers } from './handler.ts'
import { toMetricEntry } from './metric-entries.ts'
import type { ApiParts } from './parts.ts'

/** What the operations about numbers ask, as it comes off the query. */
type Asked = Parameters<Handler<Contract['answer']>>[0]['query']

/** NAME=VALUE, once each. */
export function readOptions(list: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {}
  for (const text of list) {
    const at = text.indexOf('=')
    if (at <= 0) throw refuse('bad_option', `"${text}" is not an option.`, 'Write NAME=VALUE, for example horizon_days=60.')
    options[text.slice(0, at)] = text.slice(at + 1)
  }
  return options
}

export const toQuestion = ({ option, reported_on: _, ...asked }: Omit<Asked, 'metric'>): Question => ({ ...asked, options: readOptions(option) })

/** Answers and what stands around them are kept, by the state they were computed from. */
const KEPT_ANSWERS = 500

const notYet = (): never => {
  throw new BinnacleError('not_yet', 'not yet', { status: 501 })
}

export function questionHandlers(parts: ApiParts): Pick<Handlers<Contract>, Exclude<keyof typeof questionOps, 'reconciliation'>> {
  const cache = new AnswerCache(KEPT_ANSWERS)
  const dimensions = async () => {
    const { book, key } = await readBook(parts)
    return cache.read(`dimensions ${key}`, () => readDimensions(book))
  }
  return {
    listDimensions: dimensions,
    async listMetrics() {
      const known = (await dimensions()).map(({ id }) => id)
      return METRICS.map((metric) => toMetricEntry(metric, known))
    },
    async answer({ query: { metric, ...asked } }) {
      const { book, freshness, key } = await readBook(parts, asked.reported_on)
      const results = await cache.read(`answer ${key} ${JSON.stringify([metric, asked])}`, () => answer(book, metric, toQuestion(asked)))
      return { results, freshness }
    },
    explain: notYet,
    listRows: notYet,
    exportRows: notYet,
    cohorts: notYet,
    movements: notYet,
    evidence: notYet,
  }
}
