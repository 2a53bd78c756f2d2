import type { MetricGroup } from '../../kernel/words/metrics.ts'
import { defaultSettings } from '../../kernel/settings.ts'
import type { Settings } from '../../kernel/settings.ts'
import { litBy } from './lit-by.ts'
import type { MetricDefinition } from '../kit/metric.ts'

interface Rule {
  readonly group: MetricGroup
  readonly facts: readonly string[]
  readonly because: string
}

/** The first rule that names a fact which the metric cannot do without. What none names is about money. */
const RULES: readonly Rule[] = [
  {
    group: 'Customer Engagement & product metrics',
    facts: ['outcome', 'outcome_measurement', 'onboarding'],
    because: 'value realization and the way to first value stand beside product adoption',
  },
  {
    group: 'Support and response metrics',
    facts: ['cost', 'ticket', 'touchpoint', 'task', 'play_run', 'signal'],
    because: 'what the team does for customers and how soon; the cost of keeping them stands beside response and resolution times',
  },
  {
    group: 'Feedback and Advocacy Metrics',
    facts: ['survey_response', 'survey_invitation', 'conversation', 'request', 'referral', 'advocacy_act', 'reference_consent'],
    because: 'what customers say, ask for and tell others',
  },
  { group: 'Customer Engagement & product metrics', facts: ['usage_event', 'feature'], because: 'how often, how long and how much of the product is used' },
]

/** The one group a metric belongs to. It follows from its facts, so that a new metric need not say it. */
export function groupOf(metric: MetricDefinition, settings: Settings = defaultSettings): MetricGroup {
  // What a team composes of several is what it steers the business by.
  if (metric.composed !== null) return 'Revenue Metrics'
  const needed = new Set(litBy(metric, settings).flat())
  return RULES.find(({ facts }) => facts.some((fact) => needed.has(fact)))?.group ?? 'Revenue Metrics'
}
