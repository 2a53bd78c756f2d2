import { KINDS, KIND_IDS, LEVELS, LEVEL_IDS } from '../../kernel/words/metrics.ts'
import type { MetricEntry } from '../../contract/question.ts'

export interface FoundMetric {
  readonly metric: MetricEntry
  /** The other name under which it was found, when its own name does not show why. */
  readonly by: string | null
}

const words = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[_\s-]+/g, ' ')
    .trim()

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

export interface KindGroup {
  readonly kind: string
  readonly title: string
  readonly metrics: readonly FoundMetric[]
}

export interface LevelGroup {
  readonly level: string
  readonly title: string
  readonly kinds: readonly KindGroup[]
}

/** The catalog by level and in it by kind, in the product's order; inside a kind as found. */
export const groupMetrics = (found: readonly FoundMetric[]): LevelGroup[] =>
  LEVEL_IDS.flatMap((level) => {
    const inside = found.filter(({ metric }) => metric.level === level)
    const kinds = KIND_IDS.flatMap((kind) => {
      const metrics = inside.filter(({ metric }) => metric.kind === kind)
      return metrics.length === 0 ? [] : [{ kind, title: KINDS[kind], metrics }]
    })
    return kinds.length === 0 ? [] : [{ level, title: LEVELS[level], kinds }]
  })
