/**
 * The change between two results, split over the slices of a dimension (docs/decisions/0009).
 *
 * In go the result of both periods and a way to ask for the same by a dimension. Out come slices with what each of them did to
 * the change, by effect (rate, mix, entered, left ... of a ratio; changed, entered, left of a total), or the reason why there
 * is no such split.
 *
 * Whether a metric can be split is looked at in its numbers: the slices of both periods have to add up to the whole. An
 * account that counts in two slices, or a median, leaves the change whole.
 *
 * Example: SMB has half of the opening MRR and goes from 100 % to 90 %: retention falls from 100 % to 95 %, and the rate of SMB
 * did all of it. Where SMB is at 90 % all along and grows from a tenth to half, retention falls from 99 % to 95 % by the mix.
 */
import { RATIO_EFFECTS, TOTAL_EFFECTS, splitRatio, splitTotal } from '../../statistics/change-split.ts'
import type { Fraction, RatioEffect, Split, TotalEffect } from '../../statistics/change-split.ts'
import type { Result } from '../kit/result.ts'
import type { MetricDefinition } from '../kit/metric.ts'

export type Effect = RatioEffect | TotalEffect
/** Why a change is not split: the metric is computed anew, nothing to split it by, slices that do not make up the whole, or no value. */
export type Indivisible = 'computed_anew' | 'single_values' | 'no_dimension' | 'parts_not_additive' | 'no_value'

/** A slice in one period: its own value, and its share of the denominator where the metric is a ratio. */
export interface SliceSide {
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly share: number | null
}

export interface ChangeSlice {
  /** The value of the dimension; "(none)" for no value. */
  readonly key: string
  readonly before: SliceSide
  readonly now: SliceSide
  readonly effects: readonly { readonly kind: Effect; readonly amount: number }[]
  readonly amount: number
}

export interface ChangeSlices {
  /** Each effect over all slices. */
  readonly effects: readonly { readonly kind: Effect; readonly amount: number; readonly slices: number }[]
  /** Slices that moved most, the largest first. */
  readonly named: readonly ChangeSlice[]
  /** All other slices together; null when all are named. */
  readonly others: { readonly count: number; readonly amount: number } | null
}

interface Pair<T> {
  readonly before: T
  readonly now: T
}

/** So many slices are named. */
const NAMED = 50
/** Sums of slices agree with the whole to rounding, or they are not its slices. */
const ROUNDING = 1e-9

const close = (a: number, b: number): boolean => Math.abs(a - b) <= ROUNDING * Math.max(1, Math.abs(a), Math.abs(b))
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/**
 * The change between two results split over the values of a dimension. A metric is split as a ratio or a total by how it
 * rolls up, and only where its slices do add up to it in both periods: a thing that counts in two slices, or a value that is
 * not the mean of its slices by their denominators, leaves it whole.
 */
export async function splitChange(
  rollUp: MetricDefinition['rollUp'],
  by: string | null,
  whole: Pair<Result>,
  ask: (dimension: string) => Promise<Pair<readonly Result[]>>,
): Promise<{ slices: ChangeSlices | null; indivisible: Indivisible | null }> {
  const not = (indivisible: Indivisible) => ({ slices: null, indivisible })
  if (rollUp === 'none') return not('computed_anew')
  if (rollUp === 'dist') return not('single_values')
  if (by === null) return not('no_dimension')
  if (whole.before.value === null || whole.now.value === null) return not('no_value')
  const answered = await ask(by)
  const index = (results: readonly Result[]) => new Map(results.map((result) => [result.dims[by] ?? '', result]))
  const found = { before: index(answered.before), now: index(answered.now) }
  const keys = [...new Set([...found.before.keys(), ...found.now.keys()])].sort()
  const splits = rollUp === 'ratio' ? ratioSplits(keys, whole, found) : totalSplits(keys, whole, found)
  return splits === null ? not('parts_not_additive') : { slices: toSlices(keys, whole, found, splits, rollUp === 'ratio'), indivisible: null }
}

type Found = Pair<ReadonlyMap<string, Result>>

function ratioSplits(keys: readonly string[], whole: Pair<Result>, found: Found): Split<RatioEffect>[] | null {
  const [before, now] = [fractions(keys, whole.before, found.before), fractions(keys, whole.now, found.now)]
  if (before === null || now === null) return null
  return splitRatio(keys.map((_, i) => ({ before: before[i] ?? NONE, now: now[i] ?? NONE })))
}

const NONE: Fraction = { over: 0, under: 0 }

/** Numerators and denominators of the slices; null where they do not make up the whole. */
function fractions(keys: readonly string[], whole: Result, slices: ReadonlyMap<string, Result>): Fraction[] | null {
  const { value, numerator, denominator } = whole
  if (value === null || denominator === null || denominator === 0) return null
  const plain = numerator !== null && close(value, numerator / denominator)
  const list = keys.map((key): Fraction => {
    const slice = slices.get(key)
    const under = slice?.denominator ?? 0
    // A mean in disguise, such as a score of two shares: what its slices weigh together decides below whether it is one.
    return { over: plain ? (slice?.numerator ?? 0) : (slice?.value ?? 0) * under, under }
  })
  const sums = { over: sumOf(list.map(({ over }) => over)), under: sumOf(list.map(({ under }) => under)) }
  return close(sums.under, denominator) && close(sums.over / denominator, value) ? list : null
}

function totalSplits(keys: readonly string[], whole: Pair<Result>, found: Found): Split<TotalEffect>[] | null {
  const values = (slices: ReadonlyMap<string, Result>): number[] => keys.map((key) => slices.get(key)?.value ?? 0)
  const [before, now] = [values(found.before), values(found.now)]
  if (!close(sumOf(before), whole.before.value ?? 0) || !close(sumOf(now), whole.now.value ?? 0)) return null
  return splitTotal(keys.map((_, i) => ({ before: before[i] ?? 0, now: now[i] ?? 0 })))
}

interface AnySplit {
  readonly effects: Readonly<Partial<Record<Effect, number>>>
  readonly amount: number
}

function toSlices(keys: readonly string[], whole: Pair<Result>, found: Found, splits: readonly AnySplit[], isRatio: boolean): ChangeSlices {
  const sideOf = (when: keyof Pair<unknown>, key: string): SliceSide => {
    const slice = found[when].get(key)
    const [under, all] = [slice?.denominator ?? null, whole[when].denominator]
    return {
      value: slice?.value ?? null,
      numerator: slice?.numerator ?? null,
      denominator: under,
      share: !isRatio || under === null || all === null || all === 0 ? null : under / all,
    }
  }
  const kinds: readonly Effect[] = isRatio ? RATIO_EFFECTS : TOTAL_EFFECTS
  const all = keys.map((key, i): ChangeSlice => {
    const { effects, amount }: AnySplit = splits[i] ?? { effects: {}, amount: 0 }
    return {
      key,
      before: sideOf('before', key),
      now: sideOf('now', key),
      effects: kinds.flatMap((kind) => ((effects[kind] ?? 0) === 0 ? [] : [{ kind, amount: effects[kind] ?? 0 }])),
      amount,
    }
  })
  const largest = all.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount) || (a.key < b.key ? -1 : 1))
  const rest = largest.slice(NAMED).filter((slice) => slice.effects.length > 0)
  const effects = kinds.map((kind) => {
    const sizes = all.flatMap((slice) => slice.effects.filter((effect) => effect.kind === kind).map(({ amount }) => amount))
    return { kind, amount: sumOf(sizes), slices: sizes.length }
  })
  return { effects, named: largest.slice(0, NAMED), others: rest.length === 0 ? null : { count: rest.length, amount: sumOf(rest.map(({ amount }) => amount)) } }
}
