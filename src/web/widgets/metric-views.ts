import { METRIC_GROUPS, NATURES, NATURE_IDS } from '../../kernel/words/metrics.ts'
import type { MetricEntry } from '../../contract/question.ts'
import { groupMetrics, type FoundMetric, type KindGroup, type LevelGroup } from './metric-search.ts'

export const VIEWS = [
  { value: 'level', label: 'Level', says: 'Financial, customer health, usage, team performance' },
  { value: 'group', label: 'Group', says: 'Revenue, engagement, feedback, support' },
  { value: 'nature', label: 'Kind of data', says: 'What customers say, and what is counted' },
  { value: 'data', label: 'Data needed', says: 'Which file lights up which metrics' },
] as const
export type View = (typeof VIEWS)[number]['value']
export const viewOf = (text: string): View => VIEWS.find(({ value }) => value === text)?.value ?? 'level'

export interface Shelf extends LevelGroup {
  readonly says?: string
  /** The facts that the metrics of this shelf wait for. */
  readonly missing?: MetricEntry['missing']
}

/** Inside a shelf the metrics stand by their level. */
const byLevel = (found: readonly FoundMetric[]): KindGroup[] =>
  groupMetrics(found).map(({ level, title, kinds }) => ({ kind: level, title, metrics: kinds.flatMap(({ metrics }) => metrics) }))

const shelf = (level: string, title: string, found: readonly FoundMetric[], more: Partial<Shelf> = {}): Shelf[] =>
  found.length === 0 ? [] : [{ level, title, kinds: byLevel(found), ...more }]

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A shelf for each kind of facts that a metric cannot do without: those that are there first, then those that light up most. */
function byData(found: readonly FoundMetric[]): Shelf[] {
  const kinds = new Map(found.flatMap(({ metric }) => metric.lit_by.flat()).map((kind) => [kind.fact, kind]))
  const shelves = [...kinds.values()].map((kind) => {
    const lit = found.filter(({ metric }) => metric.lit_by.flat().some(({ fact }) => fact === kind.fact))
    const isMissing = lit.some(({ metric }) => metric.missing.flat().some(({ fact }) => fact === kind.fact))
    return { kind, lit, isMissing }
  })
  return shelves
    .toSorted((a, b) => Number(a.isMissing) - Number(b.isMissing) || b.lit.length - a.lit.length)
    .flatMap(({ kind, lit, isMissing }) => shelf(kind.fact, sentence(kind.files), lit, isMissing ? { missing: [[kind]] } : {}))
}

/** What anyone looks at first, in that order; each stands here and nowhere else. */
export const LEADING: readonly string[] = ['mrr', 'arr', 'nrr', 'grr', 'customer_retention_rate', 'logo_churn_rate', 'arppu']

function leadingShelf(found: readonly FoundMetric[]): Shelf[] {
  const metrics = LEADING.flatMap((id) => found.find(({ metric }) => metric.id === id) ?? [])
  return metrics.length === 0 ? [] : [{ level: 'leading', title: 'Looked at first', kinds: [{ kind: 'leading', title: '', metrics }] }]
}

/** The catalog in one of its views. */
export function shelvesOf(view: View, found: readonly FoundMetric[]): Shelf[] {
  switch (view) {
    case 'level':
      return [...leadingShelf(found), ...groupMetrics(found.filter(({ metric }) => !LEADING.includes(metric.id)))]
    case 'group':
      return METRIC_GROUPS.flatMap((group) =>
        shelf(
          group,
          group,
          found.filter(({ metric }) => metric.group === group),
        ),
      )
    case 'nature':
      return NATURE_IDS.flatMap((nature) =>
        shelf(
          nature,
          NATURES[nature].label,
          found.filter(({ metric }) => metric.nature === nature),
          { says: NATURES[nature].says },
        ),
      )
    case 'data':
      return byData(found)
  }
}

/** Why a business of that type looks at a metric first; null when it is one click away. */
export const reasonFor = (metric: MetricEntry, businessType: string): string | null =>
  metric.packs.find((pack) => pack.business_type === businessType)?.reason ?? null
