import { formatMicros } from '../../kernel/money.ts'
import { NULL_REASONS } from '../../kernel/words/reasons.ts'
import { answer } from '../../metrics/ask/answer.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { Result } from '../../metrics/kit/result.ts'
import { askKept } from '../ask.ts'
import type { Asking } from '../ask.ts'
import type { NumberCells } from './column.ts'
import { readList } from './list.ts'
import type { ListAsked, ReadList } from './list.ts'
import type { Listing } from './open-list.ts'
import type { Source } from './sources.ts'

/** What a column comes to over the accounts of the list. */
export interface ColumnTotal {
  readonly column: string
  readonly value: number | null
  readonly exact: string | null
  /** Why there is none, a sentence; null where there is one. */
  readonly why: string | null
  /** How many accounts of the list have a value in it. */
  readonly known: number
}

const exactOf = (value: number): bigint => BigInt(Math.round(value * 1e6))

/** Money as decimal text: exact up to nine thousand millions, of more the digits that a number holds. */
export const moneyText = (value: number): string => (Math.abs(value) < 9e9 ? formatMicros(exactOf(value)) : value.toFixed(2))

function sumOf({ values, reasons }: NumberCells, order: Uint32Array): bigint {
  let sum = 0n
  for (const place of order) if (reasons[place] === 0) sum += exactOf(values[place] ?? 0)
  return sum
}

const knownOf = ({ columns, order }: ReadList, at: number): number => {
  const cells = columns[at]?.cells
  if (cells === undefined) return 0
  let known = 0
  for (const place of order) if (cells.kind === 'number' ? cells.reasons[place] === 0 : cells.codes[place] !== 0) known++
  return known
}

type MetricSource = Source & { readonly of: 'metric' }

/** Metrics of the accounts of a list taken together: each counted as it is of any group, never a mean of theirs. */
async function answersOf(book: Book, { list: { frame, offer }, order, whole }: ReadList, sources: readonly MetricSource[]): Promise<Map<string, Result>> {
  const alike = new Map<string, MetricSource[]>()
  for (const source of sources) {
    const key = JSON.stringify([source.options, source.period])
    alike.set(key, [...(alike.get(key) ?? []), source])
  }
  const where = whole ? [] : Array.from(order, (place) => `account=${frame.accounts[place]}`)
  const found = new Map<string, Result>()
  for (const group of alike.values()) {
    const [{ period, options }] = group as [MetricSource]
    const metrics = [...new Set(group.map(({ metric }) => metric))]
    const results = await answer(book, metrics, { ...period, options, where, as_of: offer.day })
    for (const { head, metric } of group) {
      const result = results.find((one) => one.metric === metric)
      if (result !== undefined) found.set(head.id, result)
    }
  }
  return found
}

function totalOf(read: ReadList, at: number, answers: ReadonlyMap<string, Result>): ColumnTotal {
  const { head, cells } = read.columns[at] as ReadList['columns'][number]
  const known = knownOf(read, at)
  const told = (value: number | null, exact: string | null, why: string | null): ColumnTotal => ({ column: head.id, value, exact, why, known })
  if (read.order.length === 0) return told(null, null, 'No account is listed')
  const result = answers.get(head.id)
  if (result !== undefined) return told(result.value, result.exact, result.null_reason === null ? null : NULL_REASONS[result.null_reason])
  if (cells.kind !== 'number' || head.unit !== 'money') return told(null, null, 'It does not add up')
  if (known === 0) return told(null, null, 'No account has a value')
  // What other rooms tell is no decimal text, and so is its sum none.
  return told(Number(formatMicros(sumOf(cells, read.order))), null, null)
}

/** The totals of the columns of a list, in their order. */
export async function askListTotals(listing: Listing, asking: Asking, asked: ListAsked): Promise<{ total: number; totals: ColumnTotal[] }> {
  const { books } = listing
  const read = await readList(listing, asking, { ...asked, sort: 'account' })
  const { opened, key } = read.list
  const metrics = read.sources.filter((source) => source.of === 'metric')
  const question = `totals ${key} ${JSON.stringify([asked.accounts, asked.where, read.rests, metrics.map(({ head, period }) => [head.id, period])])}`
  const answers =
    read.order.length === 0 || metrics.length === 0
      ? new Map<string, Result>()
      : await askKept(books.kept.accounts, question, books.lanes, opened.book, (book) => answersOf(book, read, metrics), {
          signal: asking.signal,
          seconds: asking.seconds ?? 60,
          size: metrics.length,
        })
  return { total: read.order.length, totals: read.columns.map((_, at) => totalOf(read, at, answers)) }
}
