import type { Flag } from '../../kernel/words/flags.ts'
import { settingsHash } from '../../kernel/settings.ts'
import { settingsOf } from '../catalogue/leaves.ts'
import type { Book } from '../kit/book.ts'
import type { Catalogue } from '../kit/catalogue.ts'
import type { Composed, Operand } from '../kit/composition.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import type { Result } from '../kit/result.ts'
import { formOf } from '../kit/value.ts'

/** What a metric means in a book. */
type Definitions = Pick<Book, 'catalogue' | 'settings'>

/** Flags that a composed metric takes over from the metrics it is made of. */
const CARRIED: readonly Flag[] = ['partial', 'restated', 'due_unknown', 'free_month']

const placeOf = ({ period, dims }: Result): string => JSON.stringify([Object.values(dims), period.from, period.until])

/** Results of one period and slice, by metric, as operands. */
export const operandsOf =
  (results: readonly Result[], catalogue: Catalogue, at: 'now' | 'comparison') =>
  (id: string): Operand => {
    const leaf = catalogue.find(id)
    const { name, unit } = leaf ?? { name: id, unit: 'count' as const }
    const found = results.find((result) => result.metric === id)
    // A slice of a breakdown in which nothing is added up has no result: that is nothing, not unknown.
    if (found === undefined)
      return leaf !== undefined && formOf(leaf.value, {}).kind === 'total'
        ? { name, unit, value: 0, exact: '0', null_reason: null }
        : { name, unit, value: null, exact: null, null_reason: 'no_data' }
    if (at === 'comparison')
      return { name, unit, value: found.comparison?.value ?? null, exact: null, null_reason: found.comparison?.value === undefined ? 'no_data' : null }
    return { name, unit, value: found.value, exact: found.exact, null_reason: found.null_reason }
  }

/** One value from results of the same period and slice; `comparison` takes what each was in the period compared with. */
export function composeAt(metric: MetricDefinition, catalogue: Catalogue, results: readonly Result[], at: 'now' | 'comparison'): Composed {
  if (metric.composed === null) throw new Error(`${metric.id} is not composed`)
  return metric.composed.compose(operandsOf(results, catalogue, at))
}

/** Contributions of the parts of the value itself, by metric or name. */
export const contributionsOf = ({ pieces }: Composed): Record<string, number | null> =>
  Object.fromEntries(pieces.filter(({ depth }) => depth === 0).map(({ metric, label, contribution }) => [metric ?? label, contribution]))

/** Results of a composed metric: one for each period and slice in which the metrics it is made of have results. */
export function composeResults(metric: MetricDefinition, { catalogue, settings }: Definitions, leaves: readonly Result[]): Result[] {
  const places = new Map<string, Result[]>()
  for (const result of leaves) places.set(placeOf(result), [...(places.get(placeOf(result)) ?? []), result])
  const inOrder = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, results]) => results)
  return inOrder.map((results) => {
    const first = results[0] as Result
    const now = composeAt(metric, catalogue, results, 'now')
    const { unit, reckoning } = now
    const alike = results.every(({ comparison }) => comparison?.alike ?? true)
    const before = first.comparison === null ? null : composeAt(metric, catalogue, results, 'comparison').reckoning.value
    return {
      ...first,
      metric: metric.id,
      version: metric.version,
      value: reckoning.value,
      exact: reckoning.exact ?? null,
      numerator: null,
      denominator: null,
      n: null,
      ci: null,
      ci_method: null,
      ci_says: null,
      unit,
      currency: unit === 'money' ? settings.reporting_currency : null,
      missing_rates: reckoning.value === null ? (results.find(({ missing_rates: gaps }) => gaps.length > 0)?.missing_rates ?? []) : [],
      null_reason: reckoning.value === null ? (reckoning.null_reason ?? 'no_data') : null,
      flags: [...(reckoning.flags ?? []), ...CARRIED.filter((flag) => results.some(({ flags }) => flags.includes(flag)))],
      parts: { ...contributionsOf(now), ...reckoning.beside },
      comparison:
        first.comparison === null
          ? null
          : {
              ...first.comparison,
              value: before,
              numerator: null,
              denominator: null,
              n: null,
              alike,
              change: !alike || reckoning.value === null || before === null ? null : reckoning.value - before,
              change_ci: null,
            },
      settings_hash: settingsHash(settings, settingsOf(metric, catalogue), metric.composed?.written.text),
    }
  })
}
