import { refuse } from '../../kernel/errors.ts'
import type { MetricDefinition } from './metric.ts'

/** The metrics that can be asked for: those of the product, and what a workspace adds or puts in the place of one. */
export interface Catalogue {
  /** Equal keys mean equal definitions: part of the key of everything that is kept. */
  readonly key: string
  readonly all: readonly MetricDefinition[]
  find(id: string): MetricDefinition | undefined
  /** Throws `unknown_metric`, which offers the nearest names. */
  byId(id: string): MetricDefinition
}

const unknownMetric = (id: string, all: readonly MetricDefinition[]) => {
  const wanted = id.toLowerCase()
  const near = all.filter((metric) =>
    [metric.id, metric.name, ...metric.aliases].some((name) => name.toLowerCase().includes(wanted) || wanted.includes(name.toLowerCase())),
  )
  const ids = near.slice(0, 5).map((metric) => metric.id)
  return refuse('unknown_metric', `There is no metric "${id}".`, ids.length > 0 ? `Did you mean ${ids.join(', ')}?` : 'List the metrics to see their ids.')
}

export function catalogueOf(all: readonly MetricDefinition[], key = ''): Catalogue {
  const known = new Map(all.map((metric) => [metric.id, metric]))
  const find = (id: string): MetricDefinition | undefined => known.get(id)
  return {
    key,
    all,
    find,
    byId(id) {
      const found = find(id)
      if (found === undefined) throw unknownMetric(id, all)
      return found
    },
  }
}

/** The catalogue with metrics of a workspace: each in the place of the one with its id, else after the others. */
export function withMetrics({ all, find }: Catalogue, own: readonly MetricDefinition[], key: string): Catalogue {
  const mine = new Map(own.map((metric) => [metric.id, metric]))
  return catalogueOf([...all.map((metric) => mine.get(metric.id) ?? metric), ...own.filter(({ id }) => find(id) === undefined)], key)
}
