import type { MetricDefinition, PlacedMeasure } from './metric.ts'
import type { Reckoning } from './reckoning.ts'
import { formOf, noValue } from './value.ts'

/** What a value was made of: the measures above and below the line and the formula they stand in, as its options and its rows chose. */
export interface Made {
  readonly numerator: string | null
  readonly denominator: string | null
  /** With {name} for measures, numbers beside the value, and settings. */
  readonly formula: string
}

/** Where a reckoning names other measures than usual, they take the places of those in the usual formula. */
export function madeOf(metric: MetricDefinition, reckoning: Pick<Reckoning, 'numerator' | 'denominator' | 'formula'>): Made {
  const usual = formOf(metric.value, {})
  const [numerator, denominator] = [reckoning.numerator ?? usual.over, reckoning.denominator ?? usual.under]
  const other = new Map([
    [usual.over, numerator],
    [usual.under, denominator],
  ])
  return {
    numerator,
    denominator,
    formula: reckoning.formula ?? metric.formula.replace(NAMES, (whole, name: string) => (other.has(name) ? `{${other.get(name) ?? name}}` : whole)),
  }
}

/** The reckoning, without its value where money of what it is made of had no rate; `gaps` names the measures that lack some. */
export function rated(metric: MetricDefinition, reckoning: Reckoning, gaps: ReadonlySet<string>): Reckoning {
  const { numerator, denominator } = madeOf(metric, reckoning)
  const sides = [numerator, denominator].filter((name) => name !== null)
  const missing = sides.length === 0 ? gaps.size > 0 : sides.some((name) => gaps.has(name))
  return missing && reckoning.null_reason !== 'not_matured' ? noValue('fx_missing', reckoning) : reckoning
}

/** The names in a formula. */
const NAMES = /\{(\w+)\}/g

export const namesIn = (formula: string): string[] => [...formula.matchAll(NAMES)].map(([, name = '']) => name)

/** The measures of a part: one side, one term by its name, or all that the formula names. Null where there is none. */
export function measuresOfPart(
  metric: MetricDefinition,
  made: Made,
  part: string,
): { readonly main: PlacedMeasure; readonly beside: readonly PlacedMeasure[] } | null {
  const named = part === 'numerator' ? made.numerator : part === 'denominator' ? made.denominator : part
  if (part !== 'all') {
    const main = named === null ? undefined : metric.measures[named]
    return main === undefined ? null : { main, beside: [] }
  }
  const all = [...new Set([made.numerator, made.denominator, ...namesIn(made.formula)])].flatMap((name) => (name === null ? [] : (metric.measures[name] ?? [])))
  const main = all[0] ?? Object.values(metric.measures)[0]
  return main === undefined ? null : { main, beside: all.filter((measure) => measure.of === main.of && measure !== main) }
}

/** The parts whose rows can be asked for, unless an option chooses other measures: all, a side, or a term by its name. */
export function partsWithRows(metric: MetricDefinition): string[] {
  if (metric.composed !== null) return ['all']
  const usual = madeOf(metric, {})
  const sides = (['numerator', 'denominator'] as const).filter((side) => usual[side] !== null)
  return [...new Set(['all', ...sides, ...Object.keys(metric.measures)])]
}
