import type { MetricEntry } from '../../../contract/question.ts'

export interface FoundMetric {
  readonly metric: MetricEntry
  /** The other name under which it was found, when its own name does not show why. */
  readonly by: string | null
}

const words = (text: string): string => text.toLowerCase().replaceAll(/[_\s-]+/g, ' ').trim()

/** How well a name fits what was typed: 0 the same, 1 begins with it, 2 a word of it does, 3 somewhere inside, null not at all. */
function fit(name: string, typed: string): number | null {
  const text = words(name)
  if (text === typed) return 0
  if (text.startsWith(typed)) return 1
  if (text.includes(` ${typed}`)) return 2
  return text.includes(typed) ? 3 : null
}

/** Metrics whose name, id, other names or meaning hold what was typed; the closest first. Two meanings of one word are both found. */
export function searchMetrics(metrics: readonly MetricEntry[], typed: string): FoundMetric[] {
  const wanted = words(typed)
  if (wanted === '') return metrics.map((metric) => ({ metric, by: null }))
  const found: { metric: MetricEntry; by: string | null; rank: number }[] = []
  for (const metric of metrics) {
    const own = [metric.name, metric.id].map((name) => fit(name, wanted)).filter((rank) => rank !== null)
    const aliases = metric.aliases.map((alias) => ({ alias, rank: fit(alias, wanted) })).filter((item) => item.rank !== null)
    const [alias] = aliases.toSorted((a, b) => (a.rank ?? 9) - (b.rank ?? 9))
    const ownRank = own.length === 0 ? 9 : Math.min(...own)
    const aliasRank = alias?.rank ?? 9
    if (ownRank <= aliasRank && ownRank < 9) found.push({ metric, by: null, rank: ownRank })
    else if (aliasRank < 9) found.push({ metric, by: alias?.alias ?? null, rank: aliasRank + 0.5 })
    else if (words(metric.says).includes(wanted)) found.push({ metric, by: null, rank: 8 })
  }
  return found.toSorted((a, b) => a.rank - b.rank).map(({ metric, by }) => ({ metric, by }))
}

export interface MetricGroup {
  readonly level: string
  readonly kind: string
  readonly title: string
  readonly metrics: readonly FoundMetric[]
}

const LEVELS: readonly [id: string, title: string][] = [
  ['financial', 'Financial'], ['customer-health', 'Customer health'], ['usage', 'Usage'], ['team-performance', 'Team performance'],
]
/** What a kind counts, in words; the word itself is the catalog's. */
export const KINDS: Readonly<Record<string, string>> = {
  stock: 'at a moment',
  flow: 'over a period',
  p2p: 'opening customers, then and now',
  window: 'over a trailing window',
  cohort: 'by cohort',
  index: 'composed',
  model: 'modelled',
}

const level = (id: string): string => id.toLowerCase().replaceAll(/[_\s]+/g, '-')
const place = (list: readonly string[], item: string): number => (list.indexOf(item) === -1 ? list.length : list.indexOf(item))

/** The catalog by level, then by kind, in the order of the product's levels; inside a group as found. */
export function groupMetrics(found: readonly FoundMetric[]): MetricGroup[] {
  const groups = new Map<string, { level: string; kind: string; title: string; metrics: FoundMetric[] }>()
  for (const item of found) {
    const id = level(item.metric.level)
    const key = `${id}|${item.metric.kind}`
    const title = `${LEVELS.find(([known]) => known === id)?.[1] ?? item.metric.level}, ${KINDS[item.metric.kind] ?? item.metric.kind}`
    const group = groups.get(key) ?? { level: id, kind: item.metric.kind, title, metrics: [] }
    group.metrics.push(item)
    groups.set(key, group)
  }
  const levels = LEVELS.map(([id]) => id)
  const kinds = Object.keys(KINDS)
  return [...groups.values()].toSorted((a, b) => place(levels, a.level) - place(levels, b.level) || place(kinds, a.kind) - place(kinds, b.kind))
}
