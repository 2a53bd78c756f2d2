import { KNOWN_ATTRIBUTES } from '../facts/account-attribute.ts'
import { METRICS, metricById } from '../metrics/catalogue/catalog.ts'
import { leavesOf } from '../metrics/catalogue/leaves.ts'
import { checkKnown, hasValues, readKnownDimensions } from '../metrics/ask/known-values.ts'
import type { KnownDimensions } from '../metrics/ask/known-values.ts'
import type { MetricDefinition } from '../metrics/kit/metric.ts'
import { boundStore } from '../facts/store.ts'
import type { Book } from '../metrics/kit/book.ts'
import { AnswerCache } from './answer-cache.ts'
import { askKept } from './ask.ts'
import type { Asker } from './ask.ts'
import { readBook } from './book.ts'
import type { BookParts, PresentBook } from './book.ts'
import { readDimensions } from './dimensions.ts'
import type { ApiParts } from './parts.ts'

/** Dimensions of accounts that reports know by name, whether or not one has a value of them. */
export const USUAL_DIMENSIONS: readonly string[] = [...Object.keys(KNOWN_ATTRIBUTES), 'csm', 'team']

/** Reading them takes longer than most questions. */
const CATALOG_SECONDS = 60

type KnownParts = BookParts & Pick<ApiParts, 'lanes'>

const kept = new WeakMap<BookParts, AnswerCache>()

/** The dimensions of a book and the values they ever had, read once for each state. */
export async function knownOf(
  parts: KnownParts,
  { book, key }: PresentBook,
  asker: Asker,
): Promise<{ dimensions: Awaited<ReturnType<typeof readDimensions>>; known: KnownDimensions }> {
  const cache = kept.get(parts) ?? new AnswerCache(4)
  kept.set(parts, cache)
  const read = async (open: Book) => {
    const dimensions = await readDimensions(open)
    const attributes = new Map(dimensions.filter(({ of }) => of === 'account').map(({ id, values }) => [id, values]))
    return { dimensions, known: await readKnownDimensions(open, METRICS, attributes) }
  }
  return askKept(cache, key, parts.lanes, book, read, { ...asker, seconds: CATALOG_SECONDS })
}

/** Whether a metric tells anything apart by a dimension, as far as is known of each. */
export const tellsApart =
  (known: KnownDimensions) =>
  (metric: MetricDefinition, dimension: string): boolean =>
    hasValues(known, metric, dimension)

interface Asked {
  readonly by?: readonly string[] | undefined
  readonly where?: readonly string[] | undefined
}

/** The attributes by which accounts can be told apart. Throws `unknown_dimension` and `unknown_value`: an empty answer would look like a measured zero. */
export async function checkAsked(
  parts: KnownParts,
  asked: Asked,
  metrics: readonly string[],
  opened: PresentBook,
  asker: Asker,
): Promise<readonly string[] | undefined> {
  if ((asked.by ?? []).length + (asked.where ?? []).length === 0) return undefined
  const present = await readBook(parts, undefined, asker.signal)
  const { known } = await knownOf(parts, present, asker)
  const leaves = metrics.flatMap((id) => leavesOf(metricById(id), opened.book.settings))
  const bound = ({ book }: PresentBook): Book => ({ ...book, store: boundStore(book.store, asker.signal === undefined ? {} : { signal: asker.signal }) })
  const books = (present.key === opened.key ? [present] : [present, opened]).map(bound)
  await checkKnown(books, known, [...new Set(leaves)], asked, USUAL_DIMENSIONS)
  return [...USUAL_DIMENSIONS, ...known.attributes.keys()]
}
