import type { MetricEntry } from '../../../contract/question.ts'

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

const LEVELS: Readonly<Record<string, string>> = {
  financial: 'Financial',
  'customer-health': 'Customer health',
  usage: 'Usage',
  'team-performance': 'Team performance',
}
/** What a kind counts, in words; the word itself is the catalog's. */
export const KINDS: Readonly<Record<string, string>> = {
  stock: 'At a moment',
  flow: 'Over a period',
  p2p: 'Customers of the start, at the end',
  window: 'Over a trailing window',
  cohort: 'By cohort',
  index: 'Composed',
  model: 'Modelled',
}

const ROLL_UPS: Readonly<Record<string, string>> = {
  add: 'Adds up over time and over slices',
  semi: 'Adds up over slices, not over time',
  ratio: 'Numerators and denominators are added up, then divided',
  dist: 'Computed anew from the single values of each slice',
  model: 'Computed anew for each slice',
  none: 'Computed anew for each slice; slices do not add up',
}
/** How values of slices and periods make the value of the whole. */
export const rollUpWords = (rollUp: string): string => ROLL_UPS[rollUp] ?? rollUp

const levelOf = (metric: MetricEntry): string => metric.level.toLowerCase().replaceAll(/[_\s]+/g, '-')
/** Keys in the order of a list, unknown ones last. */
const inOrder = (keys: Iterable<string>, known: readonly string[]): string[] => {
  const place = (key: string) => (known.includes(key) ? known.indexOf(key) : known.length)
  return [...new Set(keys)].toSorted((a, b) => place(a) - place(b))
}

/** The catalog by level and in it by kind, in the product's order; inside a kind as found. */
export function groupMetrics(found: readonly FoundMetric[]): LevelGroup[] {
  return inOrder(
    found.map(({ metric }) => levelOf(metric)),
    Object.keys(LEVELS),
  ).map((level) => {
    const inside = found.filter(({ metric }) => levelOf(metric) === level)
    const kinds = inOrder(
      inside.map(({ metric }) => metric.kind),
      Object.keys(KINDS),
    )
    return {
      level,
      title: LEVELS[level] ?? inside[0]?.metric.level ?? level,
      kinds: kinds.map((kind) => ({ kind, title: KINDS[kind] ?? kind, metrics: inside.filter(({ metric }) => metric.kind === kind) })),
    }
  })
}
