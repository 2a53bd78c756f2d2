import { SETTINGS } from '../../kernel/settings.ts'
import { defineMetric } from '../kit/metric.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import { metricsOf, readTree } from '../kit/north-star-tree.ts'
import { valueTree } from '../kit/north-star-value.ts'
import { computed } from '../kit/value.ts'

/** The North Star of a team that steers by a tree, as it was written. Throws `bad_north_star`. */
export function northStarOf(text: string): MetricDefinition {
  const tree = readTree(text)
  return defineMetric({
    id: 'north_star',
    name: 'North Star',
    says: 'The one number the team steers by: a tree of metrics that either add up in one unit, or are weighed by how near each is to its target.',
    level: 'financial',
    kind: 'index',
    grain: 'workspace',
    unit: 'score',
    better: 'up',
    rollUp: 'add',
    dimensions: 'none',
    formula: 'sum of signed parts in one unit, or sum of weight x attainment, where attainment = (value - floor) / (target - floor) within 0 and 1',
    nullWhen: 'A metric of the tree has no value, unless an index skips what is missing.',
    measures: {},
    value: computed(() => ({ value: null })),
    composed: { written: { key: 'north_star', says: SETTINGS.north_star.says, text }, of: metricsOf(tree), compose: (read) => valueTree(tree, read) },
    besides: { coverage: 'Share of the weights with a value', residual: 'Left over against the metric it must add up to' },
    aliases: ['NSM', 'North Star Metric'],
    disagreements: [{ anchor: 'NSM = sum of all KPIs', says: 'adds numbers of unlike units; here they are weighed by attainment, or are of one unit.' }],
  })
}

/** That of a team which has not made one of its own. */
export const northStar = northStarOf(SETTINGS.north_star.fallback)
