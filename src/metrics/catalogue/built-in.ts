import { LEVEL_IDS, isLevel } from '../../kernel/words/metrics.ts'
import { catalogueOf } from '../kit/catalogue.ts'
import type { Catalogue } from '../kit/catalogue.ts'
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

/** The metrics of the product, found by scanning the level folders: adding one touches one file. */
export const BUILT_IN: Catalogue = catalogueOf(read())
