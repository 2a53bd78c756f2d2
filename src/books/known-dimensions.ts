import { KNOWN_ATTRIBUTES } from '../facts/account-attribute.ts'
import { boundStore } from '../facts/store.ts'
import { leavesOf } from '../metrics/catalogue/leaves.ts'
import { checkKnown, hasValues, readKnownDimensions } from '../metrics/ask/known-values.ts'
import type { KnownDimensions } from '../metrics/ask/known-values.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { MetricDefinition } from '../metrics/kit/metric.ts'
import { askKept } from './ask.ts'
import type { Asking, Patience } from './ask.ts'
import type { Books } from './books.ts'
import { readDimensions } from './dimensions.ts'
import type { Dimension } from './dimensions.ts'
import { readBook } from './read-book.ts'
import type { OpenBook } from './read-book.ts'

/** Dimensions of accounts that reports know by name, whether or not one has a value of them. */
const USUAL_DIMENSIONS: readonly string[] = [...Object.keys(KNOWN_ATTRIBUTES), 'csm', 'team']

/** Seconds: reading the values of all dimensions takes longer than most questions. */
const CATALOG_SECONDS = 60

/** The dimensions of a book and the values they ever had, read once for each state. */
export function readKnown(books: Books, { book, key }: OpenBook, patience: Patience): Promise<{ dimensions: Dimension[]; known: KnownDimensions }> {
  const read = async (open: Book) => {
    const dimensions = await readDimensions(open)
    const attributes = new Map(dimensions.filter(({ of }) => of === 'account').map(({ id, values }) => [id, values]))
    return { dimensions, known: await readKnownDimensions(open, open.catalogue.all, attributes) }
  }
  return askKept(books.kept.dimensions, key, books.lanes, book, read, { ...patience, seconds: CATALOG_SECONDS })
}

/** Whether a metric tells anything apart by a dimension, as far as is known of each. */
export const tellsApart =
  (known: KnownDimensions) =>
  (metric: MetricDefinition, dimension: string): boolean =>
    hasValues(known, metric, dimension)

interface Divided {
  readonly by?: readonly string[] | undefined
  readonly where?: readonly string[] | undefined
}

/** The attributes by which accounts can be told apart. Throws `unknown_dimension` and `unknown_value`: an empty answer would look like a measured zero. */
export async function checkDivided(
  books: Books,
  { by = [], where = [] }: Divided,
  metrics: readonly string[],
  opened: OpenBook,
  { asker, signal }: Asking,
): Promise<readonly string[] | undefined> {
  if (by.length + where.length === 0) return undefined
  const present = await readBook(books, { asker, signal })
  const { known } = await readKnown(books, present, { signal })
  const leaves = metrics.flatMap((id) => leavesOf(opened.book.catalogue.byId(id), opened.book.catalogue))
  const bound = ({ book }: OpenBook): Book => ({ ...book, store: boundStore(book.store, signal === undefined ? {} : { signal }) })
  const both = (present.key === opened.key ? [present] : [present, opened]).map(bound)
  await checkKnown(both, known, [...new Set(leaves)], { by, where }, USUAL_DIMENSIONS)
  return [...USUAL_DIMENSIONS, ...known.attributes.keys()]
}
