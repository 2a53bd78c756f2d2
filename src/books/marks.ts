import { benchmark } from '../facts/benchmark.ts'
import { currentFacts } from '../facts/current.ts'
import { note } from '../facts/note.ts'
import { boundStore } from '../facts/store.ts'
import { target } from '../facts/target.ts'
import { addMonths, checkPeriod } from '../kernel/period.ts'
import type { Day, Period } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import type { Asking } from './ask.ts'
import type { Books } from './books.ts'
import { readBook } from './read-book.ts'
import { reportedUntil } from './reported-until.ts'

type Row<K extends string> = Readonly<Record<K, string | null>>
type TargetRow = Row<'segment' | 'starts_on' | 'months' | 'value' | 'owner'>
type BenchmarkRow = Row<'statistic' | 'value' | 'segment' | 'publisher' | 'year' | 'n' | 'definition' | 'counted_how'>
type NoteRow = Row<'day' | 'text' | 'author'>

export interface Target extends Period {
  /** Empty: the whole company. */
  readonly segment: string
  readonly value: number
  readonly owner: string
}

export interface Benchmark {
  readonly statistic: string
  readonly value: number
  readonly segment: string
  readonly publisher: string
  readonly year: number
  readonly n: number | null
}

/** A benchmark that cannot stand beside the metric, without its value. */
export interface KeptBack {
  readonly publisher: string
  readonly year: number
  readonly segment: string
  readonly reason: 'other_definition' | 'definition_not_said' | 'too_few'
  readonly counted_how: string
}

/** What stands beside a metric: targets, benchmarks that are comparable, and notes on the time axis. */
export interface Marks {
  readonly targets: Target[]
  readonly benchmarks: Benchmark[]
  readonly kept_back: KeptBack[]
  readonly notes: { readonly day: Day; readonly text: string; readonly author: string }[]
}

/** Fewer than this many asked: a value would speak of one or two of them (C27). */
const FEWEST = 5

const whole = (text: string | null): string => text ?? ''

/** Why a benchmark cannot stand beside a value counted by this version of a definition; null when it can. */
function objection({ definition, n }: BenchmarkRow, version: string): KeptBack['reason'] | null {
  if (definition === null || definition === '') return 'definition_not_said'
  if (definition !== version) return 'other_definition'
  return n !== null && Number(n) < FEWEST ? 'too_few' : null
}

const toTarget = ({ segment, starts_on, months, value, owner }: TargetRow): Target => ({
  segment: whole(segment),
  from: whole(starts_on),
  until: addMonths(whole(starts_on), Number(months ?? 12)),
  value: Number(value),
  owner: whole(owner),
})

const toBenchmark = ({ statistic, value, segment, publisher, year, n }: BenchmarkRow): Benchmark => ({
  statistic: whole(statistic),
  value: Number(value),
  segment: whole(segment),
  publisher: whole(publisher),
  year: Number(year),
  n: n === null ? null : Number(n),
})

const toKeptBack = ({ publisher, year, segment, counted_how }: BenchmarkRow, reason: KeptBack['reason']): KeptBack => ({
  publisher: whole(publisher),
  year: Number(year),
  segment: whole(segment),
  reason,
  counted_how: whole(counted_how),
})

/** The marks of a metric over a period, as known now or as recorded by a day or instant. */
export async function askMarks(books: Books, asking: Asking, metricId: string, period: Period, reportedOn?: string): Promise<Marks> {
  const { book } = await readBook(books, asking)
  const { version } = book.catalogue.byId(metricId)
  const { from, until } = checkPeriod(period)
  const store = boundStore(book.store, { signal: asking.signal })
  const reported = reportedOn === undefined ? {} : { reportedOn: reportedUntil(reportedOn, book.settings.time_zone) }
  const of = param('String', metricId)
  const [targets, benchmarks, notes] = await Promise.all([
    store.read<TargetRow>(
      sql`SELECT * FROM (${currentFacts(target, reported)}) WHERE metric = ${of} AND starts_on < ${param('Date32', until)}
        ORDER BY segment, starts_on, recorded_at`,
    ),
    store.read<BenchmarkRow>(sql`SELECT * FROM (${currentFacts(benchmark, reported)}) WHERE metric = ${of} ORDER BY year DESC, publisher, segment, statistic`),
    store.read<NoteRow>(
      sql`SELECT * FROM (${currentFacts(note, reported)}) WHERE metric IN ('', ${of}) AND day >= ${param('Date32', from)}
        AND day < ${param('Date32', until)} ORDER BY day, text`,
    ),
  ])
  const judged = benchmarks.map((row) => ({ row, reason: objection(row, version) }))
  return {
    targets: targets.map(toTarget).filter((row) => row.until > from),
    benchmarks: judged.filter(({ reason }) => reason === null).map(({ row }) => toBenchmark(row)),
    kept_back: judged.flatMap(({ row, reason }) => (reason === null ? [] : [toKeptBack(row, reason)])),
    notes: notes.map(({ day, text, author }) => ({ day: whole(day), text: whole(text), author: whole(author) })),
  }
}
