import { readHeldKinds } from '../facts/held.ts'
import { SETTINGS } from '../kernel/settings.ts'
import { answer } from '../metrics/ask/answer.ts'
import { settingsOf } from '../metrics/catalogue/leaves.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { MetricDefinition } from '../metrics/kit/metric.ts'
import type { Question } from '../metrics/kit/question.ts'
import type { Result } from '../metrics/kit/result.ts'
import { toMetricEntry } from './metric-entries.ts'
import type { MetricEntry } from './metric-entries.ts'
import { readCohorts } from '../metrics/open/cohort-grid.ts'
import type { Cohort } from '../metrics/open/cohort-grid.ts'
import { readRows } from '../metrics/open/drill.ts'
import type { Page, Rows } from '../metrics/open/drill.ts'
import { explain } from '../metrics/open/explain.ts'
import { readMetricCohorts } from '../metrics/open/metric-cohorts.ts'
import type { CohortQuestion, MetricCohorts } from '../metrics/open/metric-cohorts.ts'
import { readQuestionSql } from '../metrics/open/question-sql.ts'
import type { Statement } from '../metrics/open/question-sql.ts'
import { MOVEMENTS_METRIC, readMovements } from '../metrics/open/movements.ts'
import { askKept, sizeOf } from './ask.ts'
import type { Asking } from './ask.ts'
import type { Books } from './books.ts'
import type { Dimension } from './dimensions.ts'
import { checkDivided, readKnown, tellsApart } from './known-dimensions.ts'
import { readBook } from './read-book.ts'
import { withoutSegments, withSegments } from './segment-filters.ts'
import type { OpenBook } from './read-book.ts'

/** A question and, where it is about a report, the day or instant of that report. */
export type Asked<Q = Question> = Q & { readonly reported_on?: string | undefined }

interface Inquiry<T, Q extends Partial<Question>> {
  /** Tells the question apart from another kind of question in the same words. */
  readonly what: string
  readonly metrics: readonly string[]
  readonly asked: Asked<Q>
  readonly size?: number
  /** Is given the question with its segments written out. */
  work(book: Book, asked: Asked<Q>, attributes: Question['attributes']): Promise<T>
}

interface Found<T> extends Pick<OpenBook, 'book' | 'freshness'> {
  readonly found: T
}

/** The answer that was kept, or the one that is computed now from the book of the question. */
async function ask<T, Q extends Partial<Question>>(books: Books, asking: Asking, { what, metrics, asked, size = 1, work }: Inquiry<T, Q>): Promise<Found<T>> {
  const opened = await readBook(books, asking, asked.reported_on)
  const { book, freshness, key } = opened
  const [attributes, settled] = await Promise.all([
    checkDivided(books, { ...asked, where: withoutSegments(asked.where) }, metrics, opened, asking),
    withSegments(books, asking, asked),
  ])
  const { signal, seconds } = asking
  const question = `${what} ${key} ${JSON.stringify(asked)} ${settled.key}`
  const found = await askKept(books.kept.answers, question, books.lanes, book, (open) => work(open, settled.asked, attributes), { signal, seconds, size })
  return { found, freshness, book }
}

/** What stands around every question may take longer than one. */
const patiently = (asking: Asking): Asking => ({ ...asking, seconds: 60 })

const askHeldKinds = (books: Books, asking: Asking): Promise<Found<ReadonlySet<string>>> =>
  ask(books, patiently(asking), { what: 'kinds of facts', metrics: [], asked: {}, work: ({ store }) => readHeldKinds(store) })

async function askKnown(books: Books, { asker, signal }: Asking) {
  const { dimensions, known } = await readKnown(books, await readBook(books, { asker, signal }), { signal })
  return { dimensions, has: tellsApart(known) }
}

/** Dimensions that anything has, with the values they take. */
export const askDimensions = async (books: Books, asking: Asking): Promise<Dimension[]> => (await askKnown(books, asking)).dimensions

/** Metrics as the catalogue shows them beside what the workspace holds. */
async function askEntries(books: Books, asking: Asking): Promise<{ book: Book; entryOf: (metric: MetricDefinition) => MetricEntry }> {
  const [{ dimensions, has }, { found: held, book }] = await Promise.all([askKnown(books, asking), askHeldKinds(books, asking)])
  const known = dimensions.map(({ id }) => id)
  return { book, entryOf: (metric) => toMetricEntry(metric, book, { known, held, has }) }
}

export async function askCatalogue(books: Books, asking: Asking): Promise<MetricEntry[]> {
  const { book, entryOf } = await askEntries(books, asking)
  return book.catalogue.all.map(entryOf)
}

export function askAnswers(books: Books, asking: Asking, metrics: readonly string[], asked: Asked): Promise<Found<Result[]>> {
  return ask(books, asking, {
    what: `answer ${metrics.join(' ')}`,
    metrics,
    asked,
    size: sizeOf(asked, metrics.length),
    work: (book, settled, attributes) => answer(book, metrics, { ...settled, attributes }),
  })
}

/** How one number came about, with the definition behind it and the settings that moved it. */
export async function askExplanation(books: Books, asking: Asking, metricId: string, asked: Asked) {
  const [{ found, freshness, book }, { entryOf }] = await Promise.all([
    ask(books, asking, { what: `explain ${metricId}`, metrics: [metricId], asked, work: (open, settled) => explain(open, metricId, settled) }),
    askEntries(books, asking),
  ])
  const metric = book.catalogue.byId(metricId)
  const written = metric.composed === null ? [] : [metric.composed.written]
  const settings = [
    ...written.map(({ key, text, says }) => ({ key, value: text, says })),
    ...settingsOf(metric, book.catalogue).map((key) => ({ key, value: book.settings[key], says: SETTINGS[key].says })),
  ]
  return { ...found, definition: entryOf(metric), settings, freshness }
}

export async function askRows(books: Books, asking: Asking, metricId: string, asked: Asked, page: Page): Promise<Rows> {
  const { part, offset, limit, sort } = page
  const what = `rows ${metricId} ${part} ${offset} ${limit} ${sort ?? ''}`
  return (await ask(books, asking, { what, metrics: [metricId], asked, work: (book, settled) => readRows(book, metricId, settled, page) })).found
}

/** The SQL of a question. */
export const askSql = async (books: Books, asking: Asking, metricId: string, asked: Asked): Promise<Statement[]> =>
  (await ask(books, asking, { what: `sql ${metricId}`, metrics: [metricId], asked, work: (book, settled) => readQuestionSql(book, metricId, settled) })).found

export async function askMovements(
  books: Books,
  asking: Asking,
  asked: Asked,
  page: { readonly kinds: readonly string[]; readonly offset: number; readonly limit: number },
): Promise<Rows> {
  const what = `movements ${page.kinds.join(' ')} ${page.offset} ${page.limit}`
  return (await ask(books, asking, { what, metrics: [MOVEMENTS_METRIC], asked, work: (book, settled) => readMovements(book, settled, page) })).found
}

/** Retention of acquisition cohorts by age. */
export async function askCohorts(books: Books, asking: Asking, asked: Asked<CohortQuestion>, of: 'customers' | 'mrr'): Promise<Cohort[]> {
  const metric = 'cohort_retention'
  const work = (book: Book, settled: typeof asked): Promise<Cohort[]> => readCohorts(book, metric, settled, of)
  return (await ask(books, asking, { what: `cohorts ${of}`, metrics: [metric], asked, work })).found
}

/** The cohorts of a metric by their age. */
export async function askMetricCohorts(books: Books, asking: Asking, metricId: string, asked: Asked<CohortQuestion>): Promise<MetricCohorts> {
  const work = (book: Book, settled: typeof asked): Promise<MetricCohorts> => readMetricCohorts(book, metricId, settled)
  return (await ask(books, asking, { what: `cohorts of ${metricId}`, metrics: [metricId], asked, work })).found
}
