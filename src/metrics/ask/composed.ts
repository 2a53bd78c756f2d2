import type { Flag } from '../../kernel/flags.ts'
import { settingsHash } from '../../kernel/settings.ts'
import type { SettingKey, Settings } from '../../kernel/settings.ts'
import type { Result } from './result.ts'
import type { Contribution } from '../open/explain.ts'
import { findMetric } from '../catalogue/catalog.ts'
import type { MetricDefinition, Outcome, Unit } from '../kit/metric.ts'

/** Flags of a metric that hold of what is made of it. */
const CARRIED: readonly Flag[] = ['partial', 'restated', 'due_unknown', 'free_month']

/** A metric's value as another is made of it. */
export interface Operand {
  readonly name: string
  readonly unit: Unit
  readonly value: number | null
  readonly exact: string | null
  readonly null_reason: string | null
}

/** A part of a composed value: where it stands, what it is, and what it adds to the node above it. */
export interface Piece {
  readonly label: string
  readonly metric: string | null
  /** 0 for parts of the value itself. */
  readonly depth: number
  readonly value: number | null
  readonly unit: Unit
  readonly null_reason: string | null
  readonly sign: 1 | -1 | null
  readonly weight: number | null
  readonly floor: number | null
  readonly target: number | null
  readonly attainment: number | null
  readonly contribution: number | null
}

export interface Composed {
  readonly label: string
  readonly owner: string
  readonly unit: Unit
  readonly outcome: Outcome
  readonly pieces: readonly Piece[]
}

/** How a metric without rows of its own is made of others, as a setting says. */
export interface Composition {
  of(settings: Settings): readonly string[]
  compose(settings: Settings, read: (metric: string) => Operand): Composed
}

/** The metrics whose rows a metric rests on: itself, or those it is composed of. */
export const leavesOf = (metric: MetricDefinition, settings: Settings): MetricDefinition[] =>
  metric.composed === null ? [metric] : metric.composed.of(settings).flatMap((id) => findMetric(id) ?? [])

/** Settings that move a metric, those of the metrics it is composed of among them. */
export const settingsOf = (metric: MetricDefinition, settings: Settings): SettingKey[] => [
  ...new Set([...metric.settings, ...leavesOf(metric, settings).flatMap((leaf) => leaf.settings)]),
]

/** How a composed metric is put together, without any values. */
const shapeOf = ({ composed }: MetricDefinition, settings: Settings): Composed | null =>
  composed?.compose(settings, (id) => ({
    name: findMetric(id)?.name ?? id,
    unit: findMetric(id)?.unit ?? 'count',
    value: null,
    exact: null,
    null_reason: null,
  })) ?? null

/** The unit of a metric's values: of a composed one that of what it is made of. */
export const unitOf = (metric: MetricDefinition, settings: Settings): Unit => shapeOf(metric, settings)?.unit ?? metric.unit

/** Whether its values add up over time and slices: not where they are attainments that are weighed. */
export const rollUpOf = (metric: MetricDefinition, settings: Settings): MetricDefinition['rollUp'] =>
  shapeOf(metric, settings)?.pieces.some(({ depth, weight }) => depth === 0 && weight !== null) === true ? 'none' : metric.rollUp

/** "New MRR - churned MRR", or "60 x attainment of net revenue retention + ...". Null for a metric with rows of its own. */
export function composedFormula(metric: MetricDefinition, settings: Settings): string | null {
  const parts = shapeOf(metric, settings)?.pieces.filter(({ depth }) => depth === 0)
  if (parts === undefined) return null
  const say = ({ sign, weight, label, floor, target }: Piece, i: number): string => {
    const what = weight === null ? label : `${weight} x attainment of ${label} (from ${floor} to ${target})`
    return i === 0 && sign !== -1 ? what : `${sign === -1 ? '-' : '+'} ${what}`
  }
  return parts.map(say).join(' ')
}

const placeOf = ({ period, dims }: Result): string => JSON.stringify([Object.values(dims), period.from, period.until])

/** Results of one period and group, by metric, as operands. */
export const operandsOf =
  (results: readonly Result[], at: 'now' | 'comparison') =>
  (id: string): Operand => {
    const leaf = findMetric(id)
    const { name, unit } = leaf ?? { name: id, unit: 'count' as const }
    const found = results.find((result) => result.metric === id)
    // A group of a breakdown in which nothing is added up has no result: that is nothing, not unknown.
    if (found === undefined)
      return leaf?.value.shape === 'total'
        ? { name, unit, value: 0, exact: '0', null_reason: null }
        : { name, unit, value: null, exact: null, null_reason: 'no_data' }
    if (at === 'comparison')
      return { name, unit, value: found.comparison?.value ?? null, exact: null, null_reason: found.comparison?.value === undefined ? 'no_data' : null }
    return { name, unit, value: found.value, exact: found.exact, null_reason: found.null_reason }
  }

/** One value from results of the same period and group; `comparison` takes what each was in the period compared with. */
export function composeAt(metric: MetricDefinition, settings: Settings, results: readonly Result[], at: 'now' | 'comparison'): Composed {
  if (metric.composed === null) throw new Error(`${metric.id} is not composed`)
  return metric.composed.compose(settings, operandsOf(results, at))
}

/** Contributions of the parts of the value itself, by metric or name. */
const contributionsOf = ({ pieces }: Composed): Record<string, number | null> =>
  Object.fromEntries(pieces.filter(({ depth }) => depth === 0).map(({ metric, label, contribution }) => [metric ?? label, contribution]))

/** Results of a composed metric, one for each place in which those it is made of have one. */
export function composeResults(metric: MetricDefinition, settings: Settings, leaves: readonly Result[]): Result[] {
  const places = new Map<string, Result[]>()
  for (const result of leaves) places.set(placeOf(result), [...(places.get(placeOf(result)) ?? []), result])
  const inOrder = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, results]) => results)
  return inOrder.map((results) => {
    const first = results[0] as Result
    const now = composeAt(metric, settings, results, 'now')
    const { unit, outcome } = now
    const alike = results.every(({ comparison }) => comparison?.alike ?? true)
    const before = first.comparison === null ? null : composeAt(metric, settings, results, 'comparison').outcome.value
    return {
      ...first,
      metric: metric.id,
      version: metric.version,
      value: outcome.value,
      exact: outcome.exact ?? null,
      numerator: null,
      denominator: null,
      n: null,
      ci: null,
      ci_method: null,
      ci_says: null,
      unit,
      currency: unit === 'money' ? settings.reporting_currency : null,
      missing_rates: outcome.value === null ? (results.find(({ missing_rates: gaps }) => gaps.length > 0)?.missing_rates ?? []) : [],
      null_reason: outcome.value === null ? (outcome.null_reason ?? 'no_data') : null,
      flags: [...(outcome.flags ?? []), ...CARRIED.filter((flag) => results.some(({ flags }) => flags.includes(flag)))],
      parts: { ...contributionsOf(now), ...outcome.beside },
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
              change: !alike || outcome.value === null || before === null ? null : outcome.value - before,
              change_ci: null,
            },
      settings_hash: settingsHash(settings, settingsOf(metric, settings)),
    }
  })
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
/** With as many of six places as it needs. */
export const inSixPlaces = (value: number): string => grouped.format(Math.round(value * 1e6) / 1e6)

/** "310 + 650 - 320 - 10": what the parts of the value itself add. */
export function filledSum({ pieces }: Composed): string {
  const parts = pieces.filter(({ depth }) => depth === 0)
  return parts
    .map(({ contribution }, i) => {
      if (contribution === null) return i === 0 ? 'unknown' : ' + unknown'
      const sign = contribution < 0 ? '- ' : i === 0 ? '' : '+ '
      return `${i === 0 ? '' : ' '}${sign}${inSixPlaces(Math.abs(contribution))}`
    })
    .join('')
}

/** What each part did to the difference from the period compared with: they add up to it. */
export function composedContributions(now: Composed, before: Composed): Contribution[] {
  const earlier = contributionsOf(before)
  return now.pieces
    .filter(({ depth }) => depth === 0)
    .map(({ metric, label, contribution }) => ({ label, account_id: null, amount: (contribution ?? 0) - (earlier[metric ?? label] ?? 0) }))
    .filter(({ amount }) => Math.abs(amount) > 1e-12)
}
