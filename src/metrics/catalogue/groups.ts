import type { Area } from '../../facts/fact.ts'
import { factById } from '../../facts/facts.ts'
import type { MetricGroup } from '../../kernel/words/metrics.ts'
import type { Catalogue } from '../kit/catalogue.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import { litBy } from './lit-by.ts'

/** The first side of the business that a fact tells of which the metric cannot do without. What tells of none is about money. */
const GROUPS: readonly (readonly [Area, MetricGroup])[] = [
  // Value realization and the way to first value stand beside product adoption.
  ['value', 'Customer Engagement & product metrics'],
  // The cost of keeping customers stands beside response and resolution times.
  ['care', 'Support and response metrics'],
  ['voice', 'Feedback and Advocacy Metrics'],
  ['use', 'Customer Engagement & product metrics'],
]

/** The one group a metric belongs to. It follows from its facts, so that a new metric need not say it. */
export function groupOf(metric: MetricDefinition, catalogue: Catalogue): MetricGroup {
  // What a team composes of several is what it steers the business by.
  if (metric.composed !== null) return 'Revenue Metrics'
  const areas = new Set(litBy(metric, catalogue).flatMap((facts) => facts.map((id) => factById(id)?.about)))
  return GROUPS.find(([area]) => areas.has(area))?.[1] ?? 'Revenue Metrics'
}
