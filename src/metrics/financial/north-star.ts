import { defineMetric } from '../kit/metric.ts'
import { metricsOf, readTree } from '../kit/north-star-tree.ts'
import { valueTree } from '../kit/north-star-value.ts'
import { computed } from '../kit/value.ts'

export const northStar = defineMetric({
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
  composed: {
    of: ({ north_star }) => metricsOf(readTree(north_star)),
    compose: ({ north_star }, read) => valueTree(readTree(north_star), read),
  },
  besides: { coverage: 'Share of the weights with a value', residual: 'Left over against the metric it must add up to' },
  aliases: ['NSM', 'North Star Metric'],
  settings: ['north_star'],
  disagreements: [{ anchor: 'NSM = sum of all KPIs', says: 'adds numbers of unlike units; here they are weighed by attainment, or are of one unit.' }],
})
