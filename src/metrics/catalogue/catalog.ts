import { refuse } from '../../kernel/errors.ts'
import { LEVEL_IDS, isLevel } from '../../kernel/words/metrics.ts'
import type { MetricDefinition } from '../kit/metric.ts'

const modules = import.meta.glob<Record<string, unknown>>(['../{financial,customer-health,usage,team-performance}/*.ts', '!../*/*.test.ts'], { eager: true })

const isMetric = (value: unknown): value is MetricDefinition => typeof value === 'object' && value !== null && 'measures' in value && 'formula' in value

function read(): MetricDefinition[] {
  const found: MetricDefinition[] = []
  for (const [path, module] of Object.entries(modules)) {
    const [, folder = '', file = ''] = /^\.\.\/([^/]+)\/([^/]+)\.ts$/.exec(path) ?? []
    if (!isLevel(folder)) continue
    for (const metric of Object.values(module).filter(isMetric)) {
      if (metric.level !== folder || metric.id.replaceAll('_', '-') !== file)
        throw new Error(`metric ${metric.id} of level ${metric.level} lies in ${path}: its file must be ${metric.level}/${metric.id.replaceAll('_', '-')}.ts`)
      found.push(metric)
    }
  }
  return found.sort((a, b) => LEVEL_IDS.indexOf(a.level) - LEVEL_IDS.indexOf(b.level) || (a.id < b.id ? -1 : 1))
}

/** Every metric, found by scanning the level folders: adding one touches one file. */
export const METRICS: readonly MetricDefinition[] = read()

const byId = new Map(METRICS.map((metric) => [metric.id, metric]))

export const findMetric = (id: string): MetricDefinition | undefined => byId.get(id)

/** The metric, or an error that offers the nearest names. */
export function metricById(id: string): MetricDefinition {
  const found = byId.get(id)
  if (found !== undefined) return found
  const wanted = id.toLowerCase()
  const near = METRICS.filter((metric) =>
    [metric.id, metric.name, ...metric.aliases].some((name) => name.toLowerCase().includes(wanted) || wanted.includes(name.toLowerCase())),
  )
  throw refuse(
    'unknown_metric',
    `There is no metric "${id}".`,
    near.length > 0
      ? `Did you mean ${near
          .slice(0, 5)
          .map((metric) => metric.id)
          .join(', ')}?`
      : 'List the metrics to see their ids.',
  )
}
