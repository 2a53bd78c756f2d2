import { refuse } from '../../kernel/errors.ts'
import type { Day } from '../../kernel/period.ts'
import type { Asking } from '../ask.ts'
import { checkDivided } from '../known-dimensions.ts'
import { cellAt, whyAt } from './column.ts'
import type { Cell, Column, ColumnHead } from './column.ts'
import { parseConditions, passing, testOf } from './conditions.ts'
import type { Condition, Test } from './conditions.ts'
import { SEGMENT_OF } from '../segment-filters.ts'
import type { AccountState } from './frame.ts'
import { openList, openOffer, readColumns } from './open-list.ts'
import type { Listing, ListMoment, OpenList } from './open-list.ts'
import { orderBy, placeAfter } from './order.ts'
import { offeredHeads, sourceOf, usualColumns } from './sources.ts'
import type { Source } from './sources.ts'

/** Which accounts are listed at all. */
export const WHICH = ['customers', 'former', 'prospects', 'all'] as const
export type Which = (typeof WHICH)[number]

const STATE_OF: Readonly<Record<Exclude<Which, 'all'>, AccountState>> = { customers: 'customer', former: 'former', prospects: 'prospect' }

export interface ListAsked extends ListMoment {
  readonly accounts: Which
  /** Ids of columns; the usual ones where none is named. */
  readonly column: readonly string[]
  readonly where: readonly string[]
  /** A column; "-" before it turns the order round. */
  readonly sort?: string | undefined
}

/** A list that is read: its columns, and the places of its accounts in the frame, in order. */
export interface ReadList {
  readonly list: OpenList
  readonly columns: readonly Column[]
  /** Where the columns come from, in the same order. */
  readonly sources: readonly Source[]
  /** By what it is sorted. */
  readonly sort: string
  readonly order: Uint32Array
  /** What is to be read with the columns. */
  readonly notes: readonly string[]
  /** Beside the state of the ledgers, what it hangs on: versions of saved lists, and what other rooms tell. */
  readonly rests: string
  /** No condition and no state leaves an account out. */
  readonly whole: boolean
  /** Which of two accounts comes first, by their places. */
  readonly compare: (a: number, b: number) => number
}

export interface ListRow {
  readonly account_id: string
  readonly name: string
  readonly cells: Cell[]
  /** Why cells are empty, by the ids of their columns. */
  readonly why: Record<string, string>
}

export interface ListPage {
  readonly day: Day
  readonly columns: ColumnHead[]
  readonly sort: string
  readonly rows: ListRow[]
  readonly total: number
  /** The account after which the next page begins; null on the last. */
  readonly next: string | null
  /** What is to be read with the columns, sentences. */
  readonly notes: string[]
}

const sortOf = (sort: string): { readonly id: string; readonly descending: boolean } =>
  sort.startsWith('-') ? { id: sort.slice(1), descending: true } : { id: sort, descending: false }

/** Values that nothing ever had are refused of attributes, since an empty list would look like an answer. */
async function checkValues(
  { books }: Listing,
  { opened }: OpenList,
  conditions: readonly Condition[],
  sources: readonly Source[],
  asking: Asking,
): Promise<void> {
  const where = conditions.flatMap(({ operator, values }, i) => {
    const source = sources[i]
    return source?.of === 'attribute' && (operator === '=' || operator === 'in') ? values.map((value) => `${source.attribute}=${value}`) : []
  })
  await checkDivided(books, { where }, [], opened, asking)
}

/** The accounts of segments pass, as far as a list is filtered by any; the key names their versions. */
async function segmentTest(
  { books }: Listing,
  { frame }: OpenList,
  asking: Asking,
  moment: ListMoment,
  conditions: readonly Condition[],
): Promise<{ tests: Test[]; key: string }> {
  const named = conditions.filter(({ column }) => column === SEGMENT_OF)
  const tests: Test[] = []
  const keys: string[] = []
  for (const { operator, values } of named) {
    if (operator !== '=' && operator !== 'in') throw refuse('bad_filter', 'A segment can only be asked for.', 'Write segment_of=ID.')
    const found = await Promise.all(values.map((id) => books.segments.membersOf(asking, id, moment)))
    const members = new Set(found.flatMap(({ accounts }) => accounts))
    tests.push((place) => members.has(frame.accounts[place] ?? ''))
    keys.push(...found.map((one, i) => `${values[i]}@${one.key}`))
  }
  return { tests, key: keys.join(' ') }
}

/** Reads what a list asks for, filtered and sorted. Throws `bad_filter`, `unknown_column`, `unknown_value`, `bad_column`. */
export async function readList(listing: Listing, asking: Asking, asked: ListAsked): Promise<ReadList> {
  const list = await openList(listing, asking, asked)
  const { frame, offer, key } = list
  const ids = asked.column.length === 0 ? usualColumns(offer) : asked.column
  const sort = asked.sort ?? '-arr'
  const { id: sortId, descending } = sortOf(sort)
  const all = parseConditions(asked.where)
  const conditions = all.filter(({ column }) => column !== SEGMENT_OF)
  const segments = await segmentTest(listing, list, asking, asked, all)
  const sources = ids.map((id) => sourceOf(id, offer))
  const filterSources = conditions.map(({ column }) => sourceOf(column, offer))
  const sortSource = sourceOf(sortId, offer)
  const [{ columns: read, notes, key: told }] = await Promise.all([
    readColumns(listing, list, [...sources, ...filterSources, sortSource], asking),
    checkValues(listing, list, conditions, filterSources, asking),
  ])
  const columnOf = ({ head }: Source): Column => {
    const column = read.get(head.id)
    if (column === undefined) throw new Error(`the column ${head.id} was not read`)
    return column
  }
  const state = frame.columns.get('state')
  const ofState = asked.accounts === 'all' || state === undefined ? [] : [testOf(state, { column: 'state', operator: '=', values: [STATE_OF[asked.accounts]] })]
  const tests = [...ofState, ...segments.tests, ...conditions.map((condition, i) => testOf(columnOf(filterSources[i] as Source), condition))]
  const compare = orderBy(columnOf(sortSource), descending, frame.accounts)
  const orderKey = `order ${key} ${JSON.stringify([asked.accounts, all, segments.key, told, sort, offer.period])}`
  const order = await listing.books.kept.accounts.read(list.opened.book.asker, orderKey, async () => passing(frame.accounts.length, tests).sort(compare))
  return { list, columns: sources.map(columnOf), sources, sort, order, whole: tests.length === 0, compare, notes, rests: `${segments.key} ${told}` }
}

/** The row of an account, by its place in the frame. */
export function rowOf({ list: { frame }, columns }: Pick<ReadList, 'list' | 'columns'>, place: number): ListRow {
  const name = frame.columns.get('name')
  return {
    account_id: frame.accounts[place] ?? '',
    name: String((name === undefined ? null : cellAt(name, place)) ?? ''),
    cells: columns.map((column) => cellAt(column, place)),
    why: Object.fromEntries(columns.flatMap((column) => [whyAt(column, place)].flatMap((why) => (why === null ? [] : [[column.head.id, why]])))),
  }
}

/** Where a page begins: after an account, wherever it stands now. Throws `bad_cursor`. */
function beginOf({ list: { frame }, order, compare }: ReadList, after: string | undefined): number {
  if (after === undefined) return 0
  const place = frame.places.get(after)
  if (place === undefined) throw refuse('bad_cursor', `There is no account "${after}" to go on after.`, 'Ask for the first page again.')
  return placeAfter(order, place, compare)
}

export interface PageAsked {
  readonly after?: string | undefined
  readonly limit: number
}

/** A page of the list. */
export async function askAccountList(
  listing: Listing,
  asking: Asking,
  asked: ListAsked,
  { after, limit }: PageAsked,
): Promise<ListPage & Pick<OpenList['opened'], 'freshness'>> {
  const read = await readList(listing, asking, asked)
  const { list, columns, order, sort, notes } = read
  const begin = beginOf(read, after)
  const rows = Array.from(order.subarray(begin, begin + limit), (place) => rowOf(read, place))
  return {
    day: list.offer.day,
    columns: columns.map(({ head }) => head),
    sort,
    rows,
    total: order.length,
    next: begin + limit < order.length ? (rows.at(-1)?.account_id ?? null) : null,
    notes: [...notes],
    freshness: list.opened.freshness,
  }
}

/** Every column that a list can have. */
export async function askColumns(listing: Listing, asking: Asking, moment: ListMoment): Promise<{ columns: ColumnHead[]; usual: string[] }> {
  const { offer } = await openOffer(listing, asking, moment)
  return { columns: offeredHeads(offer), usual: usualColumns(offer) }
}
