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
import { askKept, sizeOf } from './ask.ts'
import { readBook } from './book.ts'
import { readDimensions } from './dimensions.ts'
import type { Handler, Handlers } from './handler.ts'
import { toMetricEntry } from './metric-entries.ts'
import type { ApiParts } from './parts.ts'
import { bare } from '../kernel/bare.ts'

/** What the operations about numbers ask, as it comes off the query. */
type Asked = Parameters<Handler<Contract['answer']>>[0]['query']

/** What every operation about numbers may be given. */
interface Given {
  readonly reported_on?: string | undefined
  readonly seconds?: number | undefined
}

/** What stands around every question may take longer than one. */
const CATALOG: Given = { seconds: 60 }

/** NAME=VALUE, once each. */
export function readOptions(list: readonly string[]): Record<string, string> {
  const options: Record<string, string> = bare({})
  for (const text of list) {
    const at = text.indexOf('=')
    if (at <= 0) throw refuse('bad_option', `"${text}" is not an option.`, 'Write NAME=VALUE, for example horizon_days=60.')
    options[text.slice(0, at)] = text.slice(at + 1)
  }
  return options
}

export const toQuestion = ({ option, reported_on: _, seconds: __, ...asked }: Omit<Asked, 'metric'>): Question => ({ ...asked, options: readOptions(option) })

/** Answers and what stands around them are kept, by the state they were computed from. */
const KEPT_ANSWERS = 500

export function questionHandlers(parts: ApiParts): Pick<Handlers<Contract>, Exclude<keyof typeof questionOps, 'reconciliation' | 'exportRows'>> {
  const cache = new AnswerCache(KEPT_ANSWERS)
  /** Computes from the book of the question, unless it was before. */
  const ask = async <T>(name: string, { seconds, ...asked }: Given, signal: AbortSignal, work: (book: Book) => Promise<T>, size = 1) => {
    const { book, freshness, key } = await readBook(parts, asked.reported_on, signal)
    return { found: await askKept(cache, `${name} ${key} ${JSON.stringify(asked)}`, parts.lanes, book, work, { signal, seconds, size }), freshness, book }
  }
  const dimensions = async (signal: AbortSignal) => (await ask('dimensions', CATALOG, signal, readDimensions)).found
  const knownDimensions = async (signal: AbortSignal) => (await dimensions(signal)).map(({ id }) => id)
  const heldKinds = (signal: AbortSignal) => ask('kinds of facts', CATALOG, signal, ({ store }) => readHeldKinds(store))
  return {
    listDimensions: (_, { signal }) => dimensions(signal),
    async listMetrics(_, { signal }) {
      const [known, { found: held, book }] = await Promise.all([knownDimensions(signal), heldKinds(signal)])
      return METRICS.map((metric) => toMetricEntry(metric, known, book.settings, held))
    },
    async answer({ query: { metric, ...asked } }, { signal }) {
      const { found, freshness } = await ask(`answer ${metric.join(' ')}`, asked, signal, (book) => answer(book, metric, toQuestion(asked)), sizeOf(asked, metric.length))
      return { results: found, freshness }
    },
    async explain({ params, query }, { signal }) {
      const metric = metricById(params.id)
      const [{ found, freshness, book }, known, { found: held }] = await Promise.all([
        ask(`explain ${metric.id}`, query, signal, (open) => explain(open, metric.id, toQuestion(query))),
        knownDimensions(signal),
        heldKinds(signal),
      ])
      const settings = settingsOf(metric, book.settings).map((key) => ({ key, value: book.settings[key], says: SETTINGS[key].says }))
      return { ...found, definition: toMetricEntry(metric, known, book.settings, held), settings, freshness }
    },
    async listRows({ params, query }, { signal }) {
      const { part, offset, limit, sort, ...asked } = query
      return (
        await ask(`rows ${params.id} ${part} ${offset} ${limit} ${sort ?? ''}`, asked, signal, (book) =>
          readRows(book, params.id, toQuestion(asked), { part, offset, limit, sort }),
        )
      ).found
    },
    async cohorts({ query }, { signal }) {
      const { of, ...asked } = query
      const { found } = await ask(`cohorts ${of}`, asked, signal, (book) => readCohorts(book, asked, of))
      return { grain: asked.grain, of, cohorts: found.map(({ period, ...cohort }) => ({ ...cohort, period: { ...period, label: periodLabel(period) } })) }
    },
    async metricCohorts({ params: { id }, query: { grain, ...asked } }, { signal }) {
      const { found } = await ask(`cohorts of ${id} ${grain}`, asked, signal, (book) => readMetricCohorts(book, id, { ...toQuestion({ ...asked, by: [] }), grain }))
      return { unit: found.unit, cohorts: found.cohorts.map(({ period, ...cohort }) => ({ ...cohort, period: { ...period, label: periodLabel(period) } })) }
    },
    async movements({ query: { kind, offset, limit, ...asked } }, { signal }) {
      return (
        await ask(`movements ${kind.join(' ')} ${offset} ${limit}`, asked, signal, (book) => readMovements(book, toQuestion(asked), { kinds: kind, offset, limit }))
      ).found
    },
  }
}
