import type { Unit } from '../../kernel/words/units.ts'
import type { SettingKey } from '../../kernel/settings.ts'
import type { Catalogue } from '../kit/catalogue.ts'
import type { Composed, Piece } from '../kit/composition.ts'
import type { MetricDefinition } from '../kit/metric.ts'

/** The metrics whose rows a metric rests on: itself, or those it is composed of. */
export const leavesOf = (metric: MetricDefinition, catalogue: Catalogue): MetricDefinition[] =>
  metric.composed === null ? [metric] : metric.composed.of.flatMap((id) => catalogue.find(id) ?? [])

/** Settings that move a metric, those of the metrics it is composed of among them. */
export const settingsOf = (metric: MetricDefinition, catalogue: Catalogue): SettingKey[] => [
  ...new Set([...metric.settings, ...leavesOf(metric, catalogue).flatMap((leaf) => leaf.settings)]),
]

/** How a composed metric is put together, without any values. */
const shapeOf = ({ composed }: MetricDefinition, catalogue: Catalogue): Composed | null =>
  composed?.compose((id) => ({
    name: catalogue.find(id)?.name ?? id,
    unit: catalogue.find(id)?.unit ?? 'count',
    value: null,
    exact: null,
    null_reason: null,
  })) ?? null

/** The unit of a metric's values: of a composed one that of what it is made of. */
export const unitOf = (metric: MetricDefinition, catalogue: Catalogue): Unit => shapeOf(metric, catalogue)?.unit ?? metric.unit

/** Whether its values add up over time and slices: not where they are attainments that are weighed. */
export const rollUpOf = (metric: MetricDefinition, catalogue: Catalogue): MetricDefinition['rollUp'] =>
  shapeOf(metric, catalogue)?.pieces.some(({ depth, weight }) => depth === 0 && weight !== null) === true ? 'none' : metric.rollUp

/** "New MRR - churned MRR", or "60 x attainment of net revenue retention + ...". Null for a metric with rows of its own. */
export function composedFormula(metric: MetricDefinition, catalogue: Catalogue): string | null {
  const parts = shapeOf(metric, catalogue)?.pieces.filter(({ depth }) => depth === 0)
  if (parts === undefined) return null
  const say = ({ sign, weight, label, floor, target }: Piece, i: number): string => {
    const what = weight === null ? label : `${weight} x attainment of ${label} (from ${floor} to ${target})`
    return i === 0 && sign !== -1 ? what : `${sign === -1 ? '-' : '+'} ${what}`
  }
  return parts.map(say).join(' ')
}
