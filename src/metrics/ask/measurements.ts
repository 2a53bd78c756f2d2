import type { Period } from '../../kernel/period.ts'
import { MeasureQueries } from './measure-query.ts'
import type { Sums } from './measure-query.ts'
import { scopeFor } from './scope.ts'
import type { Scope } from './scope.ts'
import { measureKey } from './sums.ts'
import type { PlacedMeasure } from '../kit/metric.ts'
import { addTallies } from '../kit/tally.ts'
import type { Tally } from '../kit/tally.ts'

/** The measures that a question wants, each summed in the scope of the dimensions that divide this measure. */
export class Measurements {
  readonly #scope: Scope
  readonly #queries = new Map<string, MeasureQueries>()

  constructor(scope: Scope) {
    this.#scope = scope
  }

  #of(measure: PlacedMeasure): MeasureQueries {
    const scope = scopeFor(this.#scope, measure)
    const key = JSON.stringify([scope.by, scope.filters])
    const queries = this.#queries.get(key) ?? new MeasureQueries(scope)
    this.#queries.set(key, queries)
    return queries
  }

  want(measure: PlacedMeasure, periods: readonly Period[]): void {
    this.#of(measure).want(measure, periods)
  }

  async run(): Promise<void> {
    for (const queries of this.#queries.values()) await queries.run()
  }

  /** The sums of the slice with these values of the dimensions; a measure that the dimensions do not divide has the same sums in each slice. */
  sliceAt(measure: PlacedMeasure, period: Period, dims: readonly string[]): Sums | undefined {
    const { by } = scopeFor(this.#scope, measure)
    return this.#of(measure).sliceAt(
      measure,
      period,
      dims.filter((_, i) => by.includes(this.#scope.by[i] ?? '')),
    )
  }

  /** The tally of a measure over periods, without a breakdown. */
  tally(measure: PlacedMeasure, periods: readonly Period[]): Tally {
    return addTallies(periods.flatMap((period) => this.sliceAt(measure, period, [])?.tallies.get(measureKey(measure)) ?? []))
  }

  /** The slices of a measure by all dimensions of the question; none where some dimension does not divide the measure. */
  slices(measure: PlacedMeasure, period: Period): readonly Sums[] {
    return scopeFor(this.#scope, measure).by.length === this.#scope.by.length ? this.#of(measure).slices(measure, period) : []
  }
}
