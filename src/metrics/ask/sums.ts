import { identifier, joinSql, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Period } from '../../kernel/period.ts'
import type { Measure } from '../kit/metric.ts'
import type { Moment } from '../kit/moment.ts'
import type { RowSet } from '../kit/row-set.ts'
import type { Tally } from '../kit/tally.ts'
import { filteredRows } from './scope.ts'
import type { Scope } from './scope.ts'

/** A measure as a column of sums, one for each period that is asked for. */
export interface SumColumn {
  /** Name of the column; beside it, `<id>_gaps` counts rows whose money no rate could convert. */
  readonly id: string
  readonly measure: Measure
  /** For each period asked for the places, among those that are scanned, of the periods it is summed over. */
  readonly places: readonly (readonly number[])[]
}

/** One scan of a row set: several measures of it over several periods. */
export interface Scan {
  readonly scope: Scope
  readonly rows: RowSet
  readonly moment: Moment
  /** Those that the rows are read for. */
  readonly periods: readonly Period[]
  readonly columns: readonly SumColumn[]
}

const isTally = (measure: Measure): boolean => measure.kind === 'tally'

/** SQL condition: a row has money that no rate could convert, so the measure lacks it. */
const gapOf = (measure: Measure): string => (measure.kind === 'count' || isTally(measure) ? '0' : (measure.unrated ?? measure.of.unrated ?? '0'))

/** What the rows of a group that meet a condition are made into. */
function aggregate(measure: Measure, within: string | null): string {
  const when = [measure.when, within].filter((one) => one !== undefined && one !== null).map((one) => `(${one})`)
  const condition = when.join(' AND ')
  // Of no rows a sum of what may be missing is missing itself; here it is 0.
  if (!isTally(measure)) return `ifNull(${condition === '' ? `sum(${measure.each})` : `sumIf(${measure.each}, ${condition})`}, 0)`
  const reached = measure.reached ?? '1'
  const counted = `sumMapIf([toFloat64(${measure.each})], [toUInt64(${reached})], [toUInt64(NOT (${reached}))], ${condition === '' ? '1' : condition})`
  return `CAST(${counted} AS ${TALLY})`
}

const TALLY = 'Tuple(values Array(Float64), reached Array(UInt64), censored Array(UInt64))'

/** Measures that add up the same are one, unless other rows leave them without money. */
export const measureKey = (measure: Measure): string => `${aggregate(measure, null)} but ${gapOf(measure)}`

export const hasGaps = ({ measure }: SumColumn): boolean => gapOf(measure) !== '0'

export const gapsOf = ({ id }: SumColumn): Sql => identifier(`${id}_gaps`)

/** Names of the columns by which sums are grouped: `asked`, the place of the period asked for, and one per dimension. */
export const groupNames = (asked: number, dimensions: number): Sql[] => [
  ...(asked > 1 ? [identifier('asked')] : []),
  ...Array.from({ length: dimensions }, (_, i) => identifier(`g${i}`)),
]

/** For each period that is scanned those asked for that look at it. */
const lookedAtBy = ({ periods, columns }: Scan): number[][] =>
  periods.map((_, place) => [...new Set(columns.flatMap(({ places }) => places.flatMap((list, asked) => (list.includes(place) ? [asked] : []))))])

/** The condition by which a row counts for a column in the period asked for; null where each row that is there does. */
function withinPlaces({ places }: SumColumn, lookedAt: readonly (readonly number[])[]): string | null {
  if (lookedAt.every((list, place) => list.every((asked) => places[asked]?.includes(place)))) return null
  return places.length === 1 ? `period IN (${places[0]?.join(', ')})` : `has(${JSON.stringify(places)}[asked + 1], period)`
}

/** The sums of a scan by period asked for and dimension, on one node. */
function sumsHere(scan: Scan): Sql {
  const { scope, rows, moment, periods, columns } = scan
  const asked = columns[0]?.places.length ?? 1
  const lookedAt = lookedAtBy(scan)
  const itself = lookedAt.every((list, place) => list.length === 1 && list[0] === place)
  const found = filteredRows(scope, rows, moment, periods)
  const source = asked === 1 || itself ? sql`(${found})` : sql`(SELECT *, arrayJoin(${trusted(JSON.stringify(lookedAt))}[period + 1]) AS asked FROM (${found}))`
  const names = groupNames(asked, scope.by.length)
  const selected = [
    ...(asked === 1 ? [] : itself ? [sql`period AS asked`] : [sql`asked`]),
    ...scope.by.map((_, i) => sql`d${trusted(String(i))} AS g${trusted(String(i))}`),
    ...columns.flatMap((column) => {
      const within = withinPlaces(column, lookedAt)
      const { id, measure } = column
      const rest = [measure.when, within].flatMap((one) => (one === undefined || one === null ? [] : [` AND (${one})`])).join('')
      return [
        sql`${trusted(aggregate(measure, within))} AS ${identifier(id)}`,
        ...(hasGaps(column) ? [sql`countIf((${trusted(gapOf(measure))})${trusted(rest)}) AS ${gapsOf(column)}`] : []),
      ]
    }),
  ]
  return sql`
    SELECT ${joinSql(selected, ',\n      ')}
    FROM ${source} ${names.length === 0 ? sql`` : sql`GROUP BY ${joinSql(names, ', ')}`}`
}

/** Sums of the same columns that do not overlap, as one row for each group. */
export function addedUp(rows: Sql, names: readonly Sql[], columns: readonly SumColumn[]): Sql {
  const sums = columns.flatMap((column) => {
    const id = identifier(column.id)
    const sum = isTally(column.measure) ? sql`CAST(sumMap(t.${id}.values, t.${id}.reached, t.${id}.censored) AS ${trusted(TALLY)})` : sql`sum(t.${id})`
    return [sql`${sum} AS ${id}`, ...(hasGaps(column) ? [sql`sum(t.${gapsOf(column)}) AS ${gapsOf(column)}`] : [])]
  })
  return sql`
    SELECT ${joinSql([...names, ...sums], ', ')}
    FROM ${rows} AS t ${names.length === 0 ? sql`` : sql`GROUP BY ${joinSql(names, ', ')}`}`
}

/** Stands in for a column where a scan has none, in the type of one. */
export const nothingOf = (column: SumColumn): Sql[] => [
  sql`${isTally(column.measure) ? trusted(`CAST(([], [], []) AS ${TALLY})`) : trusted('0')} AS ${identifier(column.id)}`,
  ...(hasGaps(column) ? [sql`0 AS ${gapsOf(column)}`] : []),
]

/** The sums of a scan; `local` where the query as a whole already runs on the shard of its accounts. */
export function sumsOf(scan: Scan, local = false): Sql {
  const here = sumsHere(scan)
  const { store, by } = scan.scope
  if (local || store.shards === 1 || scan.rows.placement !== 'account') return here
  return addedUp(store.shardLocal(here), groupNames(scan.columns[0]?.places.length ?? 1, by.length), scan.columns)
}

type Cell =
  | string
  | number
  | null
  | { readonly values: readonly number[]; readonly reached: readonly (number | string)[]; readonly censored: readonly (number | string)[] }

/** A row of sums as it is read. */
export type SumRow = Readonly<Record<string, Cell>>

export const textOf = (row: SumRow, id: string): string => {
  const cell = row[id] ?? '0'
  return typeof cell === 'object' ? '0' : String(cell)
}

export function tallyOf(row: SumRow, id: string): Tally {
  const cell = row[id]
  if (typeof cell !== 'object' || cell === null) throw new Error(`${id} is no tally`)
  return { values: cell.values, reached: cell.reached.map(Number), censored: cell.censored.map(Number) }
}
