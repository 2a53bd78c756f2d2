import type { Period } from '../kernel/period.ts'
import { MeasureQueries, measureKey } from './measure-query.ts'
import type { Scope, Sums } from './measure-query.ts'
import type { Measure } from './metric.ts'
import { addTallies } from './tally.ts'
import type { Tally } from './tally.ts'

/** What a question asks for: its measures in its own scope, and company-wide ones without breakdown and filters. */
export class Measurements {
  readonly #own: MeasureQueries
  readonly #wide: MeasureQueries

  constructor(scope: Scope) {
    this.#own = new MeasureQueries(scope)
    this.#wide = new MeasureQueries({ ...scope, by: [], filters: [] })
  }

  #of(measure: Measure): MeasureQueries {
    return measure.companyWide === true ? this.#wide : this.#own
  }

  want(measure: Measure, periods: readonly Period[]): void {
    this.#of(measure).want(measure, periods)
  }

  async run(): Promise<void> {
    await this.#own.run()
    await this.#wide.run()
  }

  /** The group of these values of the dimensions; of a company-wide measure there is one for all. */
  group(measure: Measure, period: Period, dims: readonly string[]): Sums | undefined {
    return this.#of(measure).group(measure, period, measure.companyWide === true ? [] : dims)
  }

  /** The tally of a measure over periods, without a breakdown. */
  tally(measure: Measure, periods: readonly Period[]): Tally {
    return addTallies(periods.flatMap((period) => this.group(measure, period, [])?.tallies.get(measureKey(measure)) ?? []))
  }

  groups(measure: Measure, period: Period): readonly Sums[] {
    return this.#of(measure).groups(measure, period)
  }
}
