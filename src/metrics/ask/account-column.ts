import type { Period } from '../../kernel/period.ts'
import { NULL_REASON_IDS } from '../../kernel/words/reasons.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'

/** A metric of many accounts. The place of an account is the same in every column that is read with it. */
export interface AccountColumn {
  readonly metric: MetricDefinition
  readonly period: Period
  /** NaN where there is no value. */
  readonly values: Float64Array
  /** 0 where there is a value, else the place of the reason among `NULL_REASON_IDS`, from 1. */
  readonly reasons: Uint8Array
}

export interface AccountValues {
  /** Every account that is counted, in no order that means anything. */
  readonly accounts: readonly string[]
  /** In the order in which they were asked for. */
  readonly columns: readonly AccountColumn[]
}

export const valueAt = ({ values, reasons }: AccountColumn, place: number): number | null => (reasons[place] === 0 ? (values[place] ?? null) : null)

export const reasonAt = ({ reasons }: AccountColumn, place: number): NullReason | null => NULL_REASON_IDS[(reasons[place] ?? 0) - 1] ?? null

const codeOf = (reason: NullReason | undefined): number => NULL_REASON_IDS.indexOf(reason ?? 'no_data') + 1

type Told = Pick<Reckoning, 'value' | 'null_reason'>

/** A column that is being read. Accounts of which nothing is read hold what there is of nothing. */
export class GrowingColumn {
  readonly #nothing: Told
  #values = new Float64Array(0)
  #reasons = new Uint8Array(0)

  constructor(nothing: Told) {
    this.#nothing = nothing
  }

  /** Makes room for so many accounts. */
  grow(size: number): void {
    const known = this.#values.length
    if (size <= known) return
    const room = Math.max(size, 2 * known)
    const [values, reasons] = [new Float64Array(room), new Uint8Array(room)]
    const { value, null_reason } = this.#nothing
    values.fill(value ?? Number.NaN, known).set(this.#values)
    reasons.fill(value === null ? codeOf(null_reason) : 0, known).set(this.#reasons)
    ;[this.#values, this.#reasons] = [values, reasons]
  }

  set(place: number, { value, null_reason }: Told): void {
    this.grow(place + 1)
    this.#values[place] = value ?? Number.NaN
    this.#reasons[place] = value === null ? codeOf(null_reason) : 0
  }

  /** The same of many: a reason is 0 where there is a value, else its place among those named, from 1. */
  setAll(places: readonly number[], values: readonly unknown[], reasons: readonly unknown[], named: readonly NullReason[]): void {
    const codes = [0, ...named.map(codeOf)]
    this.grow(places.reduce((most, place) => Math.max(most, place + 1), 0))
    for (let i = 0; i < places.length; i++) {
      const [place = 0, code = 0] = [places[i], codes[Number(reasons[i])]]
      this.#values[place] = code === 0 ? Number(values[i]) : Number.NaN
      this.#reasons[place] = code
    }
  }

  done(metric: MetricDefinition, period: Period, size: number): AccountColumn {
    this.grow(size)
    return { metric, period, values: this.#values.subarray(0, size), reasons: this.#reasons.subarray(0, size) }
  }
}
