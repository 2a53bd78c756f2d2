import * as clickhouse from './clickhouse-questions.ts'
import type { Asked } from './clickhouse-questions.ts'
import * as postgres from './postgres-questions.ts'

/** Numbers by what they are: "nrr|SMB|3" -> 1.02. Two answers agree when these do. */
export type Numbers = ReadonlyMap<string, number>
export type SqlRow = Readonly<Record<string, string | number>>

export interface Question {
  readonly says: string
  /** Path and query of the product's answer. */
  path(asked: Asked): string
  fromProduct(body: unknown, asked: Asked): Numbers
  fromRows(rows: readonly SqlRow[]): Numbers
  clickhouse(asked: Asked): string
  postgres(asked: Asked): string
}

export interface Answer {
  readonly results: readonly {
    readonly metric: string
    readonly period: { readonly from: string }
    readonly dims: Readonly<Record<string, string>>
    readonly value: number | null
    readonly parts: Readonly<Record<string, number | null>>
  }[]
}

const KINDS = { new: 'new_mrr', expansion: 'expansion_mrr', reactivation: 'reactivation_mrr', contraction: 'contraction_mrr', churn: 'churned_mrr' } as const
const MOVEMENTS = Object.values(KINDS)
const RETENTION = ['nrr', 'grr', 'customer_retention_rate'] as const

const ends = ({ boundaries }: Asked): { from: string; until: string } => ({ from: boundaries[0] ?? '', until: boundaries.at(-1) ?? '' })

export const answers =
  (metrics: readonly string[], by: readonly string[]) =>
  (asked: Asked): string =>
    `/api/v1/answers?${new URLSearchParams([...metrics.map((metric) => ['metric', metric]), ...Object.entries(ends(asked)), ['grain', 'month'], ...by.map((dimension) => ['by', dimension])])}`

/** Zeros are left out: a store may leave out a row where nothing happened. */
export const key = (...parts: readonly (string | number)[]): string => parts.join('|')
export const collect = (pairs: readonly (readonly [string, number])[]): Numbers => new Map(pairs.filter(([, value]) => value !== 0))

const fromAnswer = (body: unknown, { boundaries }: Asked): Numbers =>
  collect(
    (body as Answer).results.flatMap(({ metric, period, dims, value }) =>
      value === null ? [] : [[key(metric, dims.segment ?? '', boundaries.indexOf(period.from) + 1), value] as const],
    ),
  )

export const rowNumbers =
  (name: (row: SqlRow) => readonly (readonly [metric: string, value: number])[]) =>
  (rows: readonly SqlRow[]): Numbers =>
    collect(rows.flatMap((row) => name(row).map(([metric, value]) => [key(metric, row.segment ?? '', Number(row.i)), value] as const)))

const mrrRows = rowNumbers((row) => [
  ['mrr', Number(row.mrr)],
  ['arr', Number(row.mrr) * 12],
])
const movementRows = rowNumbers((row) => [[KINDS[row.kind as keyof typeof KINDS], Number(row.total)]])
const retentionRows = rowNumbers((row) => [
  ['nrr', Number(row.kept) / Number(row.opening)],
  ['grr', Number(row.gross) / Number(row.opening)],
  ['customer_retention_rate', Number(row.stayed) / Number(row.customers)],
])

interface Grid {
  readonly cohorts: readonly { readonly period: { readonly from: string }; readonly cells: readonly { readonly age: number; readonly kept: number | null }[] }[]
}

const cohortGrid: Question = {
  says: 'cohort grid, 24 monthly cohorts of customers by age',
  path: (asked) => {
    const { from, until } = ends(asked)
    // The day before: what is known at the close of the last month.
    const asOf = new Date(Date.parse(`${until}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
    return `/api/v1/cohorts?${new URLSearchParams({ from, until, grain: 'month', of: 'customers', as_of: asOf })}`
  },
  fromProduct: (body, { boundaries }) =>
    collect(
      (body as Grid).cohorts.flatMap(({ period, cells }) =>
        cells.flatMap(({ age, kept }) => (kept === null ? [] : [[key('kept', boundaries.indexOf(period.from) + 1, age), kept] as const])),
      ),
    ),
  fromRows: (rows) => collect(rows.map((row) => [key('kept', Number(row.i), Number(row.age)), Number(row.kept)])),
  clickhouse: clickhouse.cohorts,
  postgres: postgres.cohorts,
}

export const question = (
  says: string,
  metrics: readonly string[],
  by: readonly string[],
  fromRows: Question['fromRows'],
  sql: Pick<Question, 'clickhouse' | 'postgres'>,
): Question => ({ says, path: answers(metrics, by), fromProduct: fromAnswer, fromRows, ...sql })

export const BOARD: readonly Question[] = [
  question('MRR and ARR, 24 months', ['mrr', 'arr'], [], mrrRows, { clickhouse: clickhouse.mrr, postgres: postgres.mrr }),
  question('MRR and ARR by segment', ['mrr', 'arr'], ['segment'], mrrRows, { clickhouse: clickhouse.mrrBySegment, postgres: postgres.mrrBySegment }),
  question('movements by kind, 24 months', MOVEMENTS, [], movementRows, { clickhouse: clickhouse.movements, postgres: postgres.movements }),
  question('movements by kind and segment', MOVEMENTS, ['segment'], movementRows, {
    clickhouse: clickhouse.movementsBySegment,
    postgres: postgres.movementsBySegment,
  }),
  question('NRR, GRR, CRR, 24 months', RETENTION, [], retentionRows, { clickhouse: clickhouse.retention, postgres: postgres.retention }),
  question('NRR, GRR, CRR by segment', RETENTION, ['segment'], retentionRows, {
    clickhouse: clickhouse.retentionBySegment,
    postgres: postgres.retentionBySegment,
  }),
  cohortGrid,
]

const near = (a: number, b: number, ratio: number): boolean => Math.abs(a - b) <= (Math.abs(a) < 10 ? ratio : 0.01)

/**
 * Where two answers differ, in words; empty when they agree. Money may differ by a cent, which is rounding in another order, and
 * ratios by so much: where few subscriptions are divided, the sixth place at which each is rounded shows.
 */
export function differences(ours: Numbers, theirs: Numbers, ratio = 1e-9): string[] {
  const keys = new Set([...ours.keys(), ...theirs.keys()])
  return [...keys].flatMap((one) => {
    const [a, b] = [ours.get(one) ?? 0, theirs.get(one) ?? 0]
    return near(a, b, ratio) ? [] : [`${one}: ${a} and ${b}`]
  })
}
