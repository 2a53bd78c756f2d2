/**
 * From measures to SQL, and from its rows back to sums.
 *
 * In go the measures that a question wants, each with the periods it is summed over, and the scope they share: breakdown,
 * filters, settings. Out comes, by measure and period, one exact sum for each slice of the breakdown.
 *
 * There is one query for each row set and moment at which attributes are taken, however many measures and periods are wanted of
 * it. A period is a number in the column `period`, a dimension a column `g0`, `g1`, a measure a column `m0`, `m1`, and `u0`
 * counts its rows whose money has no rate. On a cluster each shard sums its own accounts, and the sums are added.
 *
 * Example: NRR and GRR by segment for January and February want three measures of the rows of accounts and periods (opening,
 * kept, kept without gains): one query with `GROUP BY period, g0`, whose six rows are two months of three segments.
 */
import type { FactStore } from '../../facts/store.ts'
import { identifier, joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Period } from '../../kernel/period.ts'
import { NONE, isAttribute, isFine, withDimensions } from './dimensions.ts'
import type { Filter } from './dimensions.ts'
import type { Measure, PlacedMeasure } from '../kit/metric.ts'
import type { Moment } from '../kit/moment.ts'
import type { Frame, RowSet, FineDimension } from '../kit/row-set.ts'
import { FINE_DIMENSIONS } from '../kit/row-set.ts'
import type { Options } from '../kit/option.ts'
import type { Tally } from '../kit/tally.ts'

/** What measures are summed for: the part of a question that its queries share. */
export interface Scope {
  readonly store: FactStore
  readonly frame: Omit<Frame, 'periods' | 'moment' | 'fine' | 'dimensions' | 'kept' | 'options'>
  /** The value of each option, as the question, the settings or the options themselves have it. */
  readonly settle: (options: Options) => Frame['options']
  readonly by: readonly string[]
  readonly filters: readonly Filter[]
}

/** The scope in which a measure is summed: without what does not divide it. */
export function scopeFor(scope: Scope, { companyWide, undividedBy = [] }: Measure): Scope {
  const divides = (dimension: string): boolean => companyWide !== true && !undividedBy.includes(dimension)
  return { ...scope, by: scope.by.filter(divides), filters: scope.filters.filter(({ dimension }) => divides(dimension)) }
}

/** Whether two measures are summed in one scope. */
export const sharesScope = (scope: Scope, a: Measure, b: Measure): boolean =>
  JSON.stringify([scopeFor(scope, a).by, scopeFor(scope, a).filters]) === JSON.stringify([scopeFor(scope, b).by, scopeFor(scope, b).filters])

/** The sums of one group of rows by measure, exact. */
export interface Sums {
  readonly dims: readonly string[]
  readonly sums: ReadonlyMap<string, string>
  readonly tallies: ReadonlyMap<string, Tally>
  /** Measures some of whose rows had money that no rate could convert. */
  readonly unrated: ReadonlySet<string>
}

interface Wanted {
  readonly rows: RowSet
  readonly moment: Moment
  readonly periods: Period[]
  readonly measures: Map<string, Measure>
}

/** Row sets, periods and expressions that were asked for; equal ones are asked once. */
export class MeasureQueries {
  readonly #scope: Scope
  readonly #wanted = new Map<string, Wanted>()
  readonly #found = new Map<string, Sums[]>()
  /** Groups by their dimensions: a breakdown by account has as many as there are accounts. */
  readonly #byDims = new WeakMap<readonly Sums[], Map<string, Sums>>()

  constructor(scope: Scope) {
    this.#scope = scope
  }

  #rowsOf({ of }: Measure): RowSet {
    const { by, filters } = this.#scope
    return of.plain === undefined || [...by, ...filters.map(({ dimension }) => dimension)].some((dimension) => of.own[dimension] !== undefined) ? of : of.plain
  }

  /** Where no attribute of an account is looked at, it does not matter when: all moments share a query. */
  #momentOf({ of, moment }: PlacedMeasure): Moment {
    const { by, filters } = this.#scope
    return of.attributes.length > 0 || [...by, ...filters.map(({ dimension }) => dimension)].some((dimension) => isAttribute(of, dimension))
      ? moment
      : 'opening'
  }

  #key(measure: PlacedMeasure): string {
    return `${this.#rowsOf(measure).id}|${this.#momentOf(measure)}`
  }

  want(measure: PlacedMeasure, periods: readonly Period[]): void {
    let entry = this.#wanted.get(this.#key(measure))
    if (entry === undefined)
      this.#wanted.set(this.#key(measure), (entry = { rows: this.#rowsOf(measure), moment: this.#momentOf(measure), periods: [], measures: new Map() }))
    entry.measures.set(measureKey(measure), measure)
    for (const period of periods) if (!entry.periods.some((known) => known.from === period.from && known.until === period.until)) entry.periods.push(period)
  }

  /** Runs one query per row set, two at a time. */
  async run(): Promise<void> {
    const entries = [...this.#wanted]
    const worker = async (): Promise<void> => {
      for (let entry = entries.shift(); entry !== undefined; entry = entries.shift()) {
        const [key, wanted] = entry
        const found = await this.#read(wanted, [...wanted.measures.values()])
        wanted.periods.forEach((period, i) => this.#found.set(placeOf(key, period), found[i] ?? []))
      }
    }
    await Promise.all([worker(), worker()])
  }

  groups(measure: PlacedMeasure, period: Period): readonly Sums[] {
    return this.#found.get(placeOf(this.#key(measure), period)) ?? []
  }

  /** The group of these values of the dimensions; undefined where it has no rows. */
  group(measure: PlacedMeasure, period: Period, dims: readonly string[]): Sums | undefined {
    const groups = this.groups(measure, period)
    let byDims = this.#byDims.get(groups)
    if (byDims === undefined) this.#byDims.set(groups, (byDims = new Map(groups.map((one) => [JSON.stringify(one.dims), one]))))
    return byDims.get(JSON.stringify(dims))
  }

  async #read({ rows, moment, periods }: Wanted, measures: readonly Measure[]): Promise<Sums[][]> {
    const { store, by } = this.#scope
    const groups = by.map((_, i) => identifier(`g${i}`))
    const sums = measures.map((_, i) => identifier(`m${i}`))
    const gaps = measures.every((measure) => gapOf(measure) === '0') ? [] : measures.map((_, i) => identifier(`u${i}`))
    const selected = [identifier('period'), ...groups]
    const inner = sql`
      SELECT ${joinSql(
        selected.map((name, i) => (i === 0 ? name : sql`d${trusted(String(i - 1))} AS ${name}`)),
        ', ',
      )},
        ${joinSql(
          measures.map((measure, i) => sql`${trusted(aggregate(measure))} AS ${sums[i] ?? sql``}`),
          ', ',
        )}
        ${
          gaps.length === 0
            ? sql``
            : sql`, ${joinSql(
                measures.map((measure, i) => sql`countIf((${trusted(gapOf(measure))}) AND (${trusted(measure.when ?? '1')})) AS ${gaps[i] ?? sql``}`),
                ', ',
              )}`
        }
      FROM (${filteredRows(this.#scope, rows, moment, periods)}) GROUP BY ${joinSql(selected, ', ')}`
    const spread = rows.placement === 'account' && store.shards > 1
    const query = spread
      ? sql`SELECT ${joinSql(selected, ', ')}, ${joinSql(
          [
            ...measures.map(
              (measure, i) => sql`${trusted(measure.kind === 'tally' ? `sumMap(t.m${i}.1, t.m${i}.2, t.m${i}.3)` : `sum(t.m${i})`)} AS ${sums[i] ?? sql``}`,
            ),
            ...gaps.map((name) => sql`sum(t.${name}) AS ${name}`),
          ],
          ', ',
        )}
          FROM ${store.shardLocal(inner)} AS t GROUP BY ${joinSql(selected, ', ')}`
      : inner
    const found: Sums[][] = periods.map(() => [])
    const [tallied, summed] = [measures.filter(isTally), measures.filter((measure) => !isTally(measure))]
    const place = (measure: Measure): string => `m${measures.indexOf(measure)}`
    for (const row of await store.read<Record<string, string | number | null>>(query)) {
      const text = (name: string): string => String(row[name] ?? '0')
      found[Number(row.period)]?.push({
        dims: by.map((_, i) => text(`g${i}`)),
        sums: new Map(summed.map((measure) => [measureKey(measure), text(place(measure))])),
        tallies: new Map(tallied.map((measure) => [measureKey(measure), toTally(row[place(measure)])])),
        unrated: new Set(measures.filter((_, i) => gaps.length > 0 && text(`u${i}`) !== '0').map(measureKey)),
      })
    }
    return found
  }
}

const placeOf = (key: string, period: Period): string => `${key}|${period.from}|${period.until}`

const isTally = (measure: Measure): boolean => measure.kind === 'tally'

/** What the rows of a group are made into. */
const aggregate = (measure: Measure): string =>
  isTally(measure)
    ? `sumMapIf([toFloat64(${measure.each})], [toUInt64(${measure.reached ?? '1'})], [toUInt64(NOT (${measure.reached ?? '1'}))], ${measure.when ?? '1'})`
    : measure.when === undefined
      ? `sum(${measure.each})`
      : `sumIf(${measure.each}, ${measure.when})`

function toTally(cell: unknown): Tally {
  const [values, reached, censored] = cell as [number[], (number | string)[], (number | string)[]]
  return { values, reached: reached.map(Number), censored: censored.map(Number) }
}

/** When the money of a row is missing for a measure. */
const gapOf = (measure: Measure): string => (measure.kind === 'count' || isTally(measure) ? '0' : (measure.unrated ?? measure.of.unrated ?? '0'))

/** Measures that add up the same are one, unless other rows leave them without money. */
export const measureKey = (measure: Measure): string => `${aggregate(measure)} but ${gapOf(measure)}`

/** Which rows a measure is made of: those that add something, or all that are tallied. */
export const counts = (measure: Measure): string => (isTally(measure) ? (measure.when ?? '1') : `ifNull(${expression(measure)}, 0) != 0`)

/** What one row adds to a measure, rows that do not count adding nothing. */
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
