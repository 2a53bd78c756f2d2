import type { NullReason } from '../../kernel/words/reasons.ts'
import { addMonths, cut } from '../../kernel/period.ts'
import type { Grain, Period } from '../../kernel/period.ts'
import { param, sql } from '../../kernel/sql.ts'
import { settleQuestion } from '../ask/settle-question.ts'
import type { Book } from '../kit/book.ts'
import type { Question } from '../kit/question.ts'
import { filteredRows } from '../ask/scope.ts'
import { MOMENTS } from '../kit/moment.ts'
import type { RowSet } from '../kit/row-set.ts'

export interface CohortCell {
  readonly age: number
  readonly kept: number | null
  readonly share: number | null
  readonly null_reason: NullReason | null
}
export interface Cohort {
  readonly period: Period
  readonly base: number
  readonly cells: CohortCell[]
}

const STEP: Partial<Record<Grain, number>> = { month: 1, quarter: 3, year: 12 }
const MOST_AGES = 36

/** What is left of every cohort of the period, by age in months: one query for the whole grid. */
export async function readCohorts(book: Book, metricId: string, question: Question & { readonly grain: Grain }, of: 'customers' | 'mrr'): Promise<Cohort[]> {
  const metric = book.catalogue.byId(metricId)
  if (metric.cohorts?.by !== 'months') throw new Error(`${metricId} does not follow its cohorts by months`)
  const { of: members, rows: agedRows } = metric.cohorts
  const asked = settleQuestion(book, [metric], { ...question, grain: undefined, compare: undefined })
  const periods = cut({ from: question.from, until: question.until < asked.asOf ? question.until : asked.asOf }, question.grain)
  const step = STEP[question.grain] ?? 1
  const ages = agesFor(periods, asked.asOf, step)
  const rows: RowSet = { ...members, rows: (frame) => agedRows(frame, ages) }
  const [kept, base] = of === 'customers' ? [sql`countIf(stays)`, sql`count()`] : [sql`toFloat64(sum(amount))`, sql`toFloat64(sum(base))`]
  const onShard = sql`
    SELECT period, age, ${kept} AS kept, ${base} AS base, countIf(NOT reached) AS waiting, countIf(unrated) AS gaps
    FROM (${filteredRows(asked.scope, rows, MOMENTS[metric.kind], periods)}) GROUP BY period, age`
  const found = await book.store.read<Record<'period' | 'age' | 'kept' | 'base' | 'waiting' | 'gaps', string | number>>(sql`
    SELECT period, age, sum(kept) AS kept, sum(base) AS base, sum(waiting) AS waiting, sum(gaps) AS gaps
    FROM ${book.store.shardLocal(onShard)}
    GROUP BY period, age ORDER BY period, age SETTINGS max_bytes_before_external_group_by = ${param('UInt64', 500_000_000)}`)
  return periods.map((period, i) => {
    const mine = found.filter((row) => Number(row.period) === i)
    return { period, base: Number(mine[0]?.base ?? 0), cells: mine.map((row) => toCell(row, of)) }
  })
}

/** Ages that at least the oldest member of the first cohort can have reached: the day is over on which it did. */
function agesFor(periods: readonly Period[], asOf: string, step: number): number[] {
  const first = periods[0]?.from ?? asOf
  const ages: number[] = []
  for (let age = 0; ages.length <= MOST_AGES && addMonths(first, age) < asOf; age += step) ages.push(age)
  return ages
}

function toCell(row: Record<'age' | 'kept' | 'base' | 'waiting' | 'gaps', string | number>, of: 'customers' | 'mrr'): CohortCell {
  const [kept, base] = [Number(row.kept), Number(row.base)]
  const missing = Number(row.waiting) > 0 ? 'not_matured' : base === 0 ? 'empty_cohort' : of === 'mrr' && Number(row.gaps) > 0 ? 'fx_missing' : null
  return { age: Number(row.age), kept: missing === null ? kept : null, share: missing === null ? kept / base : null, null_reason: missing }
}
