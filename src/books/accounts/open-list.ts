import { refuse } from '../../kernel/errors.ts'
import { addDays, checkPeriod, isDay } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'
import type { Book } from '../../metrics/kit/book.ts'
import { askKept, compute } from '../ask.ts'
import type { Asking } from '../ask.ts'
import type { Books } from '../books.ts'
import { readBook } from '../read-book.ts'
import type { OpenBook } from '../read-book.ts'
import { readAttribute, readAttributeIds } from './attribute-columns.ts'
import type { Column } from './column.ts'
import { readContracts, readFrame } from './frame.ts'
import type { Frame } from './frame.ts'
import { readMetrics } from './metric-columns.ts'
import type { MetricColumn } from './metric-columns.ts'
import type { ColumnProvider, Provided } from './provider.ts'
import type { Offer, Source } from './sources.ts'

/** Where a list is read from: the books, and the rooms that know more of accounts. */
export interface Listing {
  readonly books: Books
  readonly providers: readonly ColumnProvider[]
}

/** Which day, which period and which report a list is of. */
export interface ListMoment {
  readonly as_of?: Day | undefined
  readonly reported_on?: string | undefined
  readonly from?: Day | undefined
  readonly until?: Day | undefined
}

export interface OpenList {
  readonly opened: OpenBook
  readonly offer: Offer
  readonly frame: Frame
  /** Of today, by all that is known now. */
  readonly isPresent: boolean
  /** Equal for lists that read the same numbers. */
  readonly key: string
}

/** Columns of 100,000 accounts may take longer than most questions. */
const SECONDS = 60

const patient = (asking: Asking): Asking & { readonly seconds: number } => ({ ...asking, seconds: asking.seconds ?? SECONDS })

/** The book of a list, and everything that can be a column of it. */
export async function openOffer({ books, providers }: Listing, asking: Asking, moment: ListMoment): Promise<{ opened: OpenBook; offer: Offer }> {
  const { as_of, reported_on, from, until } = moment
  if (as_of !== undefined && !isDay(as_of)) throw refuse('bad_day', `"${as_of}" is not a day.`, 'Write days as YYYY-MM-DD, for example 2024-06-30.')
  if ((from === undefined) !== (until === undefined)) throw refuse('bad_period', 'A period has two ends.', 'Give both from and until, or neither.')
  const opened = await readBook(books, asking, reported_on)
  const attributes = await askKept(books.kept.accounts, `attributes ${opened.key}`, books.lanes, opened.book, readAttributeIds, patient(asking))
  const offer: Offer = {
    book: opened.book,
    day: as_of ?? addDays(opened.book.knownUntil, -1),
    period: from === undefined || until === undefined ? undefined : checkPeriod({ from, until }),
    attributes,
    providers,
  }
  return { opened, offer }
}

export async function openList(listing: Listing, asking: Asking, moment: ListMoment): Promise<OpenList> {
  const { opened, offer } = await openOffer(listing, asking, moment)
  const key = `${opened.key} ${offer.day}`
  const { books } = listing
  const frame = await askKept(books.kept.accounts, `frame ${key}`, books.lanes, opened.book, (book) => readFrame(book, offer.day), patient(asking))
  const isPresent = offer.day === addDays(opened.book.knownUntil, -1) && moment.reported_on === undefined
  return { opened, offer, frame, isPresent, key }
}

/** Fires when every one of the signals has. */
function everyOne(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController()
  const look = (): void => {
    if (signals.every((signal) => signal.aborted)) all.abort(signals[0]?.reason)
  }
  for (const signal of signals) signal.addEventListener('abort', look, { once: true })
  look()
  return all.signal
}

/** Metrics of the frame: what was read before is kept, the others are read together, for as long as somebody waits for one of them. */
function keptMetrics({ books }: Listing, { opened: { book }, frame, key }: OpenList, wanted: readonly MetricColumn[], asking: Asking): Promise<Column[]> {
  const { seconds, signal } = patient(asking)
  const missing: MetricColumn[] = []
  const unwanted: AbortSignal[] = []
  let reading: Promise<Column[]> | null = null
  const read = (): Promise<Column[]> =>
    (reading ??= Promise.resolve().then(() =>
      compute(books.lanes, book.store, (store, running) => readMetrics({ ...book, store, signal: running }, frame, missing), {
        signal: everyOne(unwanted),
        seconds,
        size: missing.length * 20,
      }),
    ))
  const one = (column: MetricColumn): Promise<Column> =>
    books.kept.accounts.read(
      book.asker,
      `metric ${key} ${JSON.stringify([column.metric, column.options, column.period])}`,
      async (left) => {
        const place = missing.push(column) - 1
        unwanted.push(left)
        return (await read())[place] as Column
      },
      // A signal of its own for each: one signal takes few listeners.
      signal === undefined ? undefined : AbortSignal.any([signal]),
    )
  return Promise.all(wanted.map(one))
}

/** What other rooms tell, all columns of one at once. */
async function providedOf({ opened, frame, isPresent }: OpenList, wanted: readonly (Source & { of: 'health' })[], asking: Asking): Promise<Provided[]> {
  const of = new Map<ColumnProvider, string[]>()
  for (const { provider, head } of wanted) of.set(provider, [...(of.get(provider) ?? []), head.id])
  return Promise.all([...of].map(([provider, ids]) => provider.read({ opened, frame, ids, isPresent }, patient(asking))))
}

export interface ReadColumns {
  /** By the ids under which they were asked for. */
  readonly columns: ReadonlyMap<string, Column>
  /** Beside the state of the ledgers, what their cells hang on. */
  readonly key: string
  /** What is to be read with them. */
  readonly notes: readonly string[]
}

/** The columns of sources. */
export async function readColumns(listing: Listing, list: OpenList, sources: readonly Source[], asking: Asking): Promise<ReadColumns> {
  const { books } = listing
  const { opened, frame, key } = list
  const distinct = [...new Map(sources.map((source) => [source.head.id, source])).values()]
  const kept = (what: string, read: (book: Book) => Promise<Column>): Promise<Column> =>
    askKept(books.kept.accounts, `${what} ${key}`, books.lanes, opened.book, read, patient(asking))
  const one = (source: Source): Column | Promise<Column> | undefined => {
    switch (source.of) {
      case 'account':
        return frame.columns.get(source.head.id)
      case 'contract':
        return kept(source.column, (book) => readContracts(book, frame, source.column))
      case 'attribute':
        return kept(`attribute ${source.attribute}`, (book) => readAttribute(book, frame, source.head, source.attribute))
      case 'metric':
      case 'health':
        return undefined
    }
  }
  const metrics = distinct.filter((source) => source.of === 'metric')
  const [ofMetrics, provided, others] = await Promise.all([
    keptMetrics(listing, list, metrics, asking),
    providedOf(
      list,
      distinct.filter((source) => source.of === 'health'),
      asking,
    ),
    Promise.all(distinct.map(one)),
  ])
  // A kept column bears the id under which it was first asked for.
  const named = metrics.map(({ head }, i): Column => ({ head, cells: (ofMetrics[i] as Column).cells }))
  const columns = [...others.filter((column) => column !== undefined), ...provided.flatMap((one) => one.columns), ...named]
  return {
    columns: new Map(columns.map((column) => [column.head.id, column])),
    key: provided.map((one) => one.key).join(' '),
    notes: provided.flatMap(({ note }) => (note === null ? [] : [note])),
  }
}
