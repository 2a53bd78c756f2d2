import type { FactStore } from '../../facts/store.ts'
import { joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Period } from '../../kernel/period.ts'
import { NONE, isAttribute, isFine, withDimensions } from './dimensions.ts'
import type { Filter } from './dimensions.ts'
import type { Measure, PlacedMeasure } from '../kit/metric.ts'
import type { Moment } from '../kit/moment.ts'
import type { Frame, RowSet, FineDimension } from '../kit/row-set.ts'
import { FINE_DIMENSIONS } from '../kit/row-set.ts'
import type { Options } from '../kit/option.ts'

/** What all queries of one question share: the store, the breakdown, the filters and the settings. */
export interface Scope {
  readonly store: FactStore
  readonly frame: Omit<Frame, 'periods' | 'moment' | 'fine' | 'dimensions' | 'kept' | 'options'>
  /** The value of each option, as the question, the settings or the options themselves have it. */
  readonly settle: (options: Options) => Frame['options']
  readonly by: readonly string[]
  readonly filters: readonly Filter[]
}

/** The scope in which one measure is summed: without the dimensions that do not divide this measure. */
export function scopeFor(scope: Scope, { companyWide, undividedBy = [] }: Measure): Scope {
  const divides = (dimension: string): boolean => companyWide !== true && !undividedBy.includes(dimension)
  return { ...scope, by: scope.by.filter(divides), filters: scope.filters.filter(({ dimension }) => divides(dimension)) }
}

/** Whether two measures are summed in one scope. */
export const sharesScope = (scope: Scope, a: Measure, b: Measure): boolean =>
  JSON.stringify([scopeFor(scope, a).by, scopeFor(scope, a).filters]) === JSON.stringify([scopeFor(scope, b).by, scopeFor(scope, b).filters])

/** The row set of a measure, or the plain one where none of its own dimensions is asked for. */
export function rowsFor({ by, filters }: Scope, { of }: Measure): RowSet {
  const dimensions = [...by, ...filters.map(({ dimension }) => dimension)]
  return of.plain === undefined || dimensions.some((dimension) => of.own[dimension] !== undefined) ? of : of.plain
}

/** The moment at which attributes are taken; where no attribute is looked at all moments share one query. */
export function momentFor({ by, filters }: Scope, { of, moment }: PlacedMeasure): Moment {
  const dimensions = [...by, ...filters.map(({ dimension }) => dimension)]
  return of.attributes.length > 0 || dimensions.some((dimension) => isAttribute(of, dimension)) ? moment : 'opening'
}

/** SQL condition: the row counts in the measure, as it adds something or is tallied. */
export const counts = (measure: Measure): string => (measure.kind === 'tally' ? (measure.when ?? '1') : `ifNull(${expression(measure)}, 0) != 0`)

/** SQL: what one row adds to a measure; 0 where the row does not count. */
export const expression = (measure: Measure): string => (measure.when === undefined ? measure.each : `if(${measure.when}, ${measure.each}, 0)`)

/** The rows of a row set with its dimension columns d0, d1 ... for the breakdown, after the filters. Shard-local. */
export function filteredRows(scope: Scope, rows: RowSet, moment: Moment, periods: readonly Period[]): Sql {
  const isInside = ({ dimension }: Filter): boolean => rows.distinct && isFine(dimension) && rows.fine.includes(dimension) && !scope.by.includes(dimension)
  const inside = scope.filters.filter(isInside)
  const outside = scope.filters.filter((filter) => !isInside(filter))
  const kept = inside.map(({ dimension, values }) => ({ dimension: dimension as FineDimension, values: values.map((value) => (value === NONE ? '' : value)) }))
  const dimensions = [...scope.by, ...outside.map((filter) => filter.dimension)]
  const fine = FINE_DIMENSIONS.filter((one) => dimensions.includes(one) && rows.fine.includes(one))
  const source = withDimensions({ ...scope.frame, options: scope.settle(rows.options), periods, moment, fine, dimensions, kept }, rows, dimensions)
  if (outside.length === 0) return source
  const conditions = outside.map((filter, i) => sql`d${trusted(String(scope.by.length + i))} IN ${param('Array(String)', filter.values)}`)
  return sql`SELECT * FROM (${source}) WHERE ${joinSql(conditions, ' AND ')}`
}
