/**
 * From measures to SQL, and from its rows back to sums.
 *
 * In go the measures that a question wants, each with the periods it is summed over, and the scope they share: breakdown,
 * filters, settings. Out comes, by measure and period, one exact sum for each slice of the breakdown.
 *
 * There is one query for each row set and moment at which attributes are taken, however many measures and periods are wanted of
 * it. A period is a number in the column `asked`, a dimension a column `g0`, `g1`, a measure a column `m0`, `m1`, and `m0_gaps`
 * counts its rows whose money has no rate. On a cluster each shard sums its own accounts, and the sums are added.
 *
 * Example: NRR and GRR by segment for January and February want three measures of the rows of accounts and periods (opening,
 * kept, kept without gains): one query with `GROUP BY asked, g0`, whose six rows are two months of three segments.
 */
import type { Period } from '../../kernel/period.ts'
import type { Measure, PlacedMeasure } from '../kit/metric.ts'
import type { Moment } from '../kit/moment.ts'
import type { RowSet } from '../kit/row-set.ts'
import type { Tally } from '../kit/tally.ts'
import { momentFor, rowsFor } from './scope.ts'
import type { Scope } from './scope.ts'
import { hasGaps, measureKey, sumsOf, tallyOf, textOf } from './sums.ts'
import type { SumColumn, SumRow } from './sums.ts'

/** The sums of one slice by measure, exact. */
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
  /** Slices by their values of the dimensions: a breakdown by account has as many slices as there are accounts. */
  readonly #byDims = new WeakMap<readonly Sums[], Map<string, Sums>>()

  constructor(scope: Scope) {
    this.#scope = scope
  }

  #key(measure: PlacedMeasure): string {
    return `${rowsFor(this.#scope, measure).id}|${momentFor(this.#scope, measure)}`
  }

  want(measure: PlacedMeasure, periods: readonly Period[]): void {
    let entry = this.#wanted.get(this.#key(measure))
    if (entry === undefined)
      this.#wanted.set(
        this.#key(measure),
        (entry = { rows: rowsFor(this.#scope, measure), moment: momentFor(this.#scope, measure), periods: [], measures: new Map() }),
      )
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

  slices(measure: PlacedMeasure, period: Period): readonly Sums[] {
    return this.#found.get(placeOf(this.#key(measure), period)) ?? []
  }

  /** The sums of one slice, by its values of the dimensions; undefined where the slice has no rows. */
  sliceAt(measure: PlacedMeasure, period: Period, dims: readonly string[]): Sums | undefined {
    const slices = this.slices(measure, period)
    let byDims = this.#byDims.get(slices)
    if (byDims === undefined) this.#byDims.set(slices, (byDims = new Map(slices.map((one) => [JSON.stringify(one.dims), one]))))
    return byDims.get(JSON.stringify(dims))
  }

  async #read({ rows, moment, periods }: Wanted, measures: readonly Measure[]): Promise<Sums[][]> {
    const { store, by } = this.#scope
    const places = periods.map((_, place) => [place])
    const columns = measures.map((measure, i): SumColumn => ({ id: `m${i}`, measure, places }))
    const found: Sums[][] = periods.map(() => [])
    for (const row of await store.read<SumRow>(sumsOf({ scope: this.#scope, rows, moment, periods, columns })))
      found[Number(textOf(row, 'asked'))]?.push({
        dims: by.map((_, i) => textOf(row, `g${i}`)),
        sums: new Map(columns.filter(({ measure }) => measure.kind !== 'tally').map(({ id, measure }) => [measureKey(measure), textOf(row, id)])),
        tallies: new Map(columns.filter(({ measure }) => measure.kind === 'tally').map(({ id, measure }) => [measureKey(measure), tallyOf(row, id)])),
        unrated: new Set(columns.filter((column) => hasGaps(column) && textOf(row, `${column.id}_gaps`) !== '0').map(({ measure }) => measureKey(measure))),
      })
    return found
  }
}

const placeOf = (key: string, period: Period): string => `${key}|${period.from}|${period.until}`
