import type { FactStore } from '../facts/store.ts'
import { refuse } from '../kernel/errors.ts'
import { answer } from '../metrics/ask/answer.ts'
import type { Result } from '../metrics/kit/result.ts'
import { answerTable } from '../metrics/open/answer-table.ts'
import { rowTable } from '../metrics/open/drill.ts'
import { MOVEMENTS_METRIC, movementTable } from '../metrics/open/movements.ts'
import type { RowTable } from '../metrics/open/row-table.ts'
import { compute, sizeOf } from './ask.ts'
import type { Asking } from './ask.ts'
import type { Books } from './books.ts'
import { checkDivided } from './known-dimensions.ts'
import type { Asked } from './questions.ts'
import { readBook } from './read-book.ts'
import { withoutSegments, withSegments } from './segment-filters.ts'

/** A question as a table: the answers of metrics, the rows of one of them, or the movements of MRR. */
export type AskedTable =
  | { readonly what: 'answer'; readonly metrics: readonly string[] }
  | { readonly what: 'rows'; readonly metrics: readonly string[]; readonly part: string }
  | { readonly what: 'movements'; readonly kinds: readonly string[] }

export interface AnsweredTable {
  readonly table: RowTable
  /** The answers themselves, where the table is made of answers. */
  readonly results: Result[] | null
}

/** What is to be written to a file, in full. */
export async function askTable(books: Books, asking: Asking, wanted: AskedTable, given: Asked): Promise<AnsweredTable> {
  const { asker, signal, seconds } = asking
  const opened = await readBook(books, asking, given.reported_on)
  const { book } = opened
  const metrics = wanted.what === 'movements' ? [MOVEMENTS_METRIC] : wanted.metrics
  const attributes = await checkDivided(books, { ...given, where: withoutSegments(given.where) }, metrics, opened, { asker, signal })
  const { asked } = await withSegments(books, asking, given)
  if (wanted.what === 'movements') return { table: movementTable(book, asked, wanted.kinds), results: null }
  const [id] = metrics
  if (id === undefined) throw refuse('no_metric', 'No metric is named.', 'Say which with metric=ID; GET /api/v1/metrics lists them.')
  if (wanted.what === 'rows') {
    if (metrics.length > 1) throw refuse('one_metric', 'Rows belong to one metric.', 'Ask for one metric at a time.')
    // What a value was made of may have to be computed before its rows are known.
    const open = (store: FactStore, running: AbortSignal): Promise<RowTable> => rowTable({ ...book, store, signal: running }, id, asked, wanted.part)
    return { table: await compute(books.lanes, books.store, open, { signal, seconds, size: sizeOf(asked) }), results: null }
  }
  const results = await compute(books.lanes, books.store, (store, running) => answer({ ...book, store, signal: running }, metrics, { ...asked, attributes }), {
    signal,
    seconds,
    size: sizeOf(asked, metrics.length),
  })
  return { table: answerTable(results, book.catalogue), results }
}
