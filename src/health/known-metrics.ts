import { divides } from '../metrics/ask/dimensions.ts'
import type { Catalogue } from '../metrics/kit/catalogue.ts'
import type { MetricDefinition } from '../metrics/kit/metric.ts'
import type { KnownMetric } from './files/read-model.ts'

/** Metrics that are known by account. */
export const accountMetrics = (catalogue: Catalogue): MetricDefinition[] =>
  catalogue.all.filter(({ id, composed }) => (composed?.of ?? [id]).every((part) => divides(catalogue.byId(part), 'account')))

const known = new WeakMap<Catalogue, readonly KnownMetric[]>()

/** The metrics that an account can have, as models and rules of caps name them. */
export function knownMetrics(catalogue: Catalogue): readonly KnownMetric[] {
  const found =
    known.get(catalogue) ??
    accountMetrics(catalogue).map(({ id, name, aliases, unit, options }) => ({
      id,
      name,
      aliases,
      unit,
      options: Object.fromEntries(Object.entries(options).map(([option, { choices = [] }]) => [option, choices])),
    }))
  known.set(catalogue, found)
  return found
}
