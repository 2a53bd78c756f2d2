import type { Contract } from '../contract/contract.ts'
import type { Marks, markOps } from '../contract/marks.ts'
import { benchmark } from '../facts/benchmark.ts'
import { currentFacts } from '../facts/current.ts'
import { boundStore } from '../facts/store.ts'
import { note } from '../facts/note.ts'
import { target } from '../facts/target.ts'
import { addMonths, checkPeriod } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import { metricById } from '../metrics/catalogue/catalog.ts'
import { readSettings } from '../workspace/settings.ts'
import { reportedUntil } from './book.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

type Row<K extends string> = Readonly<Record<K, string | null>>

/** Fewer than this many asked: a value would speak of one or two of them (METRICS.md C27). */
const FEWEST = 5

type Benchmark = Row<'statistic' | 'value' | 'segment' | 'publisher' | 'year' | 'n' | 'definition' | 'counted_how'>

/** Why a benchmark cannot stand beside a value counted by this version of a definition; null when it can. */
function objection({ definition, n }: Benchmark, version: string): Marks['kept_back'][number]['reason'] | null {
  if (definition === null || definition === '') return 'definition_not_said'
  if (definition !== version) return 'other_definition'
  return n !== null && Number(n) < FEWEST ? 'too_few' : null
}

export const markHandlers = (parts: ApiParts): Pick<Handlers<Contract>, keyof typeof markOps> => ({
  async marks({ params: { id }, query }, { signal }) {
    const { version } = metricById(id)
    const { from, until } = checkPeriod({ from: query.from, until: query.until })
    const { time_zone } = await readSettings(parts.workspace.db)
    const store = boundStore(parts.store, { signal })
    const reported = query.reported_on === undefined ? {} : { reportedOn: reportedUntil(query.reported_on, time_zone) }
    const of = param('String', id)
    const [targets, benchmarks, notes] = await Promise.all([
      store.read<Row<'segment' | 'starts_on' | 'months' | 'value' | 'owner'>>(
        sql`SELECT * FROM (${currentFacts(target, reported)}) WHERE metric = ${of} AND starts_on < ${param('Date32', until)} ORDER BY segment, starts_on, recorded_at`,
      ),
      store.read<Benchmark>(sql`SELECT * FROM (${currentFacts(benchmark, reported)}) WHERE metric = ${of} ORDER BY year DESC, publisher, segment, statistic`),
      store.read<Row<'day' | 'text' | 'author'>>(
        sql`SELECT * FROM (${currentFacts(note, reported)}) WHERE metric IN ('', ${of}) AND day >= ${param('Date32', from)} AND day < ${param('Date32', until)} ORDER BY day, text`,
      ),
    ])
    const judged = benchmarks.map((row) => ({ row, reason: objection(row, version) }))
    const whole = (text: string | null): string => text ?? ''
    return {
      targets: targets
        .map((row) => ({
          segment: whole(row.segment),
          from: whole(row.starts_on),
          until: addMonths(whole(row.starts_on), Number(row.months ?? 12)),
          value: Number(row.value),
          owner: whole(row.owner),
        }))
        .filter((row) => row.until > from),
      benchmarks: judged
        .filter(({ reason }) => reason === null)
        .map(({ row }) => ({
          statistic: whole(row.statistic),
          value: Number(row.value),
          segment: whole(row.segment),
          publisher: whole(row.publisher),
          year: Number(row.year),
          n: row.n === null ? null : Number(row.n),
        })),
      kept_back: judged.flatMap(({ row, reason }) =>
        reason === null
          ? []
          : [{ publisher: whole(row.publisher), year: Number(row.year), segment: whole(row.segment), reason, counted_how: whole(row.counted_how) }],
      ),
      notes: notes.map((row) => ({ day: whole(row.day), text: whole(row.text), author: whole(row.author) })),
    }
  },
})
