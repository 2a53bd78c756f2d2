import type { Contract } from '../contract/contract.ts'
import type { questionOps } from '../contract/question.ts'
import { readHeldKinds } from '../facts/held.ts'
import { refuse } from '../kernel/errors.ts'
import { periodLabel } from '../kernel/period.ts'
import { SETTINGS } from '../kernel/settings.ts'
import { answer } from '../metrics/answer.ts'
import type { Book, Question } from '../metrics/plan.ts'
import { METRICS, metricById } from '../metrics/catalog.ts'
import { settingsOf } from '../metrics/composed.ts'
import { readCohorts } from '../metrics/cohort-grid.ts'
import { readRows } from '../metrics/drill.ts'
import { explain } from '../metrics/explain.ts'
import { readMetricCohorts } from '../metrics/metric-cohorts.ts'
import { readMovements } from '../metrics/movements.ts'
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

export function questionHandlers(parts: ApiParts): Pick<Handlers<Contract>, Exclude<keyof typeof questionOps, 'reconciliation' | 'exportRows'>> {
  const cache = new AnswerCache(KEPT_ANSWERS)
  /** Computes from the book of the question, unless it was before. */
  const ask = async <T>(name: string, asked: { reported_on?: string | undefined }, compute: (book: Book) => Promise<T>) => {
    const { book, freshness, key } = await readBook(parts, asked.reported_on)
    return { found: await cache.read(`${name} ${key} ${JSON.stringify(asked)}`, () => compute(book)), freshness, book }
  }
  const dimensions = async () => (await ask('dimensions', {}, readDimensions)).found
  const knownDimensions = async () => (await dimensions()).map(({ id }) => id)
  const heldKinds = () => ask('kinds of facts', {}, ({ store }) => readHeldKinds(store))
  return {
    listDimensions: dimensions,
    async listMetrics() {
      const [known, { found: held, book }] = await Promise.all([knownDimensions(), heldKinds()])
      return METRICS.map((metric) => toMetricEntry(metric, known, book.settings, held))
    },
    async answer({ query: { metric, ...asked } }) {
      const { found, freshness } = await ask(`answer ${metric.join(' ')}`, asked, (book) => answer(book, metric, toQuestion(asked)))
      return { results: found, freshness }
    },
    async explain({ params, query }) {
      const metric = metricById(params.id)
      const [{ found, freshness, book }, known, { found: held }] = await Promise.all([
        ask(`explain ${metric.id}`, query, (open) => explain(open, metric.id, toQuestion(query))),
        knownDimensions(),
        heldKinds(),
      ])
      const settings = settingsOf(metric, book.settings).map((key) => ({ key, value: book.settings[key], says: SETTINGS[key].says }))
      return { ...found, definition: toMetricEntry(metric, known, book.settings, held), settings, freshness }
    },
    async listRows({ params, query }) {
      const { part, offset, limit, sort, ...asked } = query
      return (
        await ask(`rows ${params.id} ${part} ${offset} ${limit} ${sort ?? ''}`, asked, (book) =>
          readRows(book, params.id, toQuestion(asked), { part, offset, limit, sort }),
        )
      ).found
    },
    async cohorts({ query }) {
      const { of, ...asked } = query
      const { found } = await ask(`cohorts ${of}`, asked, (book) => readCohorts(book, asked, of))
      return { grain: asked.grain, of, cohorts: found.map(({ period, ...cohort }) => ({ ...cohort, period: { ...period, label: periodLabel(period) } })) }
    },
    async metricCohorts({ params: { id }, query: { grain, ...asked } }) {
      const { found } = await ask(`cohorts of ${id} ${grain}`, asked, (book) => readMetricCohorts(book, id, { ...toQuestion({ ...asked, by: [] }), grain }))
      return { unit: found.unit, cohorts: found.cohorts.map(({ period, ...cohort }) => ({ ...cohort, period: { ...period, label: periodLabel(period) } })) }
    },
    async movements({ query: { kind, offset, limit, ...asked } }) {
      return (
        await ask(`movements ${kind.join(' ')} ${offset} ${limit}`, asked, (book) => readMovements(book, toQuestion(asked), { kinds: kind, offset, limit }))
      ).found
    },
  }
}
