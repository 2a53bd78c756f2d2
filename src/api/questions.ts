import type { Contract } from '../contract/contract.ts'
import type { questionOps } from '../contract/question.ts'
import { readHeldKinds } from '../facts/held.ts'
import { refuse } from '../kernel/errors.ts'
import { periodLabel } from '../kernel/period.ts'
import { SETTINGS } from '../kernel/settings.ts'
import { answer } from '../metrics/ask/answer.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { Question } from '../metrics/kit/question.ts'
import { METRICS, metricById } from '../metrics/catalogue/catalog.ts'
import { settingsOf } from '../metrics/catalogue/leaves.ts'
import { readCohorts } from '../metrics/open/cohort-grid.ts'
import { readRows } from '../metrics/open/drill.ts'
import { explain } from '../metrics/open/explain.ts'
import { readMetricCohorts } from '../metrics/open/metric-cohorts.ts'
import { readMovements } from '../metrics/open/movements.ts'
import { AnswerCache } from './answer-cache.ts'
import { askKept, sizeOf } from './ask.ts'
import { readBook } from './book.ts'
import type { Handler, Handlers } from './handler.ts'
import { checkAsked, knownOf, tellsApart } from './known-dimensions.ts'
import { toMetricEntry } from './metric-entries.ts'
import type { ApiParts } from './parts.ts'
import { bare } from '../kernel/bare.ts'

/** What the operations about numbers ask, as it comes off the query. */
type Asked = Parameters<Handler<Contract['answer']>>[0]['query']

/** What every operation about numbers may be given. */
interface Given {
  readonly reported_on?: string | undefined
  readonly seconds?: number | undefined
  readonly by?: readonly string[] | undefined
  readonly where?: readonly string[] | undefined
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
  const ask = async <T>(
    name: string,
    { seconds, ...asked }: Given,
    metrics: readonly string[],
    signal: AbortSignal,
    work: (book: Book, attributes: Question['attributes']) => Promise<T>,
    size = 1,
  ) => {
    const opened = await readBook(parts, asked.reported_on, signal)
    const { book, freshness, key } = opened
    const attributes = await checkAsked(parts, asked, metrics, opened, { signal })
    return {
      found: await askKept(cache, `${name} ${key} ${JSON.stringify(asked)}`, parts.lanes, book, (open) => work(open, attributes), { signal, seconds, size }),
      freshness,
      book,
    }
  }
  const known = async (signal: AbortSignal) => {
    const found = await knownOf(parts, await readBook(parts, undefined, signal), { signal })
    return { ids: found.dimensions.map(({ id }) => id), has: tellsApart(found.known), dimensions: found.dimensions }
  }
  const heldKinds = (signal: AbortSignal) => ask('kinds of facts', CATALOG, [], signal, ({ store }) => readHeldKinds(store))
  return {
    listDimensions: async (_, { signal }) => (await known(signal)).dimensions,
    async listMetrics(_, { signal }) {
      const [{ ids, has }, { found: held, book }] = await Promise.all([known(signal), heldKinds(signal)])
      return METRICS.map((metric) => toMetricEntry(metric, ids, book.settings, held, has))
    },
    async answer({ query: { metric, ...asked } }, { signal }) {
      const work = (book: Book, attributes: Question['attributes']) => answer(book, metric, { ...toQuestion(asked), attributes })
      const { found, freshness } = await ask(`answer ${metric.join(' ')}`, asked, metric, signal, work, sizeOf(asked, metric.length))
      return { results: found, freshness }
    },
    async explain({ params, query }, { signal }) {
      const metric = metricById(params.id)
      const [{ found, freshness, book }, { ids, has }, { found: held }] = await Promise.all([
        ask(`explain ${metric.id}`, query, [metric.id], signal, (open) => explain(open, metric.id, toQuestion(query))),
        known(signal),
        heldKinds(signal),
      ])
      const settings = settingsOf(metric, book.settings).map((key) => ({ key, value: book.settings[key], says: SETTINGS[key].says }))
      return { ...found, definition: toMetricEntry(metric, ids, book.settings, held, has), settings, freshness }
    },
    async listRows({ params, query }, { signal }) {
      const { part, offset, limit, sort, ...asked } = query
      return (
        await ask(`rows ${params.id} ${part} ${offset} ${limit} ${sort ?? ''}`, asked, [params.id], signal, (book) =>
          readRows(book, params.id, toQuestion(asked), { part, offset, limit, sort }),
        )
      ).found
    },
    async cohorts({ query }, { signal }) {
      const { of, ...asked } = query
      const { found } = await ask(`cohorts ${of}`, asked, ['cohort_retention'], signal, (book) => readCohorts(book, asked, of))
      return { grain: asked.grain, of, cohorts: found.map(({ period, ...cohort }) => ({ ...cohort, period: { ...period, label: periodLabel(period) } })) }
    },
    async metricCohorts({ params: { id }, query: { grain, ...asked } }, { signal }) {
      const { found } = await ask(`cohorts of ${id} ${grain}`, asked, [id], signal, (book) =>
        readMetricCohorts(book, id, { ...toQuestion({ ...asked, by: [] }), grain }),
      )
      return { unit: found.unit, cohorts: found.cohorts.map(({ period, ...cohort }) => ({ ...cohort, period: { ...period, label: periodLabel(period) } })) }
    },
    async movements({ query: { kind, offset, limit, ...asked } }, { signal }) {
      return (
        await ask(`movements ${kind.join(' ')} ${offset} ${limit}`, asked, ['new_mrr'], signal, (book) =>
          readMovements(book, toQuestion(asked), { kinds: kind, offset, limit }),
        )
      ).found
    },
  }
}
